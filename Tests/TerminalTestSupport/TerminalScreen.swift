import TerminalUI

/// What a person sees at one moment.
public struct TerminalScreen: Sendable, CustomStringConvertible {
  /// Text of the rows, without blanks at their ends.
  public let rows: [String]
  public let cells: [[EmulatedCell]]
  /// Where the cursor is; nil while it is hidden.
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

  /// All rows; an expectation that fails prints this.
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

  /// The look of the first cell of `text` where it is first seen.
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
