import CloudAPI

/// Rows as CSV or TSV, each on one line that ends in a line feed.
public struct SeparatedValues: Sendable {
  public enum Style: Sendable {
    /// RFC 4180: cells with special characters are in double quotes.
    case csv
    /// Tabs, line ends and backslashes are written `\t`, `\n`, `\r` and `\\`.
    case tsv
  }

  public let style: Style
  /// Whether CSV cells that a spreadsheet would evaluate as formulas begin with an apostrophe (OWASP, "CSV Injection").
  public let guardsFormulas: Bool

  public init(style: Style, guardsFormulas: Bool) {
    self.style = style
    self.guardsFormulas = guardsFormulas
  }

  /// One row.
  public func line(_ cells: [String]) -> String {
    switch style {
    case .csv: cells.map(csv).joined(separator: ",") + "\n"
    case .tsv: cells.map(Self.tsv).joined(separator: "\t") + "\n"
    }
  }

  private func csv(_ cell: String) -> String {
    let guarded = guardsFormulas && Self.isFormula(cell) ? "'" + cell : cell
    let needsQuotes = guarded.unicodeScalars.contains { "\",\n\r".unicodeScalars.contains($0) }
    // Quoted cells keep their line ends and tabs; other control characters are replaced.
    let text = PlainText.harmless(guarded, keeping: Self.joiners.union(["\n", "\t"]))
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  /// Whether a spreadsheet would evaluate the cell. A negative number alone is no formula.
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

  /// The joiners of scripts and emoji, which neither hide nor reorder text.
  private static let joiners: Set<Unicode.Scalar> = ["\u{200C}", "\u{200D}"]
}
