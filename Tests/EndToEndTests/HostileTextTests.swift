import TerminalTestSupport
import TerminalUI
import Testing

/// Names that try to move the cursor, colour the screen, reorder text or push borders away.
@Suite(.story) struct HostileTextTests {
  private static let names = [
    "esc \u{1B}[31mred\u{1B}[2J\u{1B}[H", "title \u{1B}]0;pwned\u{7}", "c1 \u{9B}5A\u{9D}0;x\u{9C}",
    "line\nfeed\r\ttab",
    "bidi \u{202E}gpj.exe\u{202C} \u{2066}x\u{2069}", "zero\u{200B}\u{200D}\u{FEFF}width\u{AD}", "bell\u{7}\u{8}\u{7F}",
    "marks a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}", "family 👨‍👩‍👧‍👦 flag 🇫🇷 tone 👍🏽",
    "separators \u{2028}x\u{2029}",
    "long " + String(repeating: "東京", count: 120), "tags \u{E0041}\u{E007F} private \u{E000}",
    "\u{301}starts with a mark", "shift \u{E}out\u{F} \u{1B}(0lqk\u{1B}(B",
  ]

  @Test(arguments: [Size.wide, .medium, .narrow])
  func hostileNamesLeaveEveryBorderInItsColumn(size: Size) throws {
    let simulator = try SimulatorProcess("--data", "empty")
    for name in Self.names { try simulator.service.createCloud(named: name) }
    let skydeck = try Skydeck.opened(at: simulator.address, size: size)
    // Rows of equal sizes are put in the order of their names when all sizes are there.
    try skydeck.waitFor(size == .narrow ? "0 Bytes" : "14 clouds   0 Bytes", "1 of 14")
    try skydeck.session.waitUntilQuiet()
    for _ in Self.names {
      try skydeck.expectStraightBorders()
      try skydeck.press(.down)
    }
    try skydeck.waitFor("14 of 14")
    try skydeck.expectStraightBorders()
    try skydeck.expectNothingHostileWasSent()
    try skydeck.quit()
  }

  @Test func hostileNamesAreHarmlessInDialogsAndTheLog() throws {
    let simulator = try SimulatorProcess("--data", "empty")
    let cloud = try simulator.service.createCloud(named: Self.names[0])
    try simulator.service.createProcessor(named: "p\u{1B}[5m\u{202E}\u{9B}1m", in: cloud.id)
    let skydeck = try Skydeck.opened(at: simulator.address)
    try skydeck.waitFor("▸ ! esc ␛[31mred␛[2J␛[H")
    try skydeck.waitFor("▸ ! p␛[5m")
    for (key, title) in [
      ("D", "Delete esc ␛[31mred"), ("i", "Invite an administrator to esc ␛[31mred"), ("\r", "esc ␛[31mred"),
    ] {
      try skydeck.session.send(key)
      try skydeck.waitFor("╭ \(title)")
      try skydeck.close(title)
    }
    try skydeck.press(.character("e"))
    try skydeck.waitFor("╭ Edit esc ␛[31mred")
    try skydeck.press(.end, .character("!"), .enter)
    try skydeck.waitFor("▸ ! esc ␛[31mred␛[2J␛[H!")
    try skydeck.open(.character("L"), "Requests and messages")
    try skydeck.waitFor("␛[31mred")
    try skydeck.close("Requests and messages")
    try skydeck.expectStraightBorders()
    try skydeck.expectNothingHostileWasSent()
    #expect(try simulator.service.name(of: cloud.id) == Self.names[0] + "!")
    try skydeck.quit()
  }

  @Test func aHostileNameIsNamedHarmlesslyOnStandardError() throws {
    let simulator = try SimulatorProcess("--data", "empty")
    try simulator.service.createCloud(named: "x\u{1B}[31m\u{202E}y")
    let skydeck = try Skydeck.opened(at: simulator.address)
    try skydeck.waitFor("▸ ! x␛[31m")
    try skydeck.open(.character("i"), "Invite an administrator to x␛[31m\u{FFFD}y")
    try skydeck.type("a@b.example")
    try skydeck.press(.tab)
    try skydeck.session.send("https://b.example")
    try skydeck.waitFor("https://b.example")
    simulator.freeze()
    try skydeck.press(.enter)
    try skydeck.waitFor("sending…")
    try skydeck.close("Invite an administrator to")
    try skydeck.press(.character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
    #expect(skydeck.session.standardError.contains("a@b.example"))
    #expect(!skydeck.session.standardError.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }
}

extension Skydeck {
  /// Expects the corners and sides of each pane in the columns of its top border's corners.
  fileprivate func expectStraightBorders() throws {
    try waitUntil("the borders of the clouds' pane are straight") { screen in
      let top = screen.cells[1].map(\.text)
      if top.first == "─" { return Self.isStraightWithoutSides(screen) }
      guard let left = top.firstIndex(of: "╭"), let right = top.firstIndex(of: "╮"),
        let bottom = screen.cells.firstIndex(where: { $0[left].text == "╰" })
      else { return false }
      return screen.cells[bottom][right].text == "╯"
        && screen.cells[2..<bottom].allSatisfy { $0[left].text == "│" && $0[right].text == "│" }
    }
  }

  /// For a single pane: its edges go from side to side, and between them the outermost columns are blank.
  private static func isStraightWithoutSides(_ screen: TerminalScreen) -> Bool {
    let bottom = screen.cells.count - 3
    return [1, bottom].allSatisfy { screen.cells[$0].first?.text == "─" && screen.cells[$0].last?.text == "─" }
      && screen.cells[2..<bottom].allSatisfy { $0.first?.text == " " && $0.last?.text == " " }
  }

  /// Expects that none of the names had an effect in the terminal or appears in the raw output.
  fileprivate func expectNothingHostileWasSent(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(session.emulator.bells == 0, sourceLocation: sourceLocation)
    #expect(session.emulator.systemCommands == [], sourceLocation: sourceLocation)
    #expect(session.emulator.unknown == [], sourceLocation: sourceLocation)
    let scalars = String(decoding: session.terminal.output, as: UTF8.self).unicodeScalars
    let hostile = scalars.filter { scalar in
      switch scalar.value {
      case 0x07, 0x0E, 0x7F, 0x80...0x9F, 0xAD, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
      case 0xE0000...0xE007F: true
      default: false
      }
    }
    #expect(Array(hostile) == [], sourceLocation: sourceLocation)
    #expect(!String(scalars).contains("\u{1B}[31mred"), sourceLocation: sourceLocation)
  }
}
