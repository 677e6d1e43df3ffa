import CloudAPI
import CloudChanges
import CloudViewModels
import TerminalUI

/// Prints records in the requested format.
struct RecordPrinter<Record: ListedRecord, Scope: ResourceScope> {
  private let resource: Resource<Record, Scope>
  private let session: CommandSession
  private let columns: [Column<Record>]
  /// Whether the user named the columns.
  private let areNamed: Bool

  /// - Parameter standardColumns: the default columns; `nil` for the id and the pane's.
  /// - Throws: `usage` if a named column doesn't exist.
  init(
    _ resource: Resource<Record, Scope>, _ session: CommandSession, standardColumns: [String]? = nil
  ) throws(CommandFailure) {
    self.resource = resource
    self.session = session
    let all = resource.everyColumn
    areNamed = session.options.columns != nil
    if areNamed {
      columns = try all.chosen(by: session.options, of: resource.names)
    } else if let standardColumns {
      columns = all.filter { standardColumns.contains($0.id) }
    } else {
      columns = Array(all.prefix(1 + resource.columns.count))
    }
  }

  /// Whether the user named columns whose values arrive late.
  var printsLateValues: Bool { areNamed && session.format != .json && columns.contains { $0.kind.isLate } }

  /// - Parameter json: the JSON of a record, from the API.
  func print(
    _ items: [RecordItem<Record>], context: RowContext<Record>,
    json: (RecordItem<Record>) -> [UInt8] = { $0.text.bytes }
  ) {
    switch session.format {
    case .json:
      let list = JSONListOutput(session.output)
      list.add(items.map(json))
      list.end()
    case .table, .csv, .tsv:
      // Columns that the user named are never hidden, however narrow the terminal is.
      let headings = columns.map { column in
        ColumnHeader(id: column.id, title: column.title, kind: column.kind, leaves: areNamed ? 0 : column.leaves)
      }
      session.print(items.map { item in columns.map { $0.value(item.record, context) } }, under: headings)
      warn(of: items)
    }
  }

  /// Warns about records with unreadable fields, except for JSON, which is the API's own.
  private func warn(of items: [RecordItem<Record>]) {
    var odd = OddRecords()
    for item in items { odd.append(item.record.oddities, of: item.record.id, called: resource.title(item.record)) }
    guard let text = odd.text(resource.names) else { return }
    session.report(ErrorReport(code: "odd_fields", message: "Warning: " + text, status: .done))
  }

  /// Prints one record, with all its fields on a terminal.
  func print(_ item: RecordItem<Record>, context: RowContext<Record>) {
    switch session.format {
    case .json:
      session.output.write(HarmlessJSON.escaped(item.text.bytes) + [UInt8(ascii: "\n")])
    case .table where !areNamed:
      details(item.record, context)
      warn(of: [item])
    case .table, .csv, .tsv:
      print([item], context: context)
    }
  }

  private func details(_ record: Record, _ context: RowContext<Record>) {
    let textWidth = session.terminal.textWidth
    // Sizes were not read.
    let fields = resource.details(record, context).filter { $0.value != .bytes(.waiting) }
    let widest = fields.map { textWidth.columns(of: $0.label) }.max() ?? 0
    for field in fields {
      let padding = String(repeating: " ", count: widest - textWidth.columns(of: field.label) + 2)
      let text = field.value.plainText()
      session.output.line(field.label + padding + textWidth.truncated(text, to: textWidth.columns(of: text)))
    }
  }
}
