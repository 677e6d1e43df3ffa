import CloudChanges
import CloudViewModels
import TerminalUI

/// What is on the screen in words, for ears: no columns, no signs, nothing that only a picture says.
enum LinearText {
  /// `Haussmann Tower, 512 GB, Dec 2021`: what a row has, in the order of its columns; what it lacks is left out, and what
  /// a sign before it says comes first: `marked: `. Where there is no room for all, the name is cut.
  static func row(_ row: TableRow, columns: Int, textWidth: TextWidth) -> String {
    let values = row.values.map(value).filter { !$0.isEmpty }
    let states = [row.isMarked ? "marked" : nil, state(row.change)].compactMap { $0 }
    guard states.isEmpty else {
      let start = states.joined(separator: ", ") + ": "
      return start + joined(values, columns: columns - start.count, textWidth)
    }
    return joined(values, columns: columns, textWidth)
  }

  private static func state(_ change: RowChange?) -> String? {
    switch change {
    case .new: "new"
    case .changed: "changed"
    case nil: nil
    }
  }

  private static func joined(_ values: [String], columns: Int, _ textWidth: TextWidth) -> String {
    let text = values.joined(separator: ", ")
    let excess = textWidth.columns(of: text) - columns
    guard excess > 0, let name = values.first, values.count > 1 else { return text }
    let room = max(8, textWidth.columns(of: name) - excess)
    return ([textWidth.truncated(name, to: room)] + values.dropFirst()).joined(separator: ", ")
  }

  static func value(_ value: FieldValue) -> String {
    let warning = value.hidesCharacters ? " (hides characters)" : ""
    switch value {
    case .bytes(.waiting): return "size not read yet"
    case .bytes(.failed): return "size could not be read"
    case .bytes(.stale(let size, _)): return "\(size.bytesText) from before"
    case .bytes(.loaded(let size)):
      return [size.bytesText, size.usedText.map { "\($0) used" }].compactMap { $0 }.joined(separator: ", ")
    case .node(_, let name): return name + warning
    case .none, .date(nil), .flag(nil), .role(nil): return ""
    default: return value.plainText(short: true) + warning
    }
  }

  /// `Users of Haussmann Tower`.
  static func title(_ pane: PaneContent) -> String {
    pane.scope.map { "\(pane.title) of \($0)" } ?? pane.title
  }

  /// `48 rows`, and how many of them the filter leaves.
  static func count(_ pane: PaneContent) -> String {
    guard !pane.filter.isEmpty else { return Count.text(pane.totalCount, "row", "rows") }
    return "\(pane.rowCount) of \(pane.totalCount) match \(pane.filter.text)"
  }

  /// `3 marked`.
  static func marks(_ pane: PaneContent) -> String? {
    pane.markedCount > 0 ? "\(pane.markedCount) marked" : nil
  }

  /// `Row 3 of 48`. It changes with each step, so that a slow line is spared it: the cursor is on the row anyway.
  static func position(_ pane: PaneContent) -> String? {
    pane.isLowBandwidth ? nil : pane.selectedRow.map { "Row \($0 + 1) of \(pane.rowCount)" }
  }

  /// `by size, descending`.
  static func order(_ pane: PaneContent) -> String? {
    guard let order = pane.order, let header = pane.headers.first(where: { $0.id == order.column }) else { return nil }
    return "by \(header.title.lowercased()), \(order.ascending ? "ascending" : "descending")"
  }

  /// A line of a dialog without the marks, bars and gaps that only eyes need.
  static func line(_ line: DialogLine) -> String {
    let text = (line.spans + line.trailing.prefix(1).map { Span(" " + $0.text) } + line.trailing.dropFirst())
      .map(\.text).joined()
    return spoken(text)
  }

  /// `Enter save, Esc leave`: the keys of a dialog. What goes on besides is said elsewhere.
  static func keys(_ footer: DialogFooter, columns: Int, textWidth: TextWidth) -> String {
    var footer = footer.withoutStatus
    footer.keys = footer.keys.map(spoken)
    footer.alternative = spoken(footer.alternative)
    return footer.text(columns: columns, textWidth: textWidth, gap: ", ")
  }

  /// `c create, e edit`: as many as there is room for.
  static func keys(_ hints: [Screen.Hint], columns: Int, textWidth: TextWidth) -> String {
    hints.map { spoken("\($0.keys) \($0.label)") }.reduce("") { text, hint in
      let longer = text.isEmpty ? hint : "\(text), \(hint)"
      return textWidth.columns(of: longer) <= columns ? longer : text
    }
  }

  /// Text as it is said: without the signs that only eyes need, the others in words, one blank between two of them.
  static func spoken(_ text: String) -> String {
    withoutArt(text).split(separator: " ").joined(separator: " ")
  }

  /// The same in its place, each sign a blank: for a line that a text cursor stands in.
  static func inPlace(_ line: DialogLine) -> String {
    String(String.UnicodeScalarView(line.spans.map(\.text).joined().unicodeScalars.map { isArt($0) ? " " : $0 }))
  }

  /// Text without lines, blocks and triangles, and with words for the other signs that are drawn.
  private static func withoutArt(_ text: String) -> String {
    var spoken = ""
    for character in text where !character.unicodeScalars.allSatisfy(isArt) {
      guard let word = words[character] else {
        spoken.append(character)
        continue
      }
      if spoken.last.map({ $0 != " " }) ?? false { spoken += " " }
      spoken += word
    }
    return spoken
  }

  /// What a fact of the header says: `↓2` are requests that have been in flight for a while.
  static func fact(_ text: String) -> String {
    text.hasPrefix("↓") ? "waiting for \(text.dropFirst())" : withoutArt(text)
  }

  private static let words: [Character: String] = [
    "↑": "Up", "↓": "Down", "←": "Left", "→": "Right", "≥": "at least", "…": "...",
  ]

  private static func isArt(_ scalar: Unicode.Scalar) -> Bool {
    0x2500...0x259F ~= scalar.value || 0x25B0...0x25C5 ~= scalar.value
  }
}
