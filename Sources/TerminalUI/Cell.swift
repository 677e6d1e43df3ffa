/// One column of a row. Only `TextWidth` makes cells from text, so nothing harmful is ever in one.
public struct Cell: Hashable, Sendable {
  /// A grapheme cluster fit to be sent to a terminal; empty in the second column of a wide one.
  public let text: String
  /// 1 or 2; 0 for the second column of a wide character.
  public let columns: Int
  public var style: Style

  public static let blank = Cell(text: " ", columns: 1, style: .normal)
}
