import TerminalTestSupport
import TerminalUI
import Testing

/// The first screen, in windows of every kind.
@Suite(.story) struct FirstScreenTests {
  @Test func aWideWindowShowsAllFourPanes() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.waitFor(" skydeck  Demo (simulated)", inRow: 0)
    try skydeck.waitFor("14 clouds   3.2 TB   as of ", inRow: 0)
    try skydeck.waitFor("╭ 4 Processors ─", "▸ merge")
    try skydeck.waitFor("▸ Gare du Nord, extension     1.2 TB ████████")
    try skydeck.waitFor("╭ 2 Users · Gare du Nord, extension ─")
    try skydeck.waitFor("╭ 3 Invitations ─")
    try skydeck.waitFor(" c create  e edit  D delete  i invite  / filter  S sizes", inRow: -1)
    try skydeck.quit()
  }

  @Test func aVeryWideWindowHasRoomForEveryColumn() throws {
    let skydeck = try Skydeck.demo(size: Size(columns: 200, rows: 50))
    try skydeck.waitFor("SINCE")
    try skydeck.waitFor("COMPANY")
    try skydeck.waitFor("▸ Gare du Nord, extension ")
    try skydeck.waitFor("? help", inRow: 49)
    try skydeck.quit()
  }

  @Test func aWindowOf80By24ShowsTheCloudsAndOneOtherPane() throws {
    let skydeck = try Skydeck.demo(size: .medium)
    try skydeck.waitFor("3 Invitations 1 · 4 Processors 8 ╯")
    try skydeck.waitFor("╭ 1 Clouds ─")
    try skydeck.waitFor("╭ 2 Users · Gare du Nord")
    try skydeck.waitFor("▸ Gare du Nord, exte…     1.2 TB ")
    try skydeck.quit()
  }

  @Test func aWindowOf40By10ShowsOnePaneAndTheOthersAsTabs() throws {
    let skydeck = try Skydeck.started("--demo", size: .narrow)
    try skydeck.waitFor("[1 Clouds] 2  3  4", inRow: 0)
    try skydeck.waitFor("─ 1 Clouds ─", inRow: 1)
    try skydeck.waitFor("1.2 TB")
    try skydeck.press(.character("2"))
    try skydeck.waitFor("1 [2 Users] 3  4")
    try skydeck.waitFor("▸ Ada Lovel", "@atelier", "Admin")
    try skydeck.quit()
  }

  @Test(arguments: [Size(columns: 39, rows: 34), Size(columns: 120, rows: 9), Size(columns: 20, rows: 3)])
  func aWindowThatIsTooSmallSaysSoAndCanStillBeLeft(size: Size) throws {
    let skydeck = try Skydeck.started("--demo", size: size)
    try skydeck.waitFor("The window is too")
    try skydeck.quit()
  }

  @Test func overHTTPTheSameIsSeenAsInTheDemo() throws {
    let simulator = try SimulatorProcess()
    let remote = try Skydeck.on(simulator)
    let demo = try Skydeck.demo()
    try demo.waitFor("▸ merge")
    try demo.session.waitUntilQuiet()
    let panes = demo.screen.rows.dropFirst()
    try remote.waitUntil("the panes are those of the demo") { $0.rows.dropFirst() == panes }
    try remote.waitFor(" skydeck  127.0.0.1:\(simulator.port) ", inRow: 0)
    try remote.quit()
    try demo.quit()
  }

  @Test func aServiceWithoutCloudsSaysSoAndWhichKeyMakesOne() throws {
    let simulator = try SimulatorProcess("--data", "empty")
    let skydeck = try Skydeck.opened(at: simulator.address)
    try skydeck.waitFor("No clouds. c creates one.")
    try skydeck.waitFor("0 clouds", inRow: 0)
    try skydeck.waitFor(" c create  r refresh", inRow: -1)
    try skydeck.quit()
  }

  @Test func itBeginsAtTheCloudAndInThePaneAskedFor() throws {
    let skydeck = try Skydeck.demo("--cloud", "3", "--pane", "invitations")
    try skydeck.waitFor("╭ 2 Users · Haussmann Tower ─")
    try skydeck.waitFor("▸ Haussmann Tower")
    try skydeck.open(.enter, "controle.technique@veritable.example")
    try skydeck.close("controle.technique@veritable.example")
    try skydeck.quit()
  }

  @Test func aCloudThatIsNotThereIsSaid() throws {
    let skydeck = try Skydeck.demo("--cloud", "4711")
    try skydeck.waitFor("! This key sees no cloud 4711.")
    try skydeck.waitFor("▸ Gare du Nord")
    try skydeck.quit()
  }
}
