import TerminalTestSupport
import TerminalUI
import Testing

/// Inviting one person or several, and sending invitations again.
@Suite(.story) struct InvitingTests {
  @Test func oneAddressIsOneInvitationOnTheService() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.open(.character("i"), "Invite an administrator to Haussmann Tower")
    try skydeck.waitFor("Redirect  https://platform.bimdata.io/cloud/3")
    try skydeck.type("ines@chantier.example")
    try skydeck.press(.enter)
    try skydeck.waitUntilClosed("Invite an administrator to")
    try skydeck.waitFor("▸ ines@chantier.example", "2 of 4")
    let invitations = try simulator.service.invitations(of: 3)
    #expect(invitations.count == 4)
    #expect(invitations.last?.email == "ines@chantier.example")
    #expect(invitations.last?.redirectUri == "https://platform.bimdata.io/cloud/3")
    try skydeck.quit()
  }

  @Test func severalAddressesAreOneInvitationEachAndABadOneIsSaidFirst() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3, "--pane", "processors")
    try skydeck.open(.character("i"), "Invite an administrator to Haussmann Tower")
    try skydeck.session.send("a@chantier.example, nobody; b@chantier.example")
    try skydeck.waitFor("2 valid addresses, 1 invalid")
    try skydeck.press(.enter)
    try skydeck.waitFor("! nobody is not an e-mail address.")
    #expect(try simulator.service.invitations(of: 3).count == 3)
    try skydeck.session.send(String(repeating: "\u{7F}", count: "nobody; b@chantier.example".count))
    try skydeck.waitUntilGone("nobody")
    try skydeck.session.send("b@chantier.example c@chantier.example")
    try skydeck.waitFor("3 valid addresses")
    try skydeck.press(.enter)
    try skydeck.waitUntilClosed("Invite an administrator to")
    let addresses = try simulator.service.invitations(of: 3).suffix(3).map(\.email)
    #expect(addresses == ["a@chantier.example", "b@chantier.example", "c@chantier.example"])
    try skydeck.open(.character("L"), "Requests and messages")
    try skydeck.waitUntil("three were sent") { $0.rows.count { $0.contains(/POST +\/cloud\/3\/invitation +201/) } == 3 }
    try skydeck.close("Requests and messages")
    try skydeck.quit()
  }

  @Test func whoIsAMemberAlreadyIsSaidBesideTheField() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.open(.character("i"), "Invite an administrator to Haussmann Tower")
    try skydeck.type("Ada@Atelier.example")
    try skydeck.press(.enter)
    try skydeck.waitFor("! Ada@Atelier.example is a member already.")
    #expect(try simulator.service.invitations(of: 3).count == 3)
    try skydeck.press(.escape)
    try skydeck.waitFor("Discard your input?")
    try skydeck.press(.character("y"))
    try skydeck.waitUntilClosed("Invite an administrator to")
    try skydeck.quit()
  }

  @Test func anInvitationIsSentAgainAfterAQuestion() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, "--pane", "invitations")
    try skydeck.waitFor("R send again")
    try skydeck.open(.character("R"), "Send the invitation of signalisation@voie.example again?")
    try skydeck.waitFor("Just re-checked")
    try skydeck.press(.character("y"))
    try skydeck.waitFor("Sent the invitation of signalisation@voie.example to Gare du Nord, extension again.")
    #expect(try simulator.service.invitations(of: 1).count == 1)
    try skydeck.open(.character("L"), "Requests and messages")
    try skydeck.waitUntil("one was sent") { $0.rows.count { $0.contains(/POST +\/cloud\/1\/invitation +201/) } == 1 }
    try skydeck.close("Requests and messages")
    try skydeck.quit()
  }

  @Test func aPasteOfTenThousandCharactersArrivesWhole() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 7)
    try skydeck.open(.character("i"), "Invite an administrator to Archive 2018")
    let addresses = (1...400).map { "person.number.\($0)@chantier.example" }
    let text = addresses.joined(separator: ",")
    #expect(text.count > 10_000)
    try skydeck.session.paste(text)
    try skydeck.waitFor("400 valid addresses")
    try skydeck.press(.tab)
    try skydeck.session.send("https://platform.bimdata.io/")
    try skydeck.waitFor("Redirect  https://platform.bimdata.io/")
    try skydeck.press(.enter)
    try skydeck.session.waitUntilGone("╭ Invite an administrator to", within: .seconds(30))
    #expect(try simulator.service.invitations(of: 7).map(\.email) == addresses)
    try skydeck.quit()
  }
}
