/// Measures text in columns, and converts it to cells; no other code does.
///
/// The columns of a scalar are given from outside, because the terminal's C library and locale determine them;
/// `TextWidth.builtIn` is a table that needs neither. `PrintableClusters` converts text to the form that may be sent to
/// a terminal.
public struct TextWidth: Sendable {
  /// The columns of one scalar: 0, 1 or 2, or -1 if it can't be shown.
  public typealias Measure = @Sendable (Unicode.Scalar) -> Int

  private let ruler: Ruler
  /// One column wide; replaces what can't be shown.
  let replacement: CellText
  /// One column wide; replaces what was cut off.
  let ellipsis: CellText
  /// Whether box characters and blocks can be drawn, each one column wide.
  let drawsLines: Bool
  /// The set of lines, bars and signs.
  let signs: SignSet

  public init(measure: @escaping Measure) {
    self.init(ruler: Ruler(measure), signs: .all)
  }

  private init(ruler: Ruler, signs: SignSet) {
    let measure = ruler.measure
    self.ruler = ruler
    self.signs = signs
    replacement = CellText(measure("\u{FFFD}") == 1 ? "\u{FFFD}" : "?")
    ellipsis = CellText(signs == .all && measure("…") == 1 ? "…" : "~")
    drawsLines = signs != .ascii && measure("╭") == 1 && measure("█") == 1
  }

  /// A copy that draws lines, bars, arrows, dashes and the like as equivalent ASCII. Letters of every script are kept.
  public var drawingInASCII: TextWidth {
    TextWidth(ruler: ruler, signs: .ascii)
  }

  /// A copy that draws lines, bars and arrows in code page 437, which the Linux console's fonts have. Letters of every
  /// script are kept.
  public var drawingInCodePage437: TextWidth {
    TextWidth(ruler: ruler, signs: .codePage437)
  }

  /// The columns of one scalar; -1 if it can't be shown.
  public func columns(of scalar: Unicode.Scalar) -> Int {
    scalar.value >= 0x20 && scalar.value < 0x7F ? 1 : ruler.measure(scalar)
  }

  /// The columns of `text` in printable form.
  public func columns(of text: String) -> Int {
    if text.isPrintableASCII { return text.utf8.count }
    return printable(text).reduce(0) { $0 + $1.columns }
  }

  /// The cells of `text`. A wide character is followed by an empty cell with 0 columns, so that there are as many cells
  /// as columns.
  ///
  /// Controls become their pictures (`␛`), bidirectional overrides, invisible and unknown characters U+FFFD; see
  /// `PrintableClusters`. No cell contains anything that could move the cursor or colour the screen.
  public func cells(of text: String, style: Style = .normal) -> [Cell] {
    cells(of: text, style: style, upTo: .max)
  }

  /// The same, but it stops soon after that many columns: the rest of a very long text costs nothing.
  func cells(of text: String, style: Style, upTo columns: Int) -> [Cell] {
    var cells: [Cell] = []
    cells.reserveCapacity(min(columns, text.utf8.count))
    // Fast path: most text is ASCII, or its visible part is. Marks and joiners follow what they modify, so a character
    // before another ASCII character is complete.
    let plain = text.utf8.prefix(columns).prefix { $0 >= 0x20 && $0 < 0x7F }
    let isWhole = plain.endIndex == text.utf8.endIndex
    for byte in isWhole ? plain : plain.dropLast() {
      cells.append(Cell(CellText(Unicode.Scalar(byte)), columns: 1, style: style))
    }
    guard !isWhole, cells.count < columns else { return cells }
    let rest = text[plain.dropLast().endIndex...]
    for cluster in PrintableClusters(text: rest, textWidth: self) {
      if cells.count >= columns { break }
      cells.append(Cell(cluster.text, columns: cluster.columns, style: style))
      if cluster.columns == 2 { cells.append(Cell(.none, columns: 0, style: style)) }
    }
    return cells
  }

  /// `text` in printable form, cut to at most `columns`.
  public func truncated(_ text: String, to columns: Int, position: Truncation = .tail) -> String {
    let needed = position.needsWholeText ? Int.max : max(0, columns) + 1
    let cells = cells(of: position.visible(text), style: .normal, upTo: needed)
    return position.apply(to: cells, columns: columns, ellipsis: ellipsis).map(\.text).joined()
  }

  /// Whether every character of `text` appears unchanged on the screen: none is replaced, omitted, or drawn as another
  /// sign.
  public func shows(_ text: String) -> Bool {
    text.isPrintableASCII || cells(of: text).map(\.text).joined() == text
  }

  /// Whether text becomes the same cells. Two instances made separately count as different.
  public func isSame(as other: TextWidth) -> Bool {
    ruler === other.ruler && signs == other.signs
  }

  /// The printable clusters of a text, in order.
  func printable(_ text: String) -> PrintableClusters {
    PrintableClusters(text: text[...], textWidth: self)
  }
}

/// A measure with an identity.
private final class Ruler: Sendable {
  let measure: TextWidth.Measure

  init(_ measure: @escaping TextWidth.Measure) { self.measure = measure }
}

extension String {
  /// Whether every character is one column wide and harmless in every terminal and locale.
  var isPrintableASCII: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}

extension TextWidth {
  /// A measure for tests and screenshots: it needs no C library and no locale. Wide characters are those of Unicode 14
  /// (the table of Debian 12's C library); the rest follows from Swift's Unicode data.
  public static let builtIn = TextWidth { scalar in
    if scalar.value < 0x20 || 0x7F..<0xA0 ~= scalar.value { return -1 }
    if scalar.value < 0x300 { return 1 }
    if wideRanges.contains(scalar.value) { return 2 }
    // Hangul vowels and final consonants, which are joined to a wide initial.
    if 0x1160...0x11FF ~= scalar.value || 0xD7B0...0xD7FB ~= scalar.value { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: return -1
    default: return 1
    }
  }

  /// For a terminal or a locale with ASCII only: everything else becomes `?`.
  public static let ascii = TextWidth { scalar in
    scalar.value >= 0x20 && scalar.value < 0x7F ? 1 : -1
  }
}

/// Sorted, without overlaps.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0, 0x23F3...0x23F3,
  0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F, 0x2693...0x2693, 0x26A1...0x26A1,
  0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA,
  0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B,
  0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
  0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x3029,
  0x302E...0x303E, 0x3041...0x3098, 0x309B...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAD9,
  0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x16FE3, 0x16FF0...0x1B2FB,
  0x1F004...0x1F004, 0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F200...0x1F320, 0x1F32D...0x1F335,
  0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4,
  0x1F3F8...0x1F43E, 0x1F440...0x1F440, 0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F54E, 0x1F550...0x1F567,
  0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F, 0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC,
  0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6DF, 0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7F0, 0x1F90C...0x1F93A,
  0x1F93C...0x1F945, 0x1F947...0x1F9FF, 0x1FA70...0x1FAF6, 0x20000...0x3134A,
]

extension [ClosedRange<UInt32>] {
  /// Whether one of the sorted ranges contains `value`.
  fileprivate func contains(_ value: UInt32) -> Bool {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if self[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < endIndex && self[low].contains(value)
  }
}
