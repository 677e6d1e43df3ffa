import TerminalTestSupport
import TerminalUI
import Testing

/// Services that refuse, fail, stop and restart.
@Suite(.story) struct TroubleTests {
  @Test func aWrongKeyIsSaidToBeWrong() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.opened(at: simulator.address, key: "a-wrong-key")
    try skydeck.waitFor("the API key is invalid", "P to open another service")
    try skydeck.waitUntilGone("a-wrong-key")
    try skydeck.quit()
  }

  @Test func aServiceThatIsNotThereIsSaidSinceWhenAndWhenItIsTriedAgain() throws {
    let simulator = try SimulatorProcess()
    simulator.stop()
    let skydeck = try Skydeck.opened(at: simulator.address)
    try skydeck.waitFor("The service can't be reached", "Since ", "Retrying", "to retry now.")
    try simulator.restart()
    try skydeck.press(.character("r"))
    try skydeck.waitFor("▸ Gare du Nord", "14 clouds")
    try skydeck.waitUntilGone("can't be reached")
    try skydeck.quit()
  }

  @Test func aServiceThatIsGoneLeavesTheOldRowsMarkedAsOld() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    simulator.stop()
    try skydeck.press(.character("r"))
    try skydeck.waitFor("stale!", "! As of ", "▸ Haussmann Tower")
    try skydeck.press(.character("2"), .character("r"))
    try skydeck.waitUntil("the users are old, too") { screen in
      screen.contains("Ada Lovelace") && screen.rows[1].matches(of: /stale!/).count == 2
    }
    // Everything else continues to work.
    try skydeck.open(.character("S"), "Sizes")
    try skydeck.close("Sizes")
    try simulator.restart()
    try simulator.service.renameCloud(3, to: "Renamed meanwhile")
    try skydeck.press(.character("1"))
    try skydeck.waitFor("c create")
    try skydeck.press(.character("r"))
    try skydeck.waitFor("~▸ Renamed meanwhile")
    // The users may have been reloaded automatically meanwhile.
    try skydeck.waitUntil("the clouds are up to date") { screen in
      screen.rows[1].split(separator: "╭").first?.contains("stale!") == false
    }
    try skydeck.quit()
  }

  @Test func aWriteThatFoundNoServiceWasNotSentAndStaysInTheForm() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator)
    try skydeck.open(.character("c"), "Create a cloud")
    try skydeck.type("Kept")
    simulator.stop()
    try skydeck.press(.enter)
    try skydeck.waitFor("The service can't be reached", "Name      Kept")
    try simulator.restart()
    try skydeck.press(.enter)
    try skydeck.waitFor("▸ Kept")
    #expect(try simulator.service.clouds().count { $0.name == "Kept" } == 1)
    try skydeck.quit()
  }

  @Test func aWebPageInsteadOfTheAPIIsSaidToBeOne() throws {
    let page = "<html><head><title>Sign in</title></head><body>Welcome</body></html>"
    let server = try ScriptedServer(
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(page.utf8.count)\r\n\r\n\(page)")
    let skydeck = try Skydeck.opened(at: server.address)
    try skydeck.waitFor("The service's response can't be read", "Check that the address")
    try skydeck.quit()
  }

  @Test func aServerErrorIsSaidWithItsStatus() throws {
    let server = try ScriptedServer("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
    let skydeck = try Skydeck.opened(at: server.address)
    try skydeck.waitFor("Server error (HTTP 503).", "Retrying at ")
    try skydeck.quit()
  }

  @Test func aConnectionThatClosesWithoutAnAnswerIsTrouble() throws {
    let server = try ScriptedServer("")
    let skydeck = try Skydeck.opened(at: server.address)
    try skydeck.waitFor("Since ", "to retry now.")
    try skydeck.quit()
  }

  @Test func keysThatMeanNothingWithoutCloudsSayWhy() throws {
    let server = try ScriptedServer("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n{}")
    let skydeck = try Skydeck.opened(at: server.address)
    try skydeck.waitFor("Permission denied")
    try skydeck.press(.character("i"))
    try skydeck.waitFor("Select a cloud first")
    try skydeck.press(.character("D"))
    try skydeck.waitUntilGone("Select a cloud first")
    try skydeck.quit()
  }
}
