extension Frame {
  /// Draws the edge of a rectangle, with titles set into it (`╭ 1 Clouds ──── size ▾ ╮`), one blank on each side.
  ///
  /// The inside stays as it is. Where there is no room for both, the trailing title stays whole as long as eight columns are
  /// left to the other, which is cut; then it leaves. Lines become ASCII where the terminal draws none. Without sides, the
  /// rows between are as the terminal's own.
  public mutating func drawBox(
    _ rect: Rect, border: BorderSet = .rounded, style: Style, hasSides: Bool = true, title: [Span] = [],
    trailingTitle: [Span] = [],
    footer: [Span] = [], trailingFooter: [Span] = []
  ) {
    guard rect.columns >= 2, rect.rows >= 2 else { return }
    let border = textWidth.drawsLines ? border : .ascii
    let last = rect.endRow - 1
    for (row, left, right) in [
      (rect.row, border.topLeft, border.topRight), (last, border.bottomLeft, border.bottomRight),
    ] {
      let inside = Rect(column: rect.column + 1, row: row, columns: rect.columns - 2, rows: 1)
      fill(inside, with: border.horizontal, style: style)
      write(left, at: Point(column: rect.column, row: row), style: style)
      write(right, at: Point(column: rect.endColumn - 1, row: row), style: style)
    }
    if hasSides {
      for column in [rect.column, rect.endColumn - 1] {
        let side = Rect(column: column, row: rect.row + 1, columns: 1, rows: rect.rows - 2)
        fill(side, with: border.vertical, style: style)
      }
    }
    drawTitles(title, trailingTitle, in: rect, row: rect.row, border: style)
    drawTitles(footer, trailingFooter, in: rect, row: last, border: style)
  }

  private mutating func fill(_ rect: Rect, with line: String, style: Style) {
    guard let cell = textWidth.cells(of: line, style: style).first else { return }
    fill(rect, with: cell)
  }

  private mutating func drawTitles(
    _ leading: [Span], _ trailing: [Span], in rect: Rect, row: Int, border: Style
  ) {
    let inside = rect.columns - 2
    let trailingColumns = columns(of: trailing)
    let leadingColumns = columns(of: leading)
    // A column of the line stays visible between the two.
    let roomBeside = inside - trailingColumns - (leadingColumns > 0 ? 1 : 0)
    let keepsTrailing = trailingColumns > 0 && roomBeside >= min(leadingColumns, 10)
    let room = keepsTrailing ? roomBeside : inside
    if leadingColumns > 0, room > 2 {
      let start = Point(column: rect.column + 1, row: row)
      let text = cells(of: leading, columns: room - 2, truncation: .tail).count
      write(" ", at: start, style: border)
      write(leading, at: Point(column: start.column + 1, row: row), columns: room - 2)
      write(" ", at: Point(column: start.column + 1 + text, row: row), style: border)
    }
    if keepsTrailing {
      let end = rect.endColumn - 1
      write(" ", at: Point(column: end - trailingColumns, row: row), style: border)
      writeTrailing(trailing, endingAt: Point(column: end - 1, row: row))
      write(" ", at: Point(column: end - 1, row: row), style: border)
    }
  }

  /// The columns that a title takes with its blanks; none for an empty one.
  private func columns(of title: [Span]) -> Int {
    let columns = title.reduce(0) { $0 + textWidth.columns(of: $1.text) }
    return columns == 0 ? 0 : columns + 2
  }
}
