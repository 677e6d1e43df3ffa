import TerminalTestSupport
import TerminalUI
import Testing

/// Starting with missing or invalid settings, and output that needs no service.
@Suite(.story) struct SettingsTests {
  @Test(arguments: [
    ([:], ["SKYDECK_API_URL", "SKYDECK_API_KEY", "skydeck --demo"]),
    (["SKYDECK_API_URL": "https://api.bimdata.io"], ["SKYDECK_API_KEY", "skydeck --demo"]),
    (["SKYDECK_API_URL": "https://api.bimdata.io", "SKYDECK_API_KEY": ""], ["SKYDECK_API_KEY", "skydeck --demo"]),
    (["SKYDECK_API_KEY": "key"], ["SKYDECK_API_URL", "--api-url", "skydeck --demo"]),
  ])
  func missingSettingsAreNamedOnStandardErrorAndNothingIsDrawn(
    environment: [String: String], named: [String]
  ) throws {
    let skydeck = try Skydeck.started(environment: environment)
    #expect(try skydeck.session.exitStatus() == .exited(78))
    for name in named { #expect(skydeck.session.standardError.contains(name)) }
    #expect(skydeck.session.terminal.output == [])
  }

  @Test(arguments: [
    (["--pane", "projects"], [:], "clouds, users, invitations, processors"),
    (["--api-url", "http://api.bimdata.io"], ["SKYDECK_API_KEY": "key"], "http://api.bimdata.io"),
    (["--demo"], ["SKYDECK_CONCURRENCY": "many"], "SKYDECK_CONCURRENCY"),
    (["--demo", "--log-file", "/nowhere/at/all"], [:], "/nowhere/at/all"),
  ])
  func wrongSettingsEndWithStatus78AndAMessage(
    arguments: [String], environment: [String: String], named: String
  ) throws {
    let demo = arguments.contains("--pane") ? ["--demo"] : []
    let session = try TerminalSession(
      executable: BuiltProduct.path(of: "skydeck"), arguments: demo + arguments, environment: environment,
      standardError: .captured)
    #expect(try session.exitStatus() == .exited(78))
    #expect(session.standardError.contains(named))
    #expect(!session.emulator.modes.contains(1049))
  }

  @Test func theKeyIsNeverAnArgument() throws {
    let skydeck = try Skydeck.started("--api-key", "secret")
    #expect(try skydeck.session.exitStatus() == .exited(64))
    #expect(skydeck.session.standardError.contains("--api-key"))
  }

  @Test func keysPrintsTheKeymapWithoutATerminalProgram() throws {
    let skydeck = try Skydeck.started("keys")
    #expect(try skydeck.session.exitStatus() == .exited(0))
    skydeck.expectOnScreen("D, Delete  ")
    skydeck.expectOnScreen("Delete the record, or the marked ones, after a question.")
    #expect(!skydeck.session.emulator.modes.contains(1049))
  }

  @Test func keysPrintsTheKeymapAsMarkdownWithOperations() throws {
    let skydeck = try Skydeck.started("keys", "--markdown", size: Size(columns: 200, rows: 50))
    #expect(try skydeck.session.exitStatus() == .exited(0))
    skydeck.expectOnScreen("| keys | what it does | operations |")
    skydeck.expectOnScreen("`delete_cloud`")
  }

  @Test func helpNamesTheVariablesAndTheDemo() throws {
    let skydeck = try Skydeck.started("--help", size: Size(columns: 120, rows: 120))
    #expect(try skydeck.session.exitStatus() == .exited(0))
    for text in ["SKYDECK_API_URL", "SKYDECK_API_KEY", "NO_COLOR", "--demo", "--log-file"] {
      skydeck.expectOnScreen(text)
    }
  }

  @Test func aTerminalThatCanDrawNothingIsRefusedWithStatus69() throws {
    let skydeck = try Skydeck.started("--demo", environment: ["TERM": "dumb"])
    #expect(try skydeck.session.exitStatus() == .exited(69))
    #expect(skydeck.session.standardError.contains("dumb"))
    #expect(skydeck.session.terminal.output == [])
  }

  @Test func theLogFileHoldsRequestsAndNoKey() throws {
    let simulator = try SimulatorProcess()
    let log = try TemporaryFile()
    let skydeck = try Skydeck.on(simulator, cloud: 3, "--log-file", log.path)
    try skydeck.quit()
    let text = try log.text()
    #expect(text.contains("GET /cloud/3/user"))
    #expect(text.contains("status=200"))
    #expect(!text.contains(SimulatorProcess.key))
  }
}
