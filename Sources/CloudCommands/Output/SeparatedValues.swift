import CloudAPI
import CloudViewModels

/// Rows as CSV or TSV, one line each, ended by a line feed.
struct SeparatedValues {
  enum Style {
    /// RFC 4180: cells that need it stand in double quotes.
    case csv
    /// Tabs, line ends and backslashes in cells are written `\t`, `\n`, `\r` and `\\`.
    case tsv
  }

  let style: Style
  /// Whether a CSV cell that a spreadsheet would run as a formula is marked as text by an apostrophe before it (OWASP,
  /// "CSV Injection").
  let guardsFormulas: Bool

  func line(_ cells: [String]) -> String {
    switch style {
    case .csv: cells.map(csv).joined(separator: ",") + "\n"
    case .tsv: cells.map(Self.tsv).joined(separator: "\t") + "\n"
    }
  }

  private func csv(_ cell: String) -> String {
    let guarded = guardsFormulas && Self.isFormula(cell) ? "'" + cell : cell
    let needsQuotes = guarded.unicodeScalars.contains { "\",\n\r".unicodeScalars.contains($0) }
    // Line ends are data here, between quotes; other control characters are no text.
    let text = PlainText.harmless(guarded, keeping: Self.joiners.union(["\n", "\t"]))
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  /// Whether a spreadsheet would compute it. A plain negative number is a number.
  private static func isFormula(_ cell: String) -> Bool {
    guard let first = cell.unicodeScalars.first,
      "=+-@\t\r\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first)
    else { return false }
    return Double(cell) == nil || first == "+"
  }

  private static func tsv(_ cell: String) -> String {
    var text = ""
    for scalar in cell.unicodeScalars {
      switch scalar {
      case "\t": text += "\\t"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\\": text += "\\\\"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return PlainText.harmless(text, keeping: joiners)
  }

  /// Of scripts and of emoji: they hide and reorder nothing.
  private static let joiners: Set<Unicode.Scalar> = ["\u{200C}", "\u{200D}"]
}
