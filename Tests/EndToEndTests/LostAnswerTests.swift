import TerminalTestSupport
import TerminalUI
import Testing

/// Writes whose response was lost, and a service that stops and restarts, over HTTP.
@Suite(.story) struct LostAnswerTests {
  @Test(arguments: ["reset-after", "504-after", "malformed", "truncated=3", "reset-before", "502", "html"])
  func whatBecameOfALostWriteIsSaidAndItIsNeverSentTwice(fault: String) throws {
    let simulator = try SimulatorProcess("--fault", "\(fault):POST:/cloud:n=1")
    let skydeck = try Skydeck.on(simulator)
    try skydeck.open(.character("c"), "Create a cloud")
    try skydeck.type("Kept")
    try skydeck.press(.enter)
    let isApplied = !["reset-before", "502", "html"].contains(fault)
    if isApplied {
      try skydeck.waitFor("The reply was lost; a re-read at ", "15 clouds")
      try skydeck.waitUntilClosed("Create a cloud")
    } else {
      // The service may still be carrying out the first write: sending it again needs confirmation.
      try skydeck.waitFor("Not done by ", "Name      Kept", "Enter create")
      try skydeck.press(.enter)
      try skydeck.waitFor("may still arrive until ", "Send it again?")
      try skydeck.press(.enter)
      try skydeck.waitFor("Enter create")
      try skydeck.press(.enter)
      try skydeck.waitFor("Send it again?")
      try skydeck.press(.character("y"))
      try skydeck.waitFor("Created cloud \"Kept\".")
    }
    #expect(try simulator.service.clouds().count { $0.name == "Kept" } == 1)
    let writes = try simulator.service.requests().filter { $0.method == "POST" }
    #expect(writes.count == (isApplied ? 1 : 2))
    #expect(writes.count { $0.applied } == 1)
    try skydeck.quit(unsettled: isApplied ? nil : "create cloud \"Kept\"")
  }

  @Test func aServiceThatWasRestartedIsReadAgainWithoutAKeyAndThenAllIsQuiet() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    simulator.stop()
    try skydeck.press(.character("r"))
    try skydeck.waitFor("stale!", "▸ Haussmann Tower")
    try simulator.restart()
    try simulator.service.renameCloud(3, to: "Renamed meanwhile")
    try skydeck.waitFor("Renamed meanwhile")
    try skydeck.waitUntil("nothing is stale or on its way") { screen in
      !screen.contains("stale!") && !screen.contains("loading") && !screen.rows[0].contains("↓")
    }
    // Idle connections are closed after five seconds.
    try skydeck.expectRest(of: .seconds(6))
    try skydeck.quit()
  }
}
