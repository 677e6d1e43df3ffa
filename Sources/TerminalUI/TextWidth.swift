/// How many columns text takes, and the one place that turns text into cells.
///
/// The columns of a scalar come from outside, because the terminal's C library and locale decide them; see
/// `TextWidth.builtIn` for a table that needs neither. How text becomes what a terminal may be sent is in
/// `PrintableClusters`.
public struct TextWidth: Sendable {
  /// Columns of one scalar: 0, 1 or 2, or -1 where it can't be shown.
  public typealias Measure = @Sendable (Unicode.Scalar) -> Int

  private let ruler: Ruler
  /// One column wide; stands for what can't be shown.
  let replacement: CellText
  /// One column wide; stands for what was cut off.
  let ellipsis: CellText
  /// One column wide each: whether box characters and blocks can be drawn.
  public let drawsLines: Bool
  /// What lines, bars and signs are drawn with.
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

  /// This with lines, bars, arrows, dashes and the like as the ASCII that says the same. Letters of every script stay.
  public var drawingInASCII: TextWidth {
    TextWidth(ruler: ruler, signs: .ascii)
  }

  /// This with lines, bars and arrows of code page 437, which the fonts of the Linux console have. Letters of every script
  /// stay.
  public var drawingInCodePage437: TextWidth {
    TextWidth(ruler: ruler, signs: .codePage437)
  }

  /// The columns of one scalar, -1 where it can't be shown.
  public func columns(of scalar: Unicode.Scalar) -> Int {
    scalar.value >= 0x20 && scalar.value < 0x7F ? 1 : ruler.measure(scalar)
  }

  /// The columns that `text` takes once it is made printable.
  public func columns(of text: String) -> Int {
    if text.isPrintableASCII { return text.utf8.count }
    return printable(text).reduce(0) { $0 + $1.columns }
  }

  /// The cells of `text`: a wide character is followed by an empty cell of no columns, so that the number of cells is the
  /// number of columns.
  ///
  /// Controls become their pictures (`␛`), bidirectional overrides, invisible and unknown characters U+FFFD; see
  /// `PrintableClusters`. Nothing that could move the cursor or colour the screen is in a cell.
  public func cells(of text: String, style: Style = .normal) -> [Cell] {
    cells(of: text, style: style, upTo: .max)
  }

  /// The same, but stops soon after that many columns: the rest of a very long text costs nothing.
  func cells(of text: String, style: Style, upTo columns: Int) -> [Cell] {
    var cells: [Cell] = []
    cells.reserveCapacity(min(columns, text.utf8.count))
    // Most texts are ASCII from end to end, or as far as they are shown. Marks and joiners only follow what they alter, so
    // that a character before another ASCII one stands alone.
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

  /// `text` made printable and cut to at most `columns`.
  public func truncated(_ text: String, to columns: Int, position: Truncation = .tail) -> String {
    let needed = position.needsWholeText ? Int.max : max(0, columns) + 1
    let cells = cells(of: position.visible(text), style: .normal, upTo: needed)
    return position.apply(to: cells, columns: columns, ellipsis: ellipsis).map(\.text).joined()
  }

  /// Whether every character of `text` is on the screen as it is: none is replaced, left out, or drawn as another sign.
  public func shows(_ text: String) -> Bool {
    text.isPrintableASCII || cells(of: text).map(\.text).joined() == text
  }

  /// Whether text becomes the same cells. Two that were made apart count as different.
  public func isSame(as other: TextWidth) -> Bool {
    ruler === other.ruler && signs == other.signs
  }

  /// Clusters fit to be printed, in order.
  func printable(_ text: String) -> PrintableClusters {
    PrintableClusters(text: text[...], textWidth: self)
  }
}

/// A measure that can be told from another.
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
