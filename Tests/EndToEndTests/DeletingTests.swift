import TerminalTestSupport
import TerminalUI
import Testing

/// Nothing is deleted without confirmation, and only what the question names.
@Suite(.story) struct DeletingTests {
  @Test(arguments: [Key.character("D"), .delete])
  func aCloudIsDeletedOnceItsNameIsTyped(key: Key) throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.open(key, "Delete Haussmann Tower?")
    for loss in ["512 GB of files", "48 users' access", "3 invitations", "5 processors", "Just re-checked: unchanged"] {
      try skydeck.waitFor(loss)
    }
    try skydeck.type("Haussmann Tower")
    try skydeck.waitFor("Enter delete   Esc cancel")
    #expect(try simulator.service.name(of: 3) == "Haussmann Tower")
    try skydeck.press(.enter)
    try skydeck.waitFor("Deleted cloud Haussmann Tower.")
    try skydeck.waitFor("13 clouds")
    #expect(try simulator.service.name(of: 3) == nil)
    #expect(try simulator.service.clouds().count == 13)
    try skydeck.quit()
  }

  @Test(arguments: ["Haussmann Towe", "haussmann tower", "Haussmann Tower ", "Gare du Nord, extension", "3"])
  func aWrongNameIsSaidAndDeletesNothing(name: String) throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.open(.character("D"), "Delete Haussmann Tower?")
    try skydeck.waitFor("Type the name or “delete cloud 3” to confirm:")
    try skydeck.waitFor("Just re-checked")
    try skydeck.session.send(name)
    try skydeck.waitUntil("the name is typed") { $0.contains(name.trimmed) && $0.contains("Esc cancel") }
    try skydeck.press(.enter)
    try skydeck.waitFor("! That is not the name: type it as shown, or “delete cloud 3”.")
    // It stays open, and what was typed can be corrected.
    try skydeck.press(.control("u"))
    try skydeck.waitFor("Just re-checked")
    try skydeck.press(.enter)
    try skydeck.waitUntilClosed("Delete Haussmann Tower?")
    #expect(try simulator.service.clouds().count == 14)
    try skydeck.quit()
  }

  /// Names in other scripts are typed as words, which every keyboard has.
  @Test(arguments: [(2, "東京駅 再開発"), (6, ""), (3, "Haussmann Tower")])
  func aCloudIsDeletedByWords(cloud: Int, name: String) throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: cloud)
    let title = try simulator.service.name(of: cloud) ?? ""
    #expect(name.isEmpty || title == name)
    try skydeck.press(.character("D"))
    try skydeck.waitFor("“delete cloud \(cloud)” to confirm:", "Just re-checked: unchanged.")
    try skydeck.type("delete cloud \(cloud)")
    try skydeck.waitFor("Enter delete   Esc cancel")
    try skydeck.press(.enter)
    try skydeck.waitFor("Deleted cloud \(title).")
    #expect(try simulator.service.name(of: cloud) == nil)
    #expect(try simulator.service.clouds().count == 13)
    try skydeck.quit()
  }

  @Test func escLeavesACompleteName() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.open(.character("D"), "Delete Haussmann Tower?")
    try skydeck.type("Haussmann Tower")
    try skydeck.waitFor("Enter delete   Esc cancel")
    try skydeck.close("Delete Haussmann Tower?")
    #expect(try simulator.service.clouds().count == 14)
    try skydeck.quit()
  }

  @Test func aCloudThatChangedSinceItWasDrawnIsNotDeleted() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try simulator.service.renameCloud(3, to: "Haussmann, sold")
    try skydeck.open(.character("D"), "Delete Haussmann Tower?")
    try skydeck.waitFor("Name: Haussmann Tower →")
    try skydeck.press(.enter)
    try skydeck.waitUntilClosed("Delete Haussmann Tower?")
    try skydeck.waitFor("▸ Haussmann, sold")
    #expect(try simulator.service.clouds().count == 14)
    try skydeck.quit()
  }

  @Test func aCloudThatIsGoneAlreadyIsSaidToBe() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try simulator.service.deleteCloud(3)
    try skydeck.open(.character("D"), "Delete Haussmann Tower?")
    try skydeck.waitFor("It is already gone.")
    try skydeck.press(.enter)
    try skydeck.waitUntilGone("Haussmann Tower")
    try skydeck.quit()
  }

  @Test func aUserIsRemovedByYAndEnterCancels() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 7, "--pane", "users")
    let first = try #require(try simulator.service.users(of: 7).map(\.id).count == 5 ? "Alan Kay" : nil)
    try skydeck.waitFor("▸ \(first)")
    try skydeck.open(.character("D"), "Remove \(first) from Archive 2018?")
    try skydeck.waitFor("Just re-checked")
    try skydeck.press(.enter)
    try skydeck.waitUntilClosed("Remove \(first) from Archive 2018?")
    #expect(try simulator.service.users(of: 7).count == 5)
    try skydeck.open(.character("D"), "Remove \(first) from Archive 2018?")
    try skydeck.waitFor("Just re-checked")
    try skydeck.press(.character("y"))
    try skydeck.waitFor("Removed \(first) from Archive 2018.")
    #expect(try !simulator.service.users(of: 7).contains { $0.email == "alan@atelier.example" })
    #expect(try simulator.service.users(of: 7).count == 4)
    try skydeck.quit()
  }

  @Test func anInvitationIsWithdrawnByYAndEnterCancelsTheQuestion() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, "--pane", "invitations")
    let title = "Withdraw the invitation of "
    try skydeck.waitFor("R send again")
    // The question is longer than the border is wide.
    let question = ["\(title)signalisation@voie.example to Gare du ", "Nord, extension?", "Just re-checked"]
    try skydeck.press(.character("D"))
    for part in question { try skydeck.waitFor(part) }
    try skydeck.press(.enter)
    try skydeck.waitUntilClosed(title)
    #expect(try simulator.service.invitations(of: 1).count == 1)
    try skydeck.press(.delete)
    for part in question { try skydeck.waitFor(part) }
    try skydeck.press(.character("y"))
    try skydeck.waitFor("Withdrew the invitation of signalisation@voie.example to Gare du Nord, extension.")
    try skydeck.waitFor("No pending invitations. i")
    #expect(try simulator.service.invitations(of: 1).isEmpty)
    try skydeck.quit()
  }

  @Test func aProcessorIsDeletedByYWhichSaysWhoLosesAParent() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 5, "--pane", "processors")
    try skydeck.waitFor("▸ extract")
    try skydeck.open(.character("D"), "Delete extract from Lot B – façade?")
    try skydeck.waitFor("gltf loses its parent")
    try skydeck.waitFor("Just re-checked")
    try skydeck.press(.character("y"))
    try skydeck.waitFor("Deleted processor extract from Lot B – façade.")
    #expect(try simulator.service.processors(of: 5).map(\.name) == ["gltf"])
    try skydeck.quit()
  }
}

extension String {
  /// Without trailing blanks, like the rows of a screen.
  var trimmed: String {
    lastIndex { $0 != " " }.map { String(self[...$0]) } ?? ""
  }
}
