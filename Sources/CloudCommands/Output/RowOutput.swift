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

  /// Prints a table, CSV or TSV; each command prints its own JSON.
  func print(_ rows: [[Cell]], under headings: [ColumnHeader]) {
    switch format {
    case .table, .json: table(rows, headings)
    case .csv: separated(.csv, rows, headings)
    case .tsv: separated(.tsv, rows, headings)
    }
  }

  private func table(_ rows: [[Cell]], _ headings: [ColumnHeader]) {
    let table = TextTable(
      columns: headings, rows: rows.map { $0.map(\.plainText) }, textWidth: terminal.textWidth)
    let header: TextTable.Header = options.noHeader ? .none : terminal.hasColors ? .bold : .plain
    for line in table.lines(width: terminal.width, header: header) { output.line(line) }
  }

  private func separated(_ style: SeparatedValues.Style, _ rows: [[Cell]], _ headings: [ColumnHeader]) {
    if options.bom { output.write("\u{FEFF}") }
    let values = SeparatedValues(style: style, guardsFormulas: !options.allowFormulas)
    if !options.noHeader { output.write(values.line(headings.map(\.id))) }
    for row in rows { output.write(values.line(row.map(\.machineText))) }
  }
}
