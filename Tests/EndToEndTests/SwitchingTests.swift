import TerminalTestSupport
import TerminalUI
import Testing

/// Switching from one service to another while the program runs.
@Suite(.story) struct SwitchingTests {
  private func configuration(_ one: SimulatorProcess, _ other: SimulatorProcess) throws -> TemporaryFile {
    try TemporaryFile(
      """
      default_profile: one
      profiles:
        one:
          api_url: \(one.address)
          key: \(SimulatorProcess.key)
        other:
          api_url: \(other.address)
          key: \(SimulatorProcess.key)
          label: PRODUCTION
          colour: red
          read_only: true
        slow:
          api_url: \(other.address)
          key_command: [sleep, "60"]
      """)
  }

  @Test func anotherProfileIsOpenedWhileThePresentOneHangs() throws {
    let (one, other) = (try SimulatorProcess(), try SimulatorProcess("--clouds", "3", "--users", "2"))
    let file = try configuration(one, other)
    one.freeze()
    let skydeck = try Skydeck.started(environment: ["SKYDECK_CONFIG": file.path])
    try skydeck.waitFor("one · 127.0.0.1:\(one.port)", "loading…")
    try skydeck.open(.character("P"), "Profiles")
    try skydeck.waitFor("▸ one", "here", "other", "PRODUCTION", "Demo (simulated)")
    try skydeck.press(.down)
    try skydeck.waitFor("▸ other")
    let start = ContinuousClock.now
    try skydeck.press(.enter)
    try skydeck.waitFor("other · 127.0.0.1:\(other.port)", " of 3 ")
    // Waiting for the service that hangs would take half a minute.
    #expect(start.duration(to: .now) < .seconds(5))
    try skydeck.waitFor("PRODUCTION", "read-only", "3 clouds")
    try skydeck.quit()
  }

  @Test func anInvitationThatTheOldServiceHasNotAnsweredIsSaidHereAndAtTheEnd() throws {
    let (one, other) = (try SimulatorProcess(), try SimulatorProcess())
    let file = try configuration(one, other)
    let skydeck = try Skydeck.started("--cloud", "3", environment: ["SKYDECK_CONFIG": file.path])
    try skydeck.waitFor("2 Users · Haussmann Tower", "Ada Lovelace")
    try skydeck.open(.character("i"), "Invite an administrator to Haussmann Tower")
    try skydeck.type("late@chantier.example")
    one.freeze()
    try skydeck.press(.tab)
    try skydeck.press(.control("u"))
    try skydeck.type("https://landing.example")
    try skydeck.press(.enter)
    try skydeck.waitFor("sending…   Esc leave, its outcome will be reported")
    try skydeck.close("Invite an administrator to")
    // A key in between, because Esc and a P soon after it start a terminal sequence.
    try skydeck.press(.character("2"))
    try skydeck.open(.character("P"), "Profiles")
    try skydeck.press(.down, .enter)
    try skydeck.waitFor("other · 127.0.0.1:\(other.port)", "its outcome is unknown: invite late@chantier.example")
    try skydeck.press(.character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
    #expect(
      skydeck.session.standardError
        == "skydeck: not answered yet, its outcome is unknown: invite late@chantier.example to Haussmann Tower, "
        + "on one · 127.0.0.1:\(one.port)\n")
  }

  @Test func aKeyCommandThatHangsIsGivenUpWithEscape() throws {
    let (one, other) = (try SimulatorProcess(), try SimulatorProcess())
    let file = try configuration(one, other)
    let skydeck = try Skydeck.started(environment: ["SKYDECK_CONFIG": file.path])
    try skydeck.waitFor(" of 14 ")
    try skydeck.open(.character("P"), "Profiles")
    try skydeck.press(.down, .down, .enter)
    try skydeck.waitFor("Waiting for the key of slow…", "Esc cancel")
    try skydeck.press(.escape)
    try skydeck.waitUntilGone("Waiting for the key")
    try skydeck.close("Profiles")
    try skydeck.waitFor("one · 127.0.0.1:\(one.port)", "Gare du Nord")
    try skydeck.quit()
  }
}
