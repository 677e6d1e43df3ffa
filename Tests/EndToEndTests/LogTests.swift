import TerminalTestSupport
import TerminalUI
import Testing

/// The log tells what was written, and shows what went over the line without the key.
@Suite(.story) struct LogTests {
  @Test func whatWasChangedIsFoundInTheLogWithItsExchange() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.open(.character("e"), "Edit Haussmann Tower")
    try skydeck.press(.control("u"))
    try skydeck.type("Haussmann Lofts")
    try skydeck.press(.enter)
    try skydeck.waitFor("Renamed \"Haussmann Tower\" to \"Haussmann Lofts\".")
    try skydeck.open(.character("L"), "Requests and messages")
    try skydeck.waitFor("sizes of 14 clouds, 14 read", "w writes")
    try skydeck.press(.character("w"))
    try skydeck.waitFor("╭ Writes ─", "Clouds · Haussmann Tower: Name: Haussmann Tower → Haussmann Lofts", "w all")
    try skydeck.waitUntilGone("sizes of")
    try skydeck.press(.enter)
    try skydeck.waitFor("> PATCH \(simulator.address)/cloud/3", "•••", "Haussmann Lofts", "< 200")
    #expect(!skydeck.screen.contains(SimulatorProcess.key))
    try skydeck.press(.escape)
    try skydeck.waitUntilGone("> PATCH")
    try skydeck.close("Writes")
    try skydeck.quit()
  }
}
