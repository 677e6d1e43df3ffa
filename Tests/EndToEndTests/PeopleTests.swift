import TerminalTestSupport
import TerminalUI
import Testing

/// The pane of the people of all clouds.
@Suite(.story) struct PeopleTests {
  /// User 132, a plain user of these clouds.
  private static let gudrunsClouds = [1, 2, 3, 4, 6, 8, 9]

  private func opened(_ simulator: SimulatorProcess) throws -> Skydeck {
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.press(.character("5"))
    try skydeck.waitFor("5 People", "people in 14 clouds")
    return skydeck
  }

  private func filter(_ skydeck: Skydeck, _ text: String) throws {
    try skydeck.press(.character("/"))
    try skydeck.type(text)
    try skydeck.press(.enter)
  }

  @Test func aPersonIsShownWithEveryCloudAndEnterGoesToOneOfThem() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try opened(simulator)
    try filter(skydeck, "ada lovelace")
    try skydeck.waitFor("▸ Ada Lovelace")
    try skydeck.open(.enter, "Ada Lovelace")
    try skydeck.waitFor("7 clouds", "Haussmann Tower", "Harbour Lab", "only admin")
    // The last of them is the Sandbox.
    try skydeck.press(.end)
    try skydeck.waitUntil("the cursor is on the Sandbox") { $0.rows.contains { $0.contains("▸ Sandbox") } }
    try skydeck.press(.enter)
    try skydeck.waitFor("2 Users · Sandbox", "▸ Ada Lovelace")
    try skydeck.quit()
  }

  @Test func nothingIsReadBeforeSomebodyAsksAndOnceIsEnough() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    #expect(try lists(simulator).allSatisfy { $0.hasPrefix("/cloud/3/") })
    try skydeck.press(.character("5"))
    try skydeck.waitFor("people in 14 clouds")
    try skydeck.press(.character("1"))
    try skydeck.waitFor("1 Clouds")
    try skydeck.press(.character("5"))
    try skydeck.waitFor("5 People")
    try skydeck.quit()
    let others = try lists(simulator).filter { !$0.hasPrefix("/cloud/3/") }
    #expect(others.count == 26 && Set(others).count == 26)
  }

  /// One list is never answered, so that the sweep goes on until it is stopped.
  @Test func aSweepThatIsStoppedSaysWhatItKnowsAndGoesOnWithTheRest() throws {
    let simulator = try SimulatorProcess("--fault", "no-answer-before:GET:/cloud/9/user:n=1")
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.press(.character("5"))
    try skydeck.waitFor("people in 13 of 14 clouds")
    try skydeck.press(.escape)
    try skydeck.waitUntilGone("reading")
    try skydeck.waitFor("people in 13 of 14 clouds")
    try skydeck.press(.character("r"))
    try skydeck.waitFor("people in 14 clouds")
    let read = try lists(simulator).filter { !$0.hasPrefix("/cloud/3/") }
    #expect(read.count { $0 == "/cloud/9/user" } == 2)
    // What was read before isn't read again.
    #expect(read.count == 27, "\(read)")
    // All is read: another r reads all of it again.
    try skydeck.press(.character("r"))
    while try lists(simulator).count(where: { $0 == "/cloud/14/invitation" }) < 2 {}
    try skydeck.quit()
  }

  @Test func aCloudThatRefusesIsCountedAsUnreadableAndItsRowsAreMissing() throws {
    let simulator = try SimulatorProcess("--fault", "403:GET:/cloud/8/user")
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.press(.character("5"))
    try skydeck.waitFor("people in 13 of 14 clouds, 1 unreadable")
    try filter(skydeck, "ada lovelace")
    try skydeck.open(.enter, "Ada Lovelace")
    try skydeck.waitFor("6 clouds of 13 of 14 clouds, 1 unreadable")
    try skydeck.close("Ada Lovelace")
    try skydeck.quit()
  }

  @Test func aKeyWithoutOrgManageStillShowsEveryMember() throws {
    let simulator = try SimulatorProcess("--key", "limited:cloud:read+cloud:manage")
    let skydeck = try Skydeck.opened(at: simulator.address, key: "limited")
    try skydeck.waitFor("14 clouds")
    try skydeck.press(.character("5"))
    try skydeck.waitFor("people in 14 clouds, no invitations readable")
    try filter(skydeck, "gudrun")
    try skydeck.waitFor("▸ Guðrún Jónsdóttir")
    try skydeck.quit()
  }

  @Test func afterA429TheSweepWaitsAndReadsTheRest() throws {
    let simulator = try SimulatorProcess("--fault", "429=1:GET:/cloud/9/user:n=1")
    let skydeck = try opened(simulator)
    #expect(try lists(simulator).count { $0 == "/cloud/9/user" } == 2)
    try skydeck.quit()
  }

  @Test func aCloudThatVanishesMeanwhileIsNotMissing() throws {
    let simulator = try SimulatorProcess("--fault", "vanish:GET:/cloud/12/user:n=1")
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.press(.character("5"))
    try skydeck.waitFor("people in 13 clouds")
    try skydeck.quit()
  }

  /// What is changed in another pane is known here without another sweep.
  @Test func aChangeInThePaneOfUsersChangesThePeople() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try opened(simulator)
    try filter(skydeck, "ada lovelace")
    try skydeck.open(.enter, "Ada Lovelace")
    try skydeck.press(.down, .down)
    try skydeck.waitFor("▸ Harbour Lab")
    try skydeck.press(.enter)
    try skydeck.waitFor("2 Users · Harbour Lab", "▸ Ada Lovelace")
    try skydeck.open(.character("D"), "Remove Ada Lovelace from Harbour Lab?")
    try skydeck.waitFor("Just re-checked")
    let read = try lists(simulator).count
    try skydeck.press(.character("y"))
    try skydeck.waitFor("Removed")
    try skydeck.press(.character("5"))
    try skydeck.open(.enter, "Ada Lovelace")
    try skydeck.waitFor("6 clouds")
    #expect(!skydeck.screen.contains("Harbour Lab"))
    #expect(try lists(simulator).dropFirst(read).allSatisfy { $0.hasPrefix("/cloud/8/") })
    try skydeck.close("Ada Lovelace")
    try skydeck.quit()
  }

  private func lists(_ simulator: SimulatorProcess) throws -> [String] {
    try simulator.service.requests().map(\.path).filter { $0.hasSuffix("/user") || $0.hasSuffix("/invitation") }
  }
}
