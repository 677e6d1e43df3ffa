import CloudChanges
import CloudViewModels
import TerminalUI

/// The contents of the screen in words, for a screen reader: without columns and signs.
enum LinearText {
  /// The values of a row in column order, `Haussmann Tower, 512 GB, Dec 2021`. Missing values are left out, and the
  /// row's state comes first: `marked: `. If the text is too long, the name is cut.
  static func row(_ row: TableRow, _ headers: [ColumnHeader], columns: Int, textWidth: TextWidth) -> String {
    let shown = zip(row.values, headers).filter { !$1.isInWidePanes }
    let values = shown.map { value($0.0) }.filter { !$0.isEmpty }
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
    case .none, .date(nil), .flag(nil), .role(nil), .number(nil): return ""
    default: return value.plainText(short: true) + warning
    }
  }

  /// The title of a pane: `Users of Haussmann Tower`.
  static func title(_ pane: PaneContent) -> String {
    pane.scope.map { "\(pane.title) of \($0)" } ?? pane.title
  }

  /// The number of rows, `48 rows`, and how many match the filter.
  static func count(_ pane: PaneContent) -> String {
    guard !pane.filter.isEmpty else { return Count.text(pane.totalCount, "row", "rows") }
    let unknown = pane.unknownCount > 0 ? ", \(pane.unknownCount) unknown" : ""
    let problem = pane.filter.problems.first.map { ", \($0.title)" } ?? ""
    return "\(pane.rowCount) of \(pane.totalCount) match \(pane.filter.text)\(unknown)\(problem)"
  }

  /// The number of marks: `3 marked`.
  static func marks(_ pane: PaneContent) -> String? {
    pane.markedCount > 0 ? "\(pane.markedCount) marked" : nil
  }

  /// The cursor position, `Row 3 of 48`; `nil` at low bandwidth, because it changes with each step.
  static func position(_ pane: PaneContent) -> String? {
    pane.isLowBandwidth ? nil : pane.selectedRow.map { "Row \($0 + 1) of \(pane.rowCount)" }
  }

  /// The order: `by size, descending`.
  static func order(_ pane: PaneContent) -> String? {
    guard let order = pane.order, let title = pane.orderTitle else { return nil }
    return "by \(title.lowercased()), \(order.ascending ? "ascending" : "descending")"
  }

  /// A line of a dialog without marks, bars and gaps.
  static func line(_ line: DialogLine) -> String {
    let text = (line.spans + line.trailing.prefix(1).map { Span(" " + $0.text) } + line.trailing.dropFirst())
      .map(\.text).joined()
    return spoken(text)
  }

  /// The keys of a dialog, `Enter save, Esc leave`, without its status.
  static func keys(_ footer: DialogFooter, columns: Int, textWidth: TextWidth) -> String {
    var footer = footer.withoutStatus
    footer.keys = footer.keys.map(spoken)
    footer.alternative = spoken(footer.alternative)
    return footer.text(columns: columns, textWidth: textWidth, gap: ", ")
  }

  /// The hints, as many as fit: `c create, e edit`.
  static func keys(_ hints: [KeyHint], columns: Int, textWidth: TextWidth) -> String {
    hints.map { spoken($0).text }.reduce("") { text, hint in
      let longer = text.isEmpty ? hint : "\(text), \(hint)"
      return textWidth.columns(of: longer) <= columns ? longer : text
    }
  }

  /// Text to be spoken: drawing characters are removed, other signs replaced by words, and blanks reduced to one.
  private static func spoken(_ hint: KeyHint) -> KeyHint {
    KeyHint(spoken(hint.keys), spoken(hint.label), key: hint.key)
  }

  static func spoken(_ text: String) -> String {
    withoutArt(text).split(separator: " ").joined(separator: " ")
  }

  /// The text of a line with blanks instead of signs, so that the text cursor keeps its column.
  static func inPlace(_ line: DialogLine) -> String {
    String(String.UnicodeScalarView(line.spans.map(\.text).joined().unicodeScalars.map { isArt($0) ? " " : $0 }))
  }

  /// Text without lines, blocks and triangles, and with words for other signs.
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

  /// A fact of the header in words: `↓2` stands for requests that have been in flight for some time.
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
