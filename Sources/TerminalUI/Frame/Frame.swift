/// A screen as a value: rows of styled cells, and the position of the cursor.
///
/// Every row has exactly `size.columns` cells. Text is added only through `TextWidth`, and half of a wide character is
/// never left: what would be halved, by an edge or by text written over it, becomes a blank.
public struct Frame: Sendable {
  public let size: Size
  public private(set) var rows: [[Cell]]
  /// The position of the hardware cursor; nil hides it.
  public var cursor: Point?
  /// How text is measured; not compared by `==`.
  public let textWidth: TextWidth

  /// A blank frame.
  public init(size: Size, textWidth: TextWidth) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    self.textWidth = textWidth
    rows = Array(repeating: Array(repeating: .blank, count: self.size.columns), count: self.size.rows)
  }

  /// Writes one line of text, clipped to the frame and, if given, cut to `columns`.
  ///
  /// - Returns: the number of columns written, to place text beside it.
  @discardableResult
  public mutating func write(
    _ text: String, at point: Point, columns: Int? = nil, style: Style = .normal, truncation: Truncation = .tail
  ) -> Int {
    write([Span(text, style)], at: point, columns: columns, truncation: truncation)
  }

  /// Writes spans one after the other, cut as one text.
  ///
  /// - Returns: the number of columns written.
  @discardableResult
  public mutating func write(
    _ spans: [Span], at point: Point, columns: Int? = nil, truncation: Truncation = .tail
  ) -> Int {
    guard point.row >= 0, point.row < size.rows else { return 0 }
    let room = min(columns ?? .max, size.columns - point.column)
    let cells = cells(of: spans, columns: room, truncation: truncation)
    place(cells, at: point)
    return cells.count
  }

  /// Writes one line of text so that it ends before `end.column`.
  ///
  /// - Returns: the number of columns written.
  @discardableResult
  public mutating func writeTrailing(
    _ text: String, endingAt end: Point, columns: Int? = nil, style: Style = .normal, truncation: Truncation = .tail
  ) -> Int {
    writeTrailing([Span(text, style)], endingAt: end, columns: columns, truncation: truncation)
  }

  /// Writes spans so that the last one ends before `end.column`.
  ///
  /// - Returns: the number of columns written.
  @discardableResult
  public mutating func writeTrailing(
    _ spans: [Span], endingAt end: Point, columns: Int? = nil, truncation: Truncation = .tail
  ) -> Int {
    guard end.row >= 0, end.row < size.rows else { return 0 }
    let cells = cells(of: spans, columns: min(columns ?? .max, end.column), truncation: truncation)
    place(cells, at: Point(column: end.column - cells.count, row: end.row))
    return cells.count
  }

  /// Fills a rectangle with blanks.
  public mutating func fill(_ rect: Rect, style: Style = .normal) {
    fill(rect, with: Cell(.space, columns: 1, style: style))
  }

  /// Fills a rectangle with copies of a cell of one column.
  mutating func fill(_ rect: Rect, with cell: Cell) {
    let cells = Array(repeating: cell, count: max(0, rect.columns))
    for row in visibleRows(of: rect) {
      place(cells, at: Point(column: rect.column, row: row))
    }
  }

  /// Changes the styles of the cells of a rectangle; their text stays.
  public mutating func restyle(_ rect: Rect, _ style: (Style) -> Style) {
    let columns = max(0, rect.column)..<max(0, min(size.columns, rect.endColumn), rect.column)
    for row in visibleRows(of: rect) {
      for column in columns {
        let cell = rows[row][column]
        rows[row][column] = Cell(cell.content, columns: cell.columns, style: style(cell.style))
      }
    }
  }

  /// The cells of a rectangle, row by row, clipped to the frame.
  public func cells(in rect: Rect) -> [[Cell]] {
    let first = max(0, rect.column)
    let end = max(first, min(size.columns, rect.endColumn))
    return visibleRows(of: rect).map { Array(rows[$0][first..<end]) }
  }

  /// Writes cells of a frame into a row, clipped to it.
  public mutating func write(_ cells: [Cell], at point: Point) {
    guard point.row >= 0, point.row < size.rows else { return }
    place(cells, at: point)
  }

  private func visibleRows(of rect: Rect) -> Range<Int> {
    let first = min(max(0, rect.row), size.rows)
    return first..<max(first, min(size.rows, rect.endRow))
  }

  /// The cells of spans, cut to `columns`.
  func cells(of spans: [Span], columns: Int, truncation: Truncation) -> [Cell] {
    guard columns > 0 else { return [] }
    var cells: [Cell] = []
    for span in spans where cells.count <= columns || truncation.needsWholeText {
      let needed = truncation.needsWholeText ? Int.max : columns + 1 - cells.count
      cells += textWidth.cells(of: truncation.visible(span.text), style: span.style, upTo: needed)
    }
    return truncation.apply(to: cells, columns: columns, ellipsis: textWidth.ellipsis)
  }

  /// Replaces cells in a row, clipped to it, and blanks the wide characters that are halved.
  private mutating func place(_ cells: [Cell], at point: Point) {
    let first = max(0, point.column)
    let end = min(size.columns, point.column + cells.count)
    guard first < end else { return }
    if rows[point.row][first].columns == 0 { blank(first - 1, row: point.row) }
    if end < size.columns, rows[point.row][end].columns == 0 { blank(end, row: point.row) }
    rows[point.row].replaceSubrange(first..<end, with: cells[first - point.column..<end - point.column])
    if rows[point.row][first].columns == 0 { blank(first, row: point.row) }
    if rows[point.row][end - 1].columns == 2 { blank(end - 1, row: point.row) }
  }

  private mutating func blank(_ column: Int, row: Int) {
    rows[row][column] = Cell(.space, columns: 1, style: rows[row][column].style)
  }
}

extension Frame: Hashable {
  public static func == (one: Frame, other: Frame) -> Bool {
    one.size == other.size && one.cursor == other.cursor && one.rows == other.rows
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(size)
    hasher.combine(cursor)
    hasher.combine(rows)
  }
}
