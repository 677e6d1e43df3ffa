import TerminalTestSupport
import TerminalUI
import Testing

/// A service that accepts connections and never responds.
@Suite(.story) struct SilentServiceTests {
  @Test func theScreenIsThereAtOnceAndKeysAreAnswered() throws {
    let simulator = try SimulatorProcess()
    simulator.freeze()
    let skydeck = try Skydeck.opened(at: simulator.address)
    try skydeck.waitFor("╭ 1 Clouds ", "? help")
    try skydeck.open(.character("?"), "Keys")
    try skydeck.close("Keys")
    try skydeck.waitFor("loading…", "↓1")
    try skydeck.open(.character("L"), "Requests and messages")
    try skydeck.waitUntil("the log lists the request") { screen in
      screen.rows.contains { $0.contains(/GET +\/cloud .* in flight/) }
    }
    try skydeck.close("Requests and messages")
    try skydeck.expectToLeaveAtOnce()
    #expect(skydeck.session.standardError == "")
  }

  @Test func anAnswerThatComesInTheEndIsShown() throws {
    let simulator = try SimulatorProcess()
    simulator.freeze()
    let skydeck = try Skydeck.opened(at: simulator.address)
    try skydeck.waitFor("loading…")
    simulator.thaw()
    try skydeck.waitFor("▸ Gare du Nord", "14 clouds")
    try skydeck.waitUntilGone("loading…")
    try skydeck.quit()
  }

  @Test func anUnansweredInvitationIsNamedOnStandardError() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.open(.character("i"), "Invite an administrator to Haussmann Tower")
    try skydeck.type("late@chantier.example")
    simulator.freeze()
    try skydeck.press(.enter)
    try skydeck.waitFor("sending…   Esc leave, its outcome will be reported")
    try skydeck.close("Invite an administrator to")
    try skydeck.expectToLeaveAtOnce()
    #expect(
      skydeck.session.standardError
        == "skydeck: not answered yet, its outcome is unknown: invite late@chantier.example to Haussmann Tower\n")
  }

  @Test func anUnansweredDeletionIsNamedOnStandardErrorAlsoFromWithinItsDialog() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.open(.character("D"), "Delete Haussmann Tower?")
    try skydeck.type("Haussmann Tower")
    try skydeck.waitFor("Enter delete   Esc cancel")
    simulator.freeze()
    try skydeck.press(.enter)
    try skydeck.waitFor("Sent; waiting for the response…")
    // Neither a second Enter nor another key sends it again.
    try skydeck.press(.enter, .character("y"), .enter)
    try skydeck.close("Delete Haussmann Tower?")
    try skydeck.expectToLeaveAtOnce()
    #expect(skydeck.session.standardError.contains("its outcome is unknown: delete cloud \"Haussmann Tower\"\n"))
    simulator.thaw()
    #expect(try simulator.service.clouds().count >= 13)
  }

  @Test func whatIsReadForADeletionNeedNotBeWaitedFor() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    simulator.freeze()
    try skydeck.open(.character("D"), "Delete Haussmann Tower?")
    try skydeck.waitFor("Re-reading it…")
    try skydeck.type("Haussmann Tower")
    try skydeck.press(.enter)
    try skydeck.close("Delete Haussmann Tower?")
    try skydeck.expectToLeaveAtOnce()
    #expect(skydeck.session.standardError == "")
    simulator.thaw()
    #expect(try simulator.service.clouds().count == 14)
  }
}

extension Skydeck {
  fileprivate func expectToLeaveAtOnce(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let start = ContinuousClock.now
    try press(.character("q"))
    let status = try session.exitStatus()
    let time = start.duration(to: .now)
    // Users are promised a tenth of that; the rest is for busy machines.
    #expect(time < .seconds(1), sourceLocation: sourceLocation)
    #expect(status == .exited(0), sourceLocation: sourceLocation)
    #expect(!screen.isAlternate, sourceLocation: sourceLocation)
  }
}
