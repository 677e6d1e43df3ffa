import TerminalUI

/// What a dialog shows, as a value: every form, question, record and list over the panes is one of these.
struct DialogContent: Hashable {
  /// How much of the screen it takes.
  enum Extent: Hashable {
    /// As many columns as given, as many rows as there are lines.
    case compact(columns: Int)
    /// All but a margin.
    case large
  }

  var title: String
  var trailingTitle: String = ""
  var lines: [DialogLine]
  /// What the keys do, in the border.
  var footer: DialogFooter
  var extent: Extent
  var style: Style = .accent
  /// The line that must be visible, where there are more than fit.
  var focusedLine: Int?
  /// The text cursor: a line, and a column in it.
  var cursor: Point?
  /// What is said of it where it is heard.
  var speech = DialogSpeech()
}

/// One line of a dialog.
struct DialogLine: Hashable {
  var spans: [Span]
  /// Text at the line's end.
  var trailing: [Span]

  init(_ spans: [Span], trailing: [Span] = []) {
    self.spans = spans
    self.trailing = trailing
  }

  init(_ text: String = "", _ style: Style = .normal) {
    self.init([Span(text, style)])
  }
}

extension DialogContent {
  /// Columns for text in a dialog that is compact and wants so many, on a screen of that size.
  static func textColumns(wanted: Int, in size: Size) -> Int {
    max(1, min(wanted, size.columns - 2) - 4)
  }

  /// Rows for lines in a compact dialog.
  static func compactLineCapacity(in size: Size) -> Int {
    max(1, size.rows - 4)
  }

  /// Rows for lines in a large dialog.
  static func lineCapacity(in size: Size) -> Int {
    max(1, place(.large, lines: 0, in: size).rows - 2)
  }

  static func place(_ extent: Extent, lines: Int, in size: Size) -> Rect {
    let area = Rect(size)
    switch extent {
    case .compact(let columns):
      return area.centered(columns: min(columns, size.columns - 2), rows: min(lines + 2, size.rows - 2))
    case .large:
      return area.inset(columns: size.columns >= 60 ? 2 : 0, rows: 1)
    }
  }

  func draw(_ frame: inout Frame) {
    let place = Self.place(extent, lines: lines.count, in: frame.size)
    frame.fill(place)
    let keys = footer.text(columns: place.columns - 4, textWidth: frame.textWidth)
    let title = footer.displacedQuestion(columns: place.columns - 4, textWidth: frame.textWidth) ?? title
    let end = trailingTitle.isEmpty ? [] : [Span(trailingTitle, .muted)]
    let box = Box(
      style: style, top: Box.Titles([Span(title, Style(style.tone, bold: true))], trailing: end),
      bottom: Box.Titles(trailing: [Span(keys, .muted)]))
    frame.draw(box, in: place)
    let inside = place.inset(columns: 2, rows: 1)
    let first = firstLine(capacity: inside.rows)
    for (offset, line) in lines.dropFirst(first).prefix(inside.rows).enumerated() {
      let row = inside.row + offset
      frame.write(line.spans, at: Point(column: inside.column, row: row), columns: inside.columns)
      if !line.trailing.isEmpty {
        frame.writeTrailing(line.trailing, endingAt: Point(column: inside.endColumn, row: row))
      }
    }
    frame.cursor = cursor.flatMap { cursor in
      let row = cursor.row - first
      guard row >= 0, row < inside.rows, cursor.column < inside.columns else { return nil }
      return Point(column: inside.column + cursor.column, row: inside.row + row)
    }
  }

  /// The first line shown, so that the focused one is.
  func firstLine(capacity: Int) -> Int {
    guard let focusedLine, lines.count > capacity, capacity > 0 else { return 0 }
    return min(max(0, focusedLine - capacity + 1), lines.count - capacity)
  }
}
