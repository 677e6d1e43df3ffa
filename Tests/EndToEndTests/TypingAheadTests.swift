import TerminalTestSupport
import TerminalUI
import Testing

/// Keys typed before a question was on the screen never answer it.
@Suite(.story) struct TypingAheadTests {
  @Test(arguments: ["D\r", "DHaussmann Tower\r", "Dy", "D\r\r", "\u{1B}[3~Haussmann Tower\r", "DDy\rHaussmann Tower\r"])
  func keysThatComeWithTheDeleteKeyDeleteNoCloud(keys: String) throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.session.send(keys)
    try skydeck.waitFor("╭ Delete Haussmann Tower? ─")
    try skydeck.waitFor("Just re-checked")
    try skydeck.waitFor("Enter cancel   Type")
    try skydeck.close("Delete Haussmann Tower?")
    #expect(try simulator.service.clouds().count == 14)
    try skydeck.quit()
  }

  @Test(arguments: ["Dy", "Dyyyy", "D\ry", "DY\r"])
  func keysThatComeWithTheDeleteKeyRemoveNobody(keys: String) throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 7, "--pane", "users")
    try skydeck.waitFor("▸ Alan Kay")
    try skydeck.session.send(keys)
    try skydeck.waitFor("╭ Remove Alan Kay from")
    try skydeck.waitFor("Just re-checked")
    try skydeck.close("Remove Alan Kay from Archive 2018?")
    #expect(try simulator.service.users(of: 7).count == 5)
    try skydeck.quit()
  }

  @Test func keysThatComeWithRSendNoInvitation() throws {
    let skydeck = try Skydeck.demo("--pane", "invitations")
    try skydeck.session.send("Ry")
    try skydeck.waitFor("╭ Send the invitation of signalisation@voie.example again? ─")
    try skydeck.waitFor("Just re-checked")
    try skydeck.press(.enter)
    try skydeck.waitUntilClosed("Send the invitation")
    try skydeck.open(.character("L"), "Requests and messages")
    try skydeck.waitUntilGone("POST")
    try skydeck.close("Requests and messages")
    try skydeck.quit()
  }

  @Test func keysThatComeWithCDontFillTheFormOrSendIt() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator)
    try skydeck.session.send("cTypo\r")
    try skydeck.waitFor("╭ Create a cloud ─")
    try skydeck.close("Create a cloud")
    #expect(try simulator.service.clouds().count == 14)
    try skydeck.quit()
  }

  @Test func aPasteOutsideFieldsDoesNothing() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.session.waitUntilQuiet()
    let before = skydeck.screen.text
    try skydeck.session.paste("D\rqqq/Haussmann\r:delete\r")
    // Shown only after the paste was read.
    try skydeck.open(.character("S"), "Sizes")
    try skydeck.press(.character("S"))
    try skydeck.waitUntil("everything is as before") { $0.text == before }
    try skydeck.session.paste("D\r")
    try skydeck.quit()
  }
}
