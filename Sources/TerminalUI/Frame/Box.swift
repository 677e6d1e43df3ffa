/// The border of a rectangle with titles in it: `╭ 1 Clouds ──── size ▾ ╮`, with a blank on each side of a title. It is
/// drawn in ASCII if the terminal draws no lines.
public struct Box: Hashable, Sendable {
  /// The titles in the upper or the lower edge.
  public struct Titles: Hashable, Sendable {
    /// What happens to the trailing title if there is no room for both.
    public enum Trailing: Hashable, Sendable {
      /// It is kept whole as long as eight columns remain for the leading one, which is cut; then it is omitted.
      case stays
      /// It is cut, and the leading title is kept whole.
      case isCut
    }

    let leading: [Span]
    let trailing: [Span]
    let narrow: Trailing

    public init(_ leading: [Span] = [], trailing: [Span] = [], narrow: Trailing = .stays) {
      self.leading = leading
      self.trailing = trailing
      self.narrow = narrow
    }
  }

  let style: Style
  /// Without sides there are no corners, and the rows between the edges have no border.
  let hasSides: Bool
  let top: Titles
  let bottom: Titles

  public init(style: Style, hasSides: Bool = true, top: Titles = Titles(), bottom: Titles = Titles()) {
    self.style = style
    self.hasSides = hasSides
    self.top = top
    self.bottom = bottom
  }
}

/// The characters of a box, each one column wide.
struct BorderSet {
  let horizontal: String
  let vertical: String
  let topLeft: String
  let topRight: String
  let bottomLeft: String
  let bottomRight: String

  static let rounded = BorderSet(
    horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯")
  /// For terminals that draw no lines.
  static let ascii = BorderSet(
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+")
}

extension Frame {
  /// Draws the border of a rectangle; its inside isn't changed.
  ///
  /// - Parameter last: the box that is drawn there now. Edges that are equal are not drawn again, if it has as many
  ///   sides.
  public mutating func draw(_ box: Box, in rect: Rect, replacing last: Box? = nil) {
    guard rect.columns >= 2, rect.rows >= 2 else { return }
    let isNew = last.map { ($0.style, $0.hasSides) != (box.style, box.hasSides) } ?? true
    let border = textWidth.drawsLines ? BorderSet.rounded : .ascii
    if isNew || box.top != last?.top {
      draw(box.top, of: box, from: border.topLeft, border.horizontal, to: border.topRight, in: rect, row: rect.row)
    }
    if isNew || box.bottom != last?.bottom {
      draw(
        box.bottom, of: box, from: border.bottomLeft, border.horizontal, to: border.bottomRight, in: rect,
        row: rect.endRow - 1)
    }
    guard isNew, box.hasSides else { return }
    for column in [rect.column, rect.endColumn - 1] {
      fill(
        Rect(column: column, row: rect.row + 1, columns: 1, rows: rect.rows - 2), with: border.vertical,
        style: box.style)
    }
  }

  private mutating func draw(
    _ titles: Box.Titles, of box: Box, from left: String, _ line: String, to right: String, in rect: Rect, row: Int
  ) {
    let inside = Rect(column: rect.column + 1, row: row, columns: rect.columns - 2, rows: 1)
    fill(inside, with: line, style: box.style)
    write(box.hasSides ? left : line, at: Point(column: rect.column, row: row), style: box.style)
    write(box.hasSides ? right : line, at: Point(column: rect.endColumn - 1, row: row), style: box.style)
    draw(titles, in: rect, row: row, border: box.style)
  }

  private mutating func fill(_ rect: Rect, with line: String, style: Style) {
    guard let cell = textWidth.cells(of: line, style: style).first else { return }
    fill(rect, with: cell)
  }

  private mutating func draw(_ titles: Box.Titles, in rect: Rect, row: Int, border: Style) {
    let inside = rect.columns - 2
    let leadingColumns = columns(of: titles.leading)
    // A column of the border stays visible between the titles.
    let line = leadingColumns > 0 ? 1 : 0
    let trailing =
      titles.narrow == .isCut
      ? cells(of: titles.trailing, columns: inside - leadingColumns - line - 2, truncation: .tail)
      : cells(of: titles.trailing, columns: inside, truncation: .none)
    let trailingColumns = trailing.isEmpty ? 0 : trailing.count + 2
    let roomBeside = inside - trailingColumns - line
    let keepsTrailing = trailingColumns > 0 && roomBeside >= min(leadingColumns, 10)
    let room = keepsTrailing ? roomBeside : inside
    if leadingColumns > 0, room > 2 {
      let cells = cells(of: titles.leading, columns: room - 2, truncation: .tail)
      write(cells, between: border, at: Point(column: rect.column + 1, row: row))
    }
    if keepsTrailing {
      write(trailing, between: border, at: Point(column: rect.endColumn - 1 - trailingColumns, row: row))
    }
  }

  /// Writes a title with a blank on each side.
  private mutating func write(_ cells: [Cell], between border: Style, at start: Point) {
    let blank = Cell(.space, columns: 1, style: border)
    write([blank] + cells + [blank], at: start)
  }

  /// The columns of a title with its blanks; 0 for an empty one.
  private func columns(of title: [Span]) -> Int {
    let columns = title.reduce(0) { $0 + textWidth.columns(of: $1.text) }
    return columns == 0 ? 0 : columns + 2
  }
}
