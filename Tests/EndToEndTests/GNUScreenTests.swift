import TerminalTestSupport
import TerminalUI
import Testing

/// The console in GNU screen, and the output that screen sends to its terminal.
@Suite(.story) struct GNUScreenTests {
  @Test func aPersonLooksAroundResizesAndLeaves() throws {
    let folder = try TemporaryFolder()
    // After its terminal is closed, screen keeps running with the console in it.
    defer {
      _ = try? ShellCommand.run(
        "/usr/bin/env", ["screen", "-S", "story", "-X", "quit"], environment: ["SCREENDIR": folder.path])
    }
    let session = try TerminalSession(
      executable: "/usr/bin/env",
      arguments: ["screen", "-S", "story", "-U", "-c", "/dev/null", BuiltProduct.path(of: "skydeck"), "--demo"],
      environment: ["SCREENDIR": folder.path, "TZ": "UTC"], size: Size(columns: 80, rows: 24))
    try session.waitUntil("all sizes are there and every border in its place (is screen installed?)") { screen in
      screen.contains("38 % of total") && Self.isStraight(screen)
    }
    try session.send("jj")
    try session.waitUntil("the cursor has moved by two, and the users are those of that cloud") { screen in
      screen.contains("▸ Haussmann Tower") && screen.contains("╭ 2 Users · Haussmann Tower") && Self.isStraight(screen)
    }
    try session.send("2/beton")
    try session.waitUntil("the users are filtered") { screen in
      screen.contains("/beton") && screen.contains("match") && Self.isStraight(screen)
    }
    // An arrow in the mode that screen requested for the console.
    try session.send("\r")
    try session.press(.down)
    try session.waitFor("││ ▸ Grace Hopper")
    session.resize(to: Size(columns: 100, rows: 30))
    try session.waitUntil("it is as large as the window, and as straight") { screen in
      screen.rows.count == 30 && screen.contains("││ ▸ Grace Hopper") && Self.isStraight(screen)
    }
    try session.send("q")
    try session.waitFor("[screen is terminating]")
    #expect(try session.exitStatus() == .exited(0))
  }

  /// Whether the sides of both panes are in the right columns, by the terminal's measure.
  private static func isStraight(_ screen: TerminalScreen) -> Bool {
    let cells = screen.cells
    let (top, bottom) = (1, cells.count - 3)
    guard bottom > top, let inner = cells[top].firstIndex(where: { $0.text == "╮" }) else { return false }
    let sides = [0, inner, inner + 1, cells[top].count - 1]
    return sides.map { cells[top][$0].text } == ["╭", "╮", "╭", "╮"]
      && sides.map { cells[bottom][$0].text } == ["╰", "╯", "╰", "╯"]
      && cells[top + 1..<bottom].allSatisfy { row in sides.allSatisfy { row[$0].text == "│" } }
  }
}
