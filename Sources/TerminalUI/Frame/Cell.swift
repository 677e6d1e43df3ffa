/// One column of a row. Only `TextWidth` makes cells from text, so nothing harmful is ever in one.
public struct Cell: Hashable, Sendable {
  /// A grapheme cluster fit to be sent to a terminal; nothing in the second column of a wide one.
  public let content: CellText
  private let width: UInt8
  public let style: Style

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

/// What one cell shows, without memory of its own: a screen is copied and compared many times a second.
///
/// A terminal's cell takes one scalar that has a width and at most four marks on it, as in ncurses' `cchar_t`; scalars have
/// 21 bits each.
public struct CellText: Hashable, Sendable {
  /// The first three scalars, 0 for none, the first in the lowest bits.
  private var low: UInt64
  /// The fourth and the fifth.
  private var high: UInt64

  static let most = 5
  private static let bits: UInt64 = 21
  private static let mask: UInt64 = 1 << bits - 1

  /// Nothing: the second column of a wide character.
  static let none = CellText()
  static let space = CellText(" ")

  private init() {
    low = 0
    high = 0
  }

  init(_ scalar: Unicode.Scalar) {
    low = UInt64(scalar.value)
    high = 0
  }

  /// Takes the first five scalars.
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    self.init()
    for scalar in scalars { append(scalar) }
  }

  /// How many scalars there are.
  public var count: Int {
    let (last, words) = high == 0 ? (low, 0) : (high, 3)
    return last == 0 ? words : words + (UInt64.bitWidth - last.leadingZeroBitCount - 1) / Int(Self.bits) + 1
  }

  /// The value of a scalar, counted from 0; 0 where there is none.
  public subscript(index: Int) -> UInt32 {
    let word = index < 3 ? low : high
    return UInt32(truncatingIfNeeded: word >> (UInt64(index % 3) * Self.bits) & Self.mask)
  }

  /// Puts a mark on it, where there is room.
  mutating func append(_ scalar: Unicode.Scalar) {
    let count = count
    guard count < Self.most else { return }
    let bits = UInt64(scalar.value) << (UInt64(count % 3) * Self.bits)
    if count < 3 { low |= bits } else { high |= bits }
  }

  var string: String {
    var string = ""
    for index in 0..<count {
      if let scalar = Unicode.Scalar(self[index]) { string.unicodeScalars.append(scalar) }
    }
    return string
  }
}
