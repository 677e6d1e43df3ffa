import TerminalTestSupport
import TerminalUI
import Testing

/// Forms that create and change clouds, and the resulting state of the service.
@Suite(.story) struct CreatingAndEditingTests {
  @Test func aNewCloudIsOnTheServiceAndUnderTheCursor() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator)
    try skydeck.open(.character("c"), "Create a cloud")
    try skydeck.type("Tour Triangle, 塔")
    try skydeck.press(.enter)
    try skydeck.waitFor("▸ Tour Triangle, 塔")
    try skydeck.waitFor("15 clouds")
    #expect(try simulator.service.clouds().map(\.name).contains("Tour Triangle, 塔"))
    try skydeck.quit()
  }

  @Test func anEmptyNameIsSaidBesideTheFieldAndNothingIsSent() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator)
    try skydeck.open(.character("c"), "Create a cloud")
    try skydeck.press(.enter)
    try skydeck.waitFor("! A name")
    #expect(try simulator.service.clouds().count == 14)
    try skydeck.close("Create a cloud")
    try skydeck.quit()
  }

  @Test func aRenamedCloudIsRenamedEverywhere() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.open(.character("e"), "Edit Haussmann Tower")
    try skydeck.press(.control("u"))
    try skydeck.waitUntilGone("Name      Haussmann")
    try skydeck.type("Haussmann II")
    try skydeck.press(.enter)
    try skydeck.waitFor("▸ Haussmann II ")
    try skydeck.waitFor("╭ 2 Users · Haussmann II ─")
    #expect(try simulator.service.name(of: 3) == "Haussmann II")
    try skydeck.quit()
  }

  @Test func aFormWithoutChangesSendsNothing() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.open(.character("e"), "Edit Haussmann Tower")
    try skydeck.press(.enter)
    try skydeck.waitFor("Nothing was changed, so nothing was sent.")
    try skydeck.open(.character("L"), "Requests and messages")
    try skydeck.waitUntilGone("PATCH")
    try skydeck.close("Requests and messages")
    try skydeck.quit()
  }

  @Test func escAsksBeforeWhatWasTypedIsLost() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.open(.character("c"), "Create a cloud")
    try skydeck.type("half a na")
    try skydeck.press(.escape)
    try skydeck.waitFor("Discard your input?")
    try skydeck.press(.character("n"))
    try skydeck.waitUntilGone("Discard your")
    try skydeck.waitFor("half a na ")
    try skydeck.press(.escape)
    try skydeck.waitFor("Discard your input?")
    try skydeck.press(.character("y"))
    try skydeck.waitUntilClosed("Create a cloud")
    try skydeck.waitFor("14 clouds", inRow: 0)
    try skydeck.quit()
  }

  @Test func theLineIsEditedAsPeopleKnowIt() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator)
    try skydeck.open(.character("c"), "Create a cloud")
    try skydeck.type("ower wrong words")
    try skydeck.press(.control("w"), .control("w"), .control("a"), .character("T"), .end, .backspace)
    try skydeck.waitFor("Name      Tower ")
    try skydeck.press(.left, .left, .delete, .control("e"), .character("東"))
    try skydeck.waitFor("Name      Towr東")
    try skydeck.press(.enter)
    try skydeck.waitFor("▸ Towr東")
    #expect(try simulator.service.clouds().contains { $0.name == "Towr東" })
    try skydeck.quit()
  }

  @Test func aDemoProjectAddsToTheSizeAfterAQuestion() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 7)
    try skydeck.waitUntil("its size is shown") { $0.row(containing: "▸ Archive 2018")?.contains(" 0 Bytes") == true }
    try skydeck.open(.character("M"), "Create a demo project in Archive 2018?")
    try skydeck.waitFor("Just re-checked")
    try skydeck.press(.character("y"))
    try skydeck.waitFor("Created the project Demo in Archive 2018.")
    try skydeck.waitUntil("the size grew") { $0.row(containing: "Archive 2018 ")?.contains(" 0 Bytes") == false }
    try skydeck.quit()
  }
}
