import TerminalUI

/// The contents of a dialog, as a value: of every form, question, record and list shown over the panes.
struct DialogContent: Hashable {
  /// The size of a dialog.
  enum Extent: Hashable {
    /// The given number of columns, and a row for each line.
    case compact(columns: Int)
    /// The whole screen except a margin.
    case large
  }

  var title: String
  /// Whether the first lines hold the title, because the border has no room for it.
  var hasTitleInside = false
  var trailingTitle: String = ""
  var lines: [DialogLine]
  /// The keys, shown in the border.
  var footer: DialogFooter
  var extent: Extent
  var style: Style = .accent
  /// The line that must be visible if not all fit.
  var focusedLine: Int?
  /// The first line of the entry under the cursor of a list.
  var selectedLine: Int?
  /// The number of lines of that entry.
  var selectedHeight = 1
  /// The text cursor: its line and its column in the line.
  var cursor: Point?
  /// The text for a screen reader.
  var speech = DialogSpeech()
}

/// One line of a dialog.
struct DialogLine: Hashable {
  var spans: [Span]
  /// Text at the right end of the line.
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
  /// Columns available for text in a compact dialog of the wanted width, on a screen of the given size.
  static func textColumns(wanted: Int, in size: Size) -> Int {
    max(1, min(wanted, size.columns - 2) - 4)
  }

  /// The title as the first lines of the dialog, whole, if the border has no room for it; none if it has.
  ///
  /// - Parameters:
  ///   - trailing: the longest text at the right end of the border.
  ///   - columns: those available for text.
  static func titleLines(
    _ title: String, beside trailing: String = "", columns: Int, textWidth: TextWidth
  ) -> [DialogLine] {
    // Beside a trailing title there are two blanks and a column of the border.
    let room = columns - (trailing.isEmpty ? 0 : textWidth.columns(of: trailing) + 3)
    guard textWidth.columns(of: title) > room else { return [] }
    return TextWrap.lines(title, columns: columns, textWidth: textWidth).map { DialogLine($0, .strong) }
  }

  /// Rows available for lines in a compact dialog.
  static func compactLineCapacity(in size: Size) -> Int {
    max(1, size.rows - 4)
  }

  /// Rows available for lines in a large dialog.
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

  /// - Parameter isLowBandwidth: whether a move of the cursor changes only its mark.
  func draw(_ frame: inout Frame, isLowBandwidth: Bool = false) {
    let place = Self.place(extent, lines: lines.count, in: frame.size)
    frame.fill(place)
    let keys = footer.text(columns: place.columns - 4, textWidth: frame.textWidth)
    let inside = place.inset(columns: 2, rows: 1)
    let first = firstLine(capacity: inside.rows)
    // Cut in the border is better than out of sight.
    let isTitleVisible = hasTitleInside && first == 0
    let title =
      footer.displacedQuestion(columns: place.columns - 4, textWidth: frame.textWidth)
      ?? (isTitleVisible ? "" : title)
    let end = trailingTitle.isEmpty ? [] : [Span(trailingTitle, .muted)]
    let box = Box(
      style: style, top: Box.Titles([Span(title, Style(style.tone, bold: true))], trailing: end),
      bottom: Box.Titles(trailing: [Span(keys, .muted)]))
    frame.draw(box, in: place)
    for (offset, line) in lines.dropFirst(first).prefix(inside.rows).enumerated() {
      let row = inside.row + offset
      frame.write(line.spans, at: Point(column: inside.column, row: row), columns: inside.columns)
      if !line.trailing.isEmpty {
        frame.writeTrailing(line.trailing, endingAt: Point(column: inside.endColumn, row: row))
      }
      if let selectedLine, selectedLine..<selectedLine + selectedHeight ~= first + offset, !isLowBandwidth {
        frame.select(Rect(column: place.column + 1, row: row, columns: place.columns - 2, rows: 1))
      }
    }
    frame.cursor = cursor.flatMap { cursor in
      let row = cursor.row - first
      guard row >= 0, row < inside.rows, cursor.column < inside.columns else { return nil }
      return Point(column: inside.column + cursor.column, row: inside.row + row)
    }
  }

  /// The first line to show, so that the focused line is visible.
  func firstLine(capacity: Int) -> Int {
    guard let focusedLine, lines.count > capacity, capacity > 0 else { return 0 }
    return min(max(0, focusedLine - capacity + 1), lines.count - capacity)
  }
}
