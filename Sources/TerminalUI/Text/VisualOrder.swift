/// Reorders right-to-left text for display, on terminals that leave that to programs (ECMA-48's BDSM reset).
///
/// A terminal that reorders text itself treats a whole row as one text, and moves a number or a border into the next
/// column. Here each text of a row is reordered separately. It is the part of Unicode's algorithm (UAX #9) that a row
/// of texts without embeddings needs: the row is left to right; a run of right-to-left letters, with what is between
/// them and numbers after them, is reversed, but not the numbers in it.
public enum VisualOrder {
  /// Two blanks, a drawn sign, or a letter of the other direction end a run.
  public static func of(_ row: [Cell]) -> [Cell] {
    guard row.contains(where: { isRightToLeft($0.content[0]) }) else { return row }
    var cells = row
    var start = 0
    while let first = row[start...].firstIndex(where: { isRightToLeft($0.content[0]) }) {
      let end = endOfRun(in: row, from: first)
      cells.replaceSubrange(first..<end, with: turned(row[first..<end]))
      start = end
    }
    return cells
  }

  private enum Kind { case rightToLeft, number, blank, neutral, other }

  private static func endOfRun(in row: [Cell], from first: Int) -> Int {
    var end = first + 1
    var index = end
    var openBrackets = 0
    while index < row.count {
      let kind = kind(of: row[index])
      switch kind {
      case .rightToLeft, .number: end = index + 1
      case .blank where index > first && self.kind(of: row[index - 1]) == .blank: return end
      case .blank, .neutral:
        let value = row[index].content[0]
        if openings.contains(value) { openBrackets += 1 }
        if openBrackets > 0, closings.contains(value) {
          openBrackets -= 1
          end = index + 1
        }
        // A text that was cut ends at the ellipsis.
        if index == end, value == 0x2026 { end = index + 1 }
      case .other: return end
      }
      index += 1
    }
    return end
  }

  private static func turned(_ run: ArraySlice<Cell>) -> [Cell] {
    var cells: [Cell] = []
    var index = run.endIndex
    while index > run.startIndex {
      let end = index
      while index > run.startIndex, isOfNumber(index - 1, in: run) { index -= 1 }
      if index < end {
        cells += run[index..<end]
      } else {
        index -= 1
        cells.append(mirrored(run[index]))
      }
    }
    return cells
  }

  /// A digit, or a separator between two digits without a blank: `1,000`, `12:30`.
  private static func isOfNumber(_ index: Int, in run: ArraySlice<Cell>) -> Bool {
    if kind(of: run[index]) == .number { return true }
    guard let separator = Unicode.Scalar(run[index].content[0]), ".,:/".unicodeScalars.contains(separator),
      index > run.startIndex, index + 1 < run.endIndex
    else { return false }
    return kind(of: run[index - 1]) == .number && kind(of: run[index + 1]) == .number
  }

  private static func mirrored(_ cell: Cell) -> Cell {
    guard let mirror = mirrors[cell.content[0]] else { return cell }
    return Cell(CellText(mirror), columns: cell.columns, style: cell.style)
  }

  private static let openings: Set<UInt32> = [0x28, 0x5B, 0x7B]
  private static let closings: Set<UInt32> = [0x29, 0x5D, 0x7D]

  private static let mirrors: [UInt32: Unicode.Scalar] = [
    0x28: ")", 0x29: "(", 0x3C: ">", 0x3E: "<", 0x5B: "]", 0x5D: "[", 0x7B: "}", 0x7D: "{", 0xAB: "»", 0xBB: "«",
  ]

  private static func kind(of cell: Cell) -> Kind {
    let value = cell.content[0]
    if value == 0x20 { return .blank }
    guard cell.columns == 1, let scalar = Unicode.Scalar(value), !(0x2500...0x25FF).contains(value) else {
      return .other
    }
    if isRightToLeft(value) { return .rightToLeft }
    switch scalar.properties.generalCategory {
    case .decimalNumber: return .number
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol,
      .spaceSeparator:
      return .neutral
    default: return .other
    }
  }

  /// The blocks that Unicode reserves for right-to-left letters, without Arabic digits.
  private static func isRightToLeft(_ value: UInt32) -> Bool {
    guard value >= 0x590 else { return false }
    return switch value {
    case 0x660...0x669, 0x6F0...0x6F9: false
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }
}
