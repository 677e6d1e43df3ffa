/// One column of a row. Only `TextWidth` makes cells from text, so a cell never contains anything harmful.
public struct Cell: Hashable, Sendable {
  /// A grapheme cluster that can be sent to a terminal; empty in the second column of a wide one.
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

/// The content of a cell, without heap memory: a screen is copied and compared many times a second.
///
/// A terminal's cell holds one scalar with a width and at most four marks, as in ncurses' `cchar_t`; a scalar takes 21
/// bits.
public struct CellText: Hashable, Sendable {
  /// The first three scalars, 0 for none; the first is in the lowest bits.
  private var low: UInt64
  /// The fourth and the fifth scalar.
  private var high: UInt64

  static let most = 5
  private static let bits: UInt64 = 21
  private static let mask: UInt64 = 1 << bits - 1

  /// Empty: the second column of a wide character.
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

  /// The number of scalars.
  public var count: Int {
    let (last, words) = high == 0 ? (low, 0) : (high, 3)
    return last == 0 ? words : words + (UInt64.bitWidth - last.leadingZeroBitCount - 1) / Int(Self.bits) + 1
  }

  /// The value of a scalar by its index from 0; 0 if there is none.
  public subscript(index: Int) -> UInt32 {
    let word = index < 3 ? low : high
    return UInt32(truncatingIfNeeded: word >> (UInt64(index % 3) * Self.bits) & Self.mask)
  }

  /// Adds a mark, if there is room.
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
