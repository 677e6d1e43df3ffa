import TerminalUI

/// The screen at one moment.
public struct TerminalScreen: Sendable, CustomStringConvertible {
  /// The text of the rows, without trailing blanks.
  public let rows: [String]
  public let cells: [[EmulatedCell]]
  /// The position of the cursor; nil while it is hidden.
  public let cursor: Point?
  /// Whether the alternate screen is shown, as full-screen programs do.
  public let isAlternate: Bool

  public init(_ emulator: ScreenEmulator) {
    cells = emulator.cells
    rows = emulator.cells.map { row in
      let text = row.map(\.text).joined()
      return text.lastIndex { $0 != " " }.map { String(text[...$0]) } ?? ""
    }
    cursor = emulator.modes.contains(25) ? emulator.cursor : nil
    isAlternate = emulator.mainScreen != nil
  }

  /// All rows; printed when an expectation fails.
  public var description: String { text }

  /// All rows.
  public var text: String { rows.joined(separator: "\n") }

  public func contains(_ text: String) -> Bool {
    rows.contains { $0.contains(text) }
  }

  /// The first row that contains `text`.
  public func row(containing text: String) -> String? {
    rows.first { $0.contains(text) }
  }

  /// The style of the first cell of the first occurrence of `text`.
  public func style(of text: String) -> EmulatedStyle? {
    for (index, row) in rows.enumerated() {
      guard let range = row.firstRange(of: text) else { continue }
      var rest = row.distance(from: row.startIndex, to: range.lowerBound)
      for cell in cells[index] where !cell.isContinuation {
        if rest == 0 { return cell.style }
        rest -= 1
      }
    }
    return nil
  }
}
