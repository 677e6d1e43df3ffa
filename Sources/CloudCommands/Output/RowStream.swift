import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials

/// Prints rows in the requested format while they arrive.
///
/// Rows of a table are printed in parts: a column is as wide as the widest value so far.
struct RowStream<Record: RowRecord> {
  private let session: CommandSession
  private let columns: [Column<Record>]
  private let areNamed: Bool
  private let json: JSONListOutput
  private var widths: [Int]
  private var hasHeader = false

  /// - Parameter columns: all columns; `--columns` chooses from them.
  /// - Throws: `usage` if a named column doesn't exist.
  init(_ columns: [Column<Record>], of names: ResourceNames, in session: CommandSession) throws(CommandFailure) {
    self.session = session
    areNamed = session.options.columns != nil
    self.columns = try columns.chosen(by: session.options, of: names)
    json = JSONListOutput(session.output)
    widths = self.columns.map { $0.kind.streamedWidth }
  }

  /// - Parameter context: what the columns need besides the record.
  mutating func add(_ records: [Record], context: RowContext<Record> = RowContext()) {
    guard session.format != .json else {
      return json.add(
        records.map { record in JSONList.record(columns.map { ($0.id, $0.value(record, context)) }) })
    }
    guard !records.isEmpty || !hasHeader else { return }
    let headings = columns.map { column in
      ColumnHeader(id: column.id, title: column.title, kind: column.kind, leaves: areNamed ? 0 : column.leaves)
    }
    let cells = records.map { record in
      columns.map { column in
        let value = column.value(record, context)
        return RowOutput.Cell(plainText: value.plainText(short: true), machineText: value.machineText)
      }
    }
    var output = RowOutput(
      format: session.format, options: session.options, terminal: session.terminal, output: session.output)
    output.isContinued = hasHeader
    output.leastWidths = widths
    widths = output.print(cells, under: headings)
    hasHeader = true
  }

  /// Ends the list. Call it only if all records were added.
  mutating func end() {
    if session.format == .json { json.end() } else { add([]) }
  }

  /// Ends the line of a list that was interrupted.
  func breakOff() {
    if session.format == .json { json.breakOff() }
  }
}

extension ColumnKind {
  /// The least width in a table whose later rows aren't known yet.
  fileprivate var streamedWidth: Int {
    switch self {
    case .email: 28
    case .name: 20
    case .text, .references, .link, .state: 6
    case .role, .date, .bytes, .number, .percent, .flag, .id: 5
    }
  }
}

extension Array {
  /// The columns that `--columns` names, or all.
  func chosen<Record>(
    by options: OutputOptions, of names: ResourceNames
  ) throws(CommandFailure) -> [Column<Record>] where Element == Column<Record> {
    guard let list = options.columns else { return self }
    var columns: [Column<Record>] = []
    for name in list.split(separator: ",") {
      columns.append(try named(String(name).trimmingBlanks(), for: "--columns", of: names))
    }
    guard !columns.isEmpty else {
      throw .usage("--columns names no column; name some of \(map(\.id).joined(separator: ", ")).")
    }
    return columns
  }
}
