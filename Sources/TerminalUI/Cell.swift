/// One column of a row. Only `TextWidth` makes cells from text, so nothing harmful is ever in one.
public struct Cell: Hashable, Sendable {
  /// A grapheme cluster fit to be sent to a terminal; nothing in the second column of a wide one.
  public let content: CellText
  private let width: UInt8
  public var style: Style

  init(_ content: CellText, columns: Int, style: Style) {
    self.content = content
    width = UInt8(columns)
    self.style = style
  }

  /// 1 or 2; 0 for the second column of a wide character.
  public var columns: Int { Int(width) }
  public var text: String { content.string }

  public static let blank = Cell(.space, columns: 1, style: .normal)
}
