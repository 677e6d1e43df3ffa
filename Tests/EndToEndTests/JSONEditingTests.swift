import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// Editing a record as JSON in the user's own editor, which is a script here.
@Suite(.story) struct JSONEditingTests {
  /// The environment with an editor that runs this script with the document's path as `$1`.
  private func editor(_ script: TemporaryFile) -> [String: String] {
    ["EDITOR": "sh \(script.path)"]
  }

  @Test func theDocumentHoldsWhatPUTTakesAndTheRestAsComments() throws {
    let simulator = try SimulatorProcess()
    let script = try TemporaryFile("cat \"$1\"; read line\n")
    let skydeck = try Skydeck.on(simulator, cloud: 3, environment: editor(script))
    try skydeck.press(.character("E"))
    try skydeck.waitFor("// The cloud 3.", "//   Creator: Ada Lovelace", "  \"name\": \"Haussmann Tower\"")
    try skydeck.session.send("\r")
    try skydeck.waitFor("Nothing was changed, so nothing was sent.")
    try skydeck.open(.character("L"), "Requests and messages")
    try skydeck.waitUntil("the log lists the reading") { screen in
      screen.rows.contains { $0.contains(/GET +\/cloud\/3 +200/) }
    }
    try skydeck.waitUntilGone("PUT ")
    try skydeck.close("Requests and messages")
    try skydeck.quit()
  }

  @Test func whatIsSavedIsPutOnTheService() throws {
    let simulator = try SimulatorProcess()
    let script = try TemporaryFile("sed -i '/\"name\"/s/Haussmann Tower/Written in an editor/' \"$1\"\n")
    let skydeck = try Skydeck.on(simulator, cloud: 3, environment: editor(script))
    try skydeck.press(.character("E"))
    try skydeck.waitFor("Renamed \"Haussmann Tower\" to \"Written in an editor\".", "▸ Written in an editor")
    #expect(try simulator.service.name(of: 3) == "Written in an editor")
    try skydeck.open(.character("L"), "Requests and messages")
    try skydeck.waitUntil("it was sent once") { $0.rows.count { $0.contains(/PUT +\/cloud\/3 +200/) } == 1 }
    try skydeck.close("Requests and messages")
    try skydeck.quit()
  }

  @Test func theEditorSeesNoKey() throws {
    let simulator = try SimulatorProcess()
    let folder = try TemporaryFolder()
    let configuration = try TemporaryFile(
      """
      profiles:
        here: {api_url: "\(simulator.address)", key_env: HERE_KEY}
        there: {api_url: "https://there.example", key_env: THERE_KEY}

      """)
    let script = try TemporaryFile("env > \(folder.path)/environment\n")
    let skydeck = try Skydeck.started(
      "--profile", "here", "--cloud", "3",
      environment: editor(script).merging([
        "SKYDECK_CONFIG": configuration.path, "HERE_KEY": SimulatorProcess.key, "THERE_KEY": "s3cret-there",
        "SKYDECK_API_KEY": "s3cret-variable", "MINE": "left alone",
      ]) { $1 })
    try skydeck.waitFor("Haussmann Tower", " of 14 ")
    try skydeck.press(.character("E"))
    try skydeck.waitFor("Nothing was changed, so nothing was sent.")
    let seen = try TemporaryFile.text(at: "\(folder.path)/environment")
    #expect(seen.contains("MINE=left alone\n") && seen.contains("TERM="))
    for hidden in ["s3cret", SimulatorProcess.key, "HERE_KEY", "THERE_KEY", "SKYDECK_API_KEY"] {
      #expect(!seen.contains(hidden), "\(hidden)")
    }
    try skydeck.quit()
  }

  @Test func visualComesBeforeEditor() throws {
    let simulator = try SimulatorProcess()
    let script = try TemporaryFile("sed -i '/\"name\"/s/Haussmann Tower/By VISUAL/' \"$1\"\n")
    let environment = ["VISUAL": "sh \(script.path)", "EDITOR": "false"]
    let skydeck = try Skydeck.on(simulator, cloud: 3, environment: environment)
    try skydeck.press(.character("E"))
    try skydeck.waitFor("▸ By VISUAL")
    try skydeck.quit()
  }

  @Test func whatIsNoJSONComesBackWithTheErrorAndNothingIsLost() throws {
    let simulator = try SimulatorProcess()
    let script = try TemporaryFile(
      """
      if grep -q '^//!' "$1"; then
        cat "$1"; read line
        sed -i 's/"name": "Broken/"name": "Mended"/' "$1"
      else
        sed -i '/"name"/s/Haussmann Tower"/Broken/' "$1"
      fi

      """)
    let skydeck = try Skydeck.on(simulator, cloud: 3, environment: editor(script))
    try skydeck.press(.character("E"))
    try skydeck.waitFor("//! This is not JSON", "\"name\": \"Broken")
    #expect(try simulator.service.name(of: 3) == "Haussmann Tower")
    try skydeck.session.send("\r")
    try skydeck.waitFor("▸ Mended")
    #expect(try simulator.service.name(of: 3) == "Mended")
    try skydeck.quit()
  }

