import TerminalTestSupport
import TerminalUI
import Testing

/// A service of the current edition, configured or detected.
@Suite(.story) struct CurrentEditionTests {
  @Test(arguments: ["current", "auto"])
  func quotasAreShownAndProcessorsAreNot(edition: String) throws {
    let simulator = try SimulatorProcess("--edition", "current")
    let skydeck = try Skydeck.opened(
      at: simulator.address, "--cloud", "3", environment: ["SKYDECK_EDITION": edition])
    try skydeck.waitFor("▸ Haussmann Tower", "Full", "78 %", "2 Users · Haussmann Tower")
    try skydeck.waitUntilGone("4 Processors")
    try skydeck.press(.character("4"))
    try skydeck.waitFor("This service has no processors")
    try skydeck.open(.enter, "Haussmann Tower")
    try skydeck.waitFor("512 GB used out of 1 TB (50 %)", "the organization")
    try skydeck.close("Haussmann Tower")
    try skydeck.quit()
    #expect(try simulator.service.requests().allSatisfy { !$0.path.contains("processor") })
  }
}
