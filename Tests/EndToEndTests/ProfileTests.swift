import TerminalTestSupport
import TerminalUI
import Testing

/// Working with named services.
@Suite(.story) struct ProfileTests {
  private static let live = "profiles:\n  live:\n    api_url: https://live.example\n    key_env: LIVE_KEY\n"

  @Test func theDefaultProfileOfTheFileIsOpenedWithTheKeyThatItsCommandPrints() throws {
    let simulator = try SimulatorProcess()
    let file = try TemporaryFile(
      """
      default_profile: local
      profiles:
        local:
          api_url: \(simulator.address)
          key_command: [printf, "%s", \(SimulatorProcess.key)]
          label: PRODUCTION
          colour: red
      """)
    let skydeck = try Skydeck.started(environment: ["SKYDECK_CONFIG": file.path, "PATH": "/usr/bin:/bin"])
    try skydeck.waitFor("PRODUCTION", "1 Clouds")
    try skydeck.quit()
  }

  @Test func aNamedProfileIgnoresTheVariablesForAddressAndKey() throws {
    let simulator = try SimulatorProcess()
    let file = try TemporaryFile(
      "profiles:\n  local:\n    api_url: \(simulator.address)\n    key_env: LOCAL_KEY\n    read_only: true\n")
    let skydeck = try Skydeck.opened(
      at: "https://nowhere.invalid", "--config", file.path, "--profile", "local", key: "wrong-key",
      environment: ["LOCAL_KEY": SimulatorProcess.key])
    try skydeck.waitFor("read-only", " of 14 ")
    try skydeck.quit()
  }

  @Test(
    arguments: [
      (
        "profiles:\n  live:\n    api_ulr: https://live.example\n", [],
        "line 3, column 5: unknown key “api_ulr”; did you mean “api_url”?"
      ),
      ("console:\n  theme: drak\n", [], "line 2, column 10"),
      (live, ["--profile", "liv"], "did you mean “live”?"),
      (
        live,
        ["--profile", "live", "--api-url", "https://other.example"], "--api-url needs a key of its own"
      ),
      (live, ["--profile", "live"], "LIVE_KEY"),
      (live, ["clouds", "list", "--profile", "live"], "LIVE_KEY"),
    ] as [(String, [String], String)])
  func whatCannotBeUsedIsNamedAndEndsWithStatus78(file: String, arguments: [String], named: String) throws {
    let file = try TemporaryFile(file)
    let session = try TerminalSession(
      executable: BuiltProduct.path(of: "skydeck"), arguments: arguments,
      environment: ["SKYDECK_CONFIG": file.path], standardError: .captured)
    #expect(try session.exitStatus() == .exited(78))
    #expect(session.standardError.contains(named), "\(session.standardError)")
    #expect(!session.emulator.modes.contains(1049))
  }
}
