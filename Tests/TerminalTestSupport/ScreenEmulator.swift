import TerminalUI

/// A small and strict terminal emulator: it shows what xterm shows for the bytes that ncurses sends for
/// `TERM=xterm-256color`.
///
/// Unknown sequences are not guessed but listed in `unknown`, which a test can expect to be empty.
public struct ScreenEmulator: Sendable {
  public private(set) var size: Size
  public internal(set) var cells: [[EmulatedCell]]
  /// The position of the next character; in a full line, the last column.
  public internal(set) var cursor = Point(column: 0, row: 0)
  /// The private modes that are set: 25 cursor shown, 1049 alternate screen, 2004 bracketed paste, …
  public internal(set) var modes: Set<Int> = [7, 25]
  /// Whether it would reorder right-to-left text, which is the initial state of terminals that can.
  public internal(set) var ordersText = true
  /// Unknown sequences, in readable form.
  public internal(set) var unknown: [String] = []
  /// How often the bell rang.
  public internal(set) var bells = 0
  /// Operating system commands as received: titles, colours and clipboards.
  public internal(set) var systemCommands: [String] = []

  /// Its answers to queries.
  public var identity = TerminalIdentity()
  /// Answers that were not taken yet.
  var answers: [UInt8] = []

  var style = EmulatedStyle()
  var inserts = false
  var drawsGraphics = false
  var alternateCharsets = [false, false]
  var activeCharset = 0
  /// The last column was written: the next character goes to the next line.
  var wrapsNext = false
  /// The rows that scroll.
  var region: Range<Int>
  var saved: (cursor: Point, style: EmulatedStyle) = (Point(column: 0, row: 0), EmulatedStyle())
  var lastCharacter: Unicode.Scalar?
  var parser = EscapeParser()
  /// The main screen, while the alternate screen is shown.
  var mainScreen: [[EmulatedCell]]?

  public init(size: Size) {
    self.size = size
    region = 0..<size.rows
    cells = Self.blank(size)
  }

  static func blank(_ size: Size) -> [[EmulatedCell]] {
    Array(repeating: Array(repeating: EmulatedCell(), count: size.columns), count: size.rows)
  }

  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      guard let action = parser.take(byte) else { continue }
      // As in xterm, REP only repeats a character that directly precedes it.
      if !action.isText { lastCharacter = nil }
      switch action {
      case .print(let scalar): print(scalar)
      case .control(let byte): control(byte)
      case .escape(let intermediates, let final): escape(intermediates, final)
      case .sequence(let sequence): apply(sequence)
      case .systemCommand("11;?"): answers += identity.backgroundAnswer
      case .systemCommand(let text): systemCommands.append(text)
      case .invalid(let text): unknown.append(text)
      }
    }
  }

  /// The answers since the last call.
  public mutating func takeAnswers() -> [UInt8] {
    defer { answers = [] }
    return answers
  }

  /// Cuts or extends the screen, as terminals without reflow do.
  public mutating func resize(to size: Size) {
    self.size = size
    cells = Self.fitted(cells, to: size)
    mainScreen = mainScreen.map { Self.fitted($0, to: size) }
    region = 0..<size.rows
    cursor = Point(column: min(cursor.column, size.columns - 1), row: min(cursor.row, size.rows - 1))
    wrapsNext = false
  }

  private static func fitted(_ cells: [[EmulatedCell]], to size: Size) -> [[EmulatedCell]] {
    var rows = blank(size)
    for row in 0..<min(size.rows, cells.count) {
      for column in 0..<min(size.columns, cells[row].count) { rows[row][column] = cells[row][column] }
    }
    return rows
  }
}

// MARK: Characters

extension ScreenEmulator {
  /// DEC's line drawing set, from the backquote on.
  private static let graphics = Array("◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·".unicodeScalars)

  mutating func print(_ scalar: Unicode.Scalar) {
    var scalar = scalar
    if alternateCharsets[activeCharset], 0x60..<0x7F ~= scalar.value {
      scalar = Self.graphics[Int(scalar.value) - 0x60]
    }
    let columns = TextWidth.builtIn.columns(of: scalar)
    guard columns >= 0 else {
      unknown.append("character U+\(String(scalar.value, radix: 16, uppercase: true))")
      return
    }
    guard columns > 0 else { return combine(scalar) }
    lastCharacter = scalar
    if wrapsNext || (cursor.column + columns > size.columns && modes.contains(7)) {
      cursor.column = 0
      lineFeed()
    }
    wrapsNext = false
    if inserts { insertCells(columns) }
    let column = min(cursor.column, size.columns - columns)
    put(EmulatedCell(text: String(scalar), style: scalar == " " ? style.onBlank : style), at: column)
    if columns == 2 { put(EmulatedCell(text: "", style: style), at: column + 1, keepsHalf: true) }
    if column + columns >= size.columns {
      cursor.column = size.columns - 1
      wrapsNext = modes.contains(7)
    } else {
      cursor.column = column + columns
    }
  }

  private mutating func combine(_ scalar: Unicode.Scalar) {
    var column = wrapsNext ? cursor.column : cursor.column - 1
    if column > 0, cells[cursor.row][column].isContinuation { column -= 1 }
    guard column >= 0 else { return }
    cells[cursor.row][column].text.unicodeScalars.append(scalar)
  }

  /// Sets one cell; the remaining half of an overwritten wide character becomes a blank.
  mutating func put(_ cell: EmulatedCell, at column: Int, keepsHalf: Bool = false) {
    let row = cursor.row
    if cells[row][column].isContinuation, column > 0, !keepsHalf { cells[row][column - 1].text = " " }
    if column + 1 < size.columns, cells[row][column + 1].isContinuation { cells[row][column + 1].text = " " }
    cells[row][column] = cell
  }
}
