import TerminalTestSupport
import TerminalUI
import Testing

/// Browsing: the cursor, the panes, the order, the record.
@Suite(.story) struct BrowsingTests {
  @Test func whatBelongsToACloudFollowsTheCursor() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.press(.down)
    try skydeck.waitFor("╭ 2 Users · 東京駅 再開発 ─")
    try skydeck.press(.character("j"))
    try skydeck.waitFor("╭ 2 Users · Haussmann Tower ─")
    try skydeck.waitFor("▸ Haussmann Tower")
    try skydeck.waitFor("16 % of total")
    try skydeck.waitFor("…@veritable.example")
    try skydeck.press(.character("k"), .up)
    try skydeck.waitFor("╭ 2 Users · Gare du Nord, extension ─")
    try skydeck.quit()
  }

  @Test func overHTTPWhatBelongsToACloudFollowsTheCursor() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator)
    try skydeck.moveTo("Archive 2018")
    try skydeck.waitFor("╭ 2 Users · Archive 2018 ─")
    try skydeck.waitFor("Margaret Hamilton")
    try skydeck.waitFor("No pending invitations. i")
    try skydeck.quit()
  }

  @Test func firstLastAndPagesMoveTheCursor() throws {
    let skydeck = try Skydeck.demo("--pane", "users", size: .medium)
    try skydeck.press(.character("G"))
    try skydeck.waitUntilGone("Ada Lovelace")
    try skydeck.press(.home)
    try skydeck.waitFor("▸ Ada Lovelace")
    try skydeck.press(.pageDown)
    try skydeck.waitUntilGone("▸ Ada Lovelace")
    try skydeck.press(.pageUp)
    try skydeck.waitFor("▸ Ada Lovelace")
    try skydeck.quit()
  }

  @Test func everyPaneIsReachedByItsNumberAndByTab() throws {
    let skydeck = try Skydeck.demo()
    for (key, hint) in [("2", "Enter open"), ("3", "R send again"), ("4", "c create  i invite"), ("1", "S sizes")] {
      try skydeck.session.send(key)
      try skydeck.waitFor(hint)
    }
    try skydeck.press(.tab, .tab)
    try skydeck.waitFor("R send again")
    try skydeck.press(.backTab, .backTab)
    try skydeck.waitFor("S sizes")
    try skydeck.quit()
  }

  @Test func theFocusedPaneIsTheOneInTheAccentColour() throws {
    let skydeck = try Skydeck.demo()
    let clouds = try #require(skydeck.screen.style(of: "1 Clouds"))
    let users = try #require(skydeck.screen.style(of: "2 Users"))
    #expect(clouds.foreground != nil && clouds.bold)
    #expect(users.foreground != clouds.foreground)
    try skydeck.press(.character("2"))
    try skydeck.waitUntil("the accent moved") {
      $0.style(of: "2 Users") == clouds && $0.style(of: "1 Clouds") == users
    }
    try skydeck.quit()
  }

  @Test func theListIsSortedFromAMenuAndTheOtherWayRound() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.waitFor("Gare du Nord", inRow: 3)
    try skydeck.press(.character("s"))
    try skydeck.waitFor("Sort clouds by", "▾ largest first")
    try skydeck.press(.character("s"))
    try skydeck.waitFor("size ▴")
    try skydeck.waitFor("▸ Archive 2018", inRow: 3)
    try skydeck.press(.character("s"))
    try skydeck.waitFor("▴ smallest first")
    try skydeck.press(.character("n"))
    try skydeck.waitFor("name ▴")
    try skydeck.waitUntilGone("size ▴")
    try skydeck.quit()
  }

  @Test func enterOpensTheRecordWithEveryField() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try skydeck.open(.enter, "Haussmann Tower")
    for field in ["Id        3", "Size      512 GB (549755813888 bytes)", "Creator   Ada Lovelace", "bcf, pointcloud"] {
      try skydeck.waitFor(field)
    }
    try skydeck.waitFor("as of ")
    try skydeck.close("Haussmann Tower")
    try skydeck.quit()
  }

  @Test func theRecordIsReadAgainFromTheService() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 3)
    try simulator.service.renameCloud(3, to: "Haussmann, renamed elsewhere")
    try skydeck.press(.enter)
    try skydeck.waitFor("Name      Haussmann, renamed elsewhere")
    try skydeck.press(.character("q"))
    try skydeck.waitUntilClosed("Haussmann")
    try skydeck.quit()
  }

  @Test func theSizeOverviewRanksAllCloudsLargestFirst() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.open(.character("S"), "Sizes")
    try skydeck.waitFor("1 Gare du Nord, extension ", inRow: 2)
    try skydeck.waitFor("2 東京駅 再開発 ", inRow: 3)
    try skydeck.waitFor("1.2 TB █████", inRow: 2)
    try skydeck.waitFor("804 GB █████", inRow: 3)
    try skydeck.waitFor("38 %", inRow: 2)
    try skydeck.waitUntil("the smallest is last") { screen in
      screen.row(containing: "14 Archive 2018")?.contains(" 0 Bytes") == true
    }
    try skydeck.press(.character("S"))
    try skydeck.waitUntilClosed("Sizes")
    try skydeck.quit()
  }

  @Test func theLogListsTheRequestsOfThisRun() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator)
    try skydeck.open(.character("L"), "Requests and messages")
    try skydeck.waitUntil("the log lists the reading") { screen in
      screen.rows.contains { $0.contains(/GET +\/cloud\/1\/user +200/) }
    }
    // A sweep over all clouds is one line.
    try skydeck.waitFor("sizes of 14 clouds, 14 read")
    try skydeck.waitUntilGone(SimulatorProcess.key)
    try skydeck.close("Requests and messages")
    try skydeck.quit()
  }
}