  @Test func aRecordThatChangedMeanwhileIsNotOverwrittenAndBothAreShown() throws {
    let simulator = try SimulatorProcess()
    let script = try TemporaryFile(
      "echo editing; read line; sed -i '/\"name\"/s/Haussmann Tower/Mine/' \"$1\"\n")
    let folder = try TemporaryFolder()
    let environment = editor(script).merging(["TMPDIR": folder.path]) { $1 }
    let skydeck = try Skydeck.on(simulator, cloud: 3, environment: environment)
    try skydeck.press(.character("E"))
    try skydeck.waitFor("editing")
    try simulator.service.renameCloud(3, to: "Theirs")
    try skydeck.session.send("\r")
    try skydeck.waitFor("changed meanwhile ─", "\"name\": \"Theirs\"", "\"name\": \"Mine\"")
    #expect(try simulator.service.name(of: 3) == "Theirs")
    try skydeck.close("changed meanwhile ─")
    try skydeck.waitFor("▸ Theirs")
    try expectLastWords(of: skydeck, aboutTheOnlyFileIn: folder, holding: "\"name\": \"Mine\"")
  }

  @Test func whatWasGivenUpIsSaidAgainWhenLeaving() throws {
    let simulator = try SimulatorProcess()
    let folder = try TemporaryFolder()
    let script = try TemporaryFile("sed -i '/\"name\"/s/Haussmann Tower\"/Broken/' \"$1\"\n")
    let environment = editor(script).merging(["TMPDIR": folder.path]) { $1 }
    let skydeck = try Skydeck.on(simulator, cloud: 3, environment: environment)
    try skydeck.press(.character("E"))
    try skydeck.waitFor("Not sent: This is not JSON")
    try expectLastWords(of: skydeck, aboutTheOnlyFileIn: folder, holding: "\"name\": \"Broken")
  }

  @Test func whatWasNotAnsweredIsSaidWhenASignalEndsIt() throws {
    let simulator = try SimulatorProcess("--fault", "no-answer-before:PUT")
    let folder = try TemporaryFolder()
    let script = try TemporaryFile("sed -i '/\"name\"/s/Haussmann Tower/Unanswered/' \"$1\"\n")
    let environment = editor(script).merging(["TMPDIR": folder.path]) { $1 }
    let skydeck = try Skydeck.on(simulator, cloud: 3, environment: environment)
    try skydeck.press(.character("E"))
    try simulator.waitForRequest("PUT", "/cloud/3")
    skydeck.session.terminal.send(signal: SIGTERM)
    #expect(try skydeck.session.exitStatus() == .exited(128 + SIGTERM))
    let path = try #require(folder.files.first)
    #expect(
      skydeck.session.standardError == """
        skydeck: not answered yet, its outcome is unknown: replace cloud "Haussmann Tower"
        skydeck: not sent, or unknown: what you wrote is in \(path)

        """)
  }

  /// Quits, and expects that the path of the document is printed last.
  private func expectLastWords(
    of skydeck: Skydeck, aboutTheOnlyFileIn folder: TemporaryFolder, holding text: String
  ) throws {
    try skydeck.press(.character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
    #expect(folder.files.count == 1)
    let path = try #require(folder.files.first)
    #expect(try TemporaryFile.text(at: path).contains(text))
    #expect(
      skydeck.session.standardError == "skydeck: not sent, or unknown: what you wrote is in \(path)\n")
  }

  @Test func anEditorThatIsMissingIsSaid() throws {
    let folder = try TemporaryFolder()
    let skydeck = try Skydeck.demo(
      "--cloud", "3", environment: ["EDITOR": "/nowhere/an-editor", "TMPDIR": folder.path])
    try skydeck.press(.character("E"))
    try skydeck.waitFor("\"/nowhere/an-editor\"", "Set EDITOR to one that is installed.")
    try skydeck.press(.character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
  }

  @Test func anEditorThatFailsKeepsTheTextInItsFile() throws {
    let simulator = try SimulatorProcess()
    let folder = try TemporaryFolder()
    let script = try TemporaryFile("sed -i '/\"name\"/s/Haussmann Tower/Kept/' \"$1\"; exit 3\n")
    let environment = editor(script).merging(["TMPDIR": folder.path]) { $1 }
    let skydeck = try Skydeck.on(simulator, cloud: 3, environment: environment)
    try skydeck.press(.character("E"))
    try skydeck.waitFor("ended with status 3, so nothing was sent.")
    #expect(try simulator.service.name(of: 3) == "Haussmann Tower")
    try expectLastWords(of: skydeck, aboutTheOnlyFileIn: folder, holding: "\"name\": \"Kept\"")
  }

  @Test func theEditorHasTheTerminalToItself() throws {
    let script = try TemporaryFile("stty -a | grep -o ' icanon'; echo ready; read line; echo got $line; read line\n")
    let skydeck = try Skydeck.demo("--cloud", "3", environment: editor(script))
    try skydeck.press(.character("E"))
    try skydeck.waitFor("icanon", "ready")
    try skydeck.session.send("Dq\r")
    try skydeck.waitFor("got Dq")
    try skydeck.session.send("\r")
    try skydeck.waitFor("Nothing was changed, so nothing was sent.", "▸ Haussmann Tower")
    try skydeck.quit()
  }
}
