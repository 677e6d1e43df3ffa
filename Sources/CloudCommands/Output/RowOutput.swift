import ArgumentParser
import CloudViewModels

/// The format of the output.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  case table, json, csv, tsv
}

/// Prints rows in the requested format.
struct RowOutput: Sendable {
  /// The text of a cell for users, and the one for programs.
  struct Cell: Sendable {
    let plainText: String
    let machineText: String
  }

  let format: OutputFormat
  let options: OutputOptions
  let terminal: OutputTerminal
  let output: OutputQueue
  /// Whether other rows were printed before these.
  var isContinued = false
  /// The least width of each column of a table; empty if there is none.
  var leastWidths: [Int] = []

  /// Prints a table, CSV or TSV; each command prints its own JSON.
  ///
  /// - Returns: the widths of a table's columns without a limit.
  @discardableResult
  func print(_ rows: [[Cell]], under headings: [ColumnHeader]) -> [Int] {
    switch format {
    case .table, .json: return table(rows, headings)
    case .csv: separated(.csv, rows, headings)
    case .tsv: separated(.tsv, rows, headings)
    }
    return leastWidths
  }

  private func table(_ rows: [[Cell]], _ headings: [ColumnHeader]) -> [Int] {
    let table = TextTable(
      columns: headings, rows: rows.map { $0.map(\.plainText) }, textWidth: terminal.textWidth, leastWidths: leastWidths
    )
    let header: TextTable.Header = options.noHeader || isContinued ? .none : terminal.hasColors ? .bold : .plain
    for line in table.lines(width: terminal.width, header: header) { output.line(line) }
    return table.naturalWidths
  }

  private func separated(_ style: SeparatedValues.Style, _ rows: [[Cell]], _ headings: [ColumnHeader]) {
    if options.bom, !isContinued { output.write("\u{FEFF}") }
    let values = SeparatedValues(style: style, guardsFormulas: !options.allowFormulas)
    if !options.noHeader, !isContinued { output.write(values.line(headings.map(\.id))) }
    for row in rows { output.write(values.line(row.map(\.machineText))) }
  }
}
