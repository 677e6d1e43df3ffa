import CloudViewModels

/// What stands above a column, and how it is set.
struct ColumnHeading {
  /// In CSV and TSV.
  let id: String
  /// In tables.
  let title: String
  let kind: ColumnKind
  /// Columns leave a narrow terminal in this order, the lowest first; 0 never leaves.
  let leaves: Int
}

extension OutputColumn {
  var heading: ColumnHeading { ColumnHeading(id: id, title: title, kind: kind, leaves: leaves) }
}

extension CommandSession {
  /// Prints rows in the form that was asked for, all but JSON.
  func print(_ rows: [[FieldValue]], under headings: [ColumnHeading]) {
    switch format {
    case .table, .json: table(rows, headings)
    case .csv: separated(.csv, rows, headings)
    case .tsv: separated(.tsv, rows, headings)
    }
  }

  private func table(_ rows: [[FieldValue]], _ headings: [ColumnHeading]) {
    let table = TextTable(
      columns: headings, rows: rows.map { $0.map { $0.plainText(short: true) } }, textWidth: terminal.textWidth)
    let header: TextTable.Header = options.noHeader ? .none : terminal.hasColors ? .bold : .plain
    for line in table.lines(width: terminal.width, header: header) { output.line(line) }
  }

  private func separated(
    _ style: SeparatedValues.Style, _ rows: [[FieldValue]], _ headings: [ColumnHeading]
  ) {
    let values = SeparatedValues(style: style, guardsFormulas: !options.allowFormulas)
    if !options.noHeader { output.write(values.line(headings.map(\.id))) }
    for row in rows { output.write(values.line(row.map(\.machineText))) }
  }
}
