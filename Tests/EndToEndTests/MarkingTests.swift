import TerminalTestSupport
import TerminalUI
import Testing

/// Several records at once: each is named in the question, sent once, and reported.
@Suite(.story) struct MarkingTests {
  @Test func ofThreeMarkedUsersTheFilterHidesOneAndTheOthersAreRemoved() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 7, "--pane", "users")
    let before = try simulator.service.users(of: 7).map(\.id)
    try skydeck.waitFor("▸ Alan Kay")
    try skydeck.press(.character(" "), .character(" "), .character(" "))
    try skydeck.waitFor("3 marked", "D remove 3")
    try skydeck.press(.character("/"))
    try skydeck.session.send("k")
    try skydeck.waitFor("2 marked · 1 dropped")
    try skydeck.press(.enter)
    try skydeck.waitFor("1 mark dropped: the filter hides it.", "D remove 2")
    let title = "Remove 2 users from Archive 2018?"
    try skydeck.open(.character("D"), title)
    try skydeck.waitFor("Just re-checked", "y remove 2")
    // Enter means Cancel.
    try skydeck.press(.enter)
    try skydeck.waitUntilClosed(title)
    #expect(try simulator.service.users(of: 7).map(\.id) == before)
    try skydeck.open(.character("D"), title)
    try skydeck.waitFor("Just re-checked")
    try skydeck.press(.character("y"))
    try skydeck.waitFor("Removed 2 users from ")
    #expect(try simulator.service.users(of: 7).count == before.count - 2)
    #expect(try deletions(simulator).count == 2)
    try skydeck.quit()
  }

  @Test func ofThreeWithdrawalsOneIsRefusedAndTheOthersAreDone() throws {
    let simulator = try SimulatorProcess("--fault", "402:DELETE:/cloud/3/invitation/*:after=1:n=1")
    let skydeck = try Skydeck.on(simulator, cloud: 3, "--pane", "invitations")
    try skydeck.waitFor("R send again")
    try skydeck.press(.control("a"))
    try skydeck.waitFor("3 marked")
    try skydeck.open(.character("D"), "Withdraw 3 invitations to Haussmann Tower?")
    try skydeck.waitFor("Just re-checked")
    try skydeck.press(.character("y"))
    try skydeck.waitFor("Not everything was done.", "Withdrew 2 of 3 invitations to ")
    #expect(try simulator.service.invitations(of: 3).count == 1)
    #expect(Set(try deletions(simulator)).count == 3)
    try skydeck.press(.enter)
    // The refused record is still marked, and the reason stays visible.
    try skydeck.waitFor("●▸", "D withdraw 1", "! Withdrew 2 of 3 invitations to ")
    try skydeck.quit()
  }

  @Test func afterAnAnswerIsLostNothingMoreIsSentAndNothingTwice() throws {
    let simulator = try SimulatorProcess("--fault", "reset-after:DELETE:/cloud/3/user/*:after=1:n=1")
    let skydeck = try Skydeck.on(simulator, cloud: 3, "--pane", "users")
    try skydeck.press(.character(" "), .character(" "), .character(" "))
    try skydeck.waitFor("3 marked")
    try skydeck.open(.character("D"), "Remove 3 users from Haussmann Tower?")
    try skydeck.waitFor("Just re-checked")
    try skydeck.press(.character("y"))
    // Reading decides: the second is gone, too; the third is there and still marked.
    try skydeck.waitFor("Removed 2 of 3 users from ", "Not sent: Aïcha Benali: still marked.")
    let sent = try deletions(simulator)
    #expect(sent.count == 2 && Set(sent).count == 2)
    try skydeck.press(.enter)
    try skydeck.waitFor("│●  Aïcha Benali")
    try skydeck.waitUntil("the list is read again") { $0.text.contains(/2 Users · .* 46 ╮/) }
    #expect(try simulator.service.users(of: 3).count == 46)
    #expect(try deletions(simulator) == sent)
    try skydeck.quit()
  }

  @Test func aServerThatDiesInTheMiddleLeavesOneUnknownAndTheRestUnsent() throws {
    let simulator = try SimulatorProcess("--fault", "no-answer-before:DELETE:/cloud/3/user/*:after=1")
    let skydeck = try Skydeck.on(simulator, cloud: 3, "--pane", "users")
    try skydeck.press(.character(" "), .character(" "), .character(" "))
    try skydeck.open(.character("D"), "Remove 3 users from Haussmann Tower?")
    try skydeck.waitFor("Just re-checked")
    try skydeck.press(.character("y"))
    try skydeck.waitFor("1 of 3 answered…")
    while try deletions(simulator).count < 2 {}
    simulator.stop()
    try skydeck.waitFor("Removed 1 of 3 users from ", "It is unknown whether this was done", "Not sent: ")
    // Nothing is sent again after the restart, and the list shows the service's state.
    try simulator.restart()
    try skydeck.press(.enter)
    try skydeck.press(.character("r"))
    try skydeck.waitUntil("the list is read again") { $0.text.contains(/2 Users · .* 48 ╮/) && !$0.contains("stale!") }
    try skydeck.waitFor("Not done by ")
    #expect(try deletions(simulator).isEmpty)
    try skydeck.quit(unsettled: "remove user \"Ágnes Szabó\" from Haussmann Tower")
  }

  @Test func leavingInTheMiddleSaysWhatIsUnknownAndWhatWasNotSent() throws {
    let simulator = try SimulatorProcess("--fault", "no-answer-before:DELETE:/cloud/3/user/*")
    let skydeck = try Skydeck.on(simulator, cloud: 3, "--pane", "users")
    try skydeck.press(.character(" "), .character(" "), .character(" "))
    try skydeck.open(.character("D"), "Remove 3 users from Haussmann Tower?")
    try skydeck.waitFor("Just re-checked")
    try skydeck.press(.character("y"))
    try skydeck.waitFor("0 of 3 answered…")
    while try deletions(simulator).isEmpty {}
    try skydeck.press(.escape)
    try skydeck.waitFor("0 of 3 answered; nothing more is sent.")
    try skydeck.press(.escape)
    try skydeck.waitUntilClosed("Remove 3 users")
    try skydeck.press(.character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
    let said = skydeck.session.standardError
    for text in ["remove user \"Ada Lovelace\"", "remove user \"Ágnes Szabó\"", "remove user \"Aïcha Benali\""] {
      #expect(said.contains(text), "\(said)")
    }
    #expect(try deletions(simulator).count == 1)
  }

  @Test func cloudsAreDeletedTogetherByTypingHowMany() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 6, size: .medium)
    try skydeck.press(.end)
    try skydeck.waitFor("14 of 14")
    try skydeck.press(.character(" "), .up, .character(" "))
    try skydeck.waitFor("2 marked")
    try skydeck.open(.character("D"), "Delete 2 clouds?")
    try skydeck.waitFor("Just re-checked", "Type “delete 2 clouds” to confirm:")
    try skydeck.press(.character("y"), .enter)
    try skydeck.waitFor("! Those are not the words: type “delete 2 clouds”.")
    #expect(try simulator.service.clouds().count == 14)
    try skydeck.press(.control("u"))
    try skydeck.type("delete 2 clouds")
    try skydeck.waitFor("Enter delete 2   Esc cancel")
    try skydeck.press(.enter)
    try skydeck.waitFor("Deleted 2 clouds: ", "12 clouds")
    #expect(try simulator.service.clouds().count == 12)
    try skydeck.quit()
  }

  private func deletions(_ simulator: SimulatorProcess) throws -> [String] {
    try simulator.service.requests().filter { $0.method == "DELETE" }.map(\.path)
  }
}

/// Lists that are reloaded automatically.
@Suite(.story) struct ReadingAgainTests {
  @Test func whatOthersDoIsSignedAndTheCursorStays() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try simulator.service.renameCloud(9, to: "Renamed by others")
    try simulator.service.createCloud(named: "Made by others")
    try simulator.service.deleteCloud(7)
    try skydeck.press(.character("r"))
    try skydeck.waitFor("Clouds: 1 new, 1 changed, 1 gone since ")
    try skydeck.waitUntil("the rows are signed") { screen in
      screen.contains("│+  Made by others") && screen.contains("│~  Renamed by others")
        && screen.contains("│ ▸ Haussmann Tower")
    }
    try skydeck.press(.escape)
    try skydeck.waitFor("│   Made by others", "│   Renamed by others")
    try skydeck.quit()
  }
}
