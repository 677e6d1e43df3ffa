import TerminalTestSupport
import TerminalUI
import Testing

/// The console as tmux shows it.
@Suite(.story) struct TmuxTests {
  /// The largest width with two panes side by side: a single pane has no sides.
  private static let size = Size(columns: 109, rows: 40)
  /// The rows of a pane on such a screen.
  private static let capacity = 34

  @Test func noNameMovesABorder() throws {
    let names = Array(RandomTexts(seed: 7).prefix(1_500))
    let server = try ScriptedServer { line in
      let path = line.split(separator: " ").dropFirst().first ?? ""
      if path.hasSuffix("/user") { return Self.answer(Self.users(names)) }
      return Self.answer(path.hasSuffix("/cloud") ? #"[{"id":1,"name":"One"}]"# : "[]")
    }
    let tmux = try Tmux(
      ["--pane", "users"],
      environment: ["SKYDECK_API_URL": server.address, "SKYDECK_API_KEY": "any", "SKYDECK_EDITION": "classic"],
      size: Self.size)
    var cursor = 0
    while true {
      let number = Self.number(cursor)
      try tmux.waitUntil("the cursor is on \(number) and every border in its column") { rows in
        rows.contains { $0.contains("▸") && $0.contains(number) } && Self.areStraight(rows)
      }
      guard cursor < names.count - 1 else { break }
      try tmux.press("PageDown")
      cursor = min(cursor + Self.capacity - 1, names.count - 1)
    }
    try tmux.press("q")
  }

  @Test func aStormOfSizesEndsInTheRightScreen() throws {
    let tmux = try Tmux(["--demo"], environment: [:], size: Self.size)
    try tmux.waitUntil("every size is there") { rows in
      rows.contains { $0.contains("38 % of total") } && rows.contains { $0.contains("0 Bytes") }
        && Self.areStraight(rows)
    }
    let before = try tmux.rows()
    for step in 0..<25 {
      try tmux.resize(to: Size(columns: 30 + (step * 37) % 150, rows: 8 + (step * 11) % 40))
    }
    try tmux.resize(to: Self.size)
    try tmux.waitUntil("the screen is as before") { $0.dropFirst() == before.dropFirst() }
    try tmux.press("C-l")
    try tmux.waitUntil("drawn anew it is the same") { $0.dropFirst() == before.dropFirst() }
    try tmux.press("q")
  }

  /// Whether the pane's sides are in the first and last column, by tmux's measure: a row that is too wide or too narrow
  /// ends in another character.
  private static func areStraight(_ rows: [String]) -> Bool {
    rows.count == size.rows && rows[1].hasPrefix("╭") && rows[1].hasSuffix("╮")
      && rows[size.rows - 3].hasPrefix("╰") && rows[size.rows - 3].hasSuffix("╯")
      && rows[2..<size.rows - 3].allSatisfy { $0.hasPrefix("│") && $0.hasSuffix("│") }
  }

  private static func number(_ index: Int) -> String {
    let digits = String(index)
    return "#" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  private static func users(_ names: [String]) -> String {
    let users = names.enumerated().map { index, name in
      let text = quoted(name)
      return """
        {"id":\(index),"firstname":"\(number(index))","lastname":\(text),"email":\(text),"company":\(text),"cloud_role":50}
        """
    }
    return "[\(users.joined(separator: ","))]"
  }

  /// The text as ASCII, so that nothing on the way interprets it.
  private static func quoted(_ text: String) -> String {
    let units = text.utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "\"\(units.joined())\""
  }

  private static func answer(_ body: String) -> [UInt8] {
    let head = "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\nConnection: close"
    return Array("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n\(body)".utf8)
  }
}
