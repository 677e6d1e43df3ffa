import CloudAPI
import CloudViewModels
import FoundationEssentials

/// A column that a command can print.
struct OutputColumn<Record: RowRecord>: Sendable {
  let id: String
  let title: String
  let kind: ColumnKind
  /// Columns leave a narrow terminal in this order, the lowest first; 0 never leaves.
  let leaves: Int
  let value: @Sendable (Record, RowContext<Record>) -> FieldValue
  let sortKey: @Sendable (Record, RowContext<Record>) -> SortKey
}

extension OutputColumn {
  /// A column that no pane has.
  init(_ id: String, _ kind: ColumnKind, leaves: Int = 1, _ value: @escaping @Sendable (Record) -> FieldValue) {
    self.init(
      id: id, title: id.uppercased().replacing("_", with: " "), kind: kind, leaves: leaves,
      value: { record, _ in value(record) },
      sortKey: { record, _ in value(record).sortKey })
  }

  /// A column of the pane.
  init(_ column: Column<Record>) {
    self.init(
      id: column.id, title: column.title, kind: column.kind, leaves: column.leaves, value: column.value,
      sortKey: column.sortKey ?? { column.value($0, $1).sortKey })
  }
}

extension Resource where Record: ListedRecord {
  /// Every column that can be named: the id, the pane's, and the record's further fields.
  var outputColumns: [OutputColumn<Record>] {
    let id = OutputColumn<Record>("id", .text, leaves: 0) { .id($0.id) }
    return [id] + columns.map { OutputColumn($0) } + Record.furtherColumns
  }
}

extension FieldValue {
  /// What rows are sorted by where the pane doesn't say: numbers by value, all else as folded text.
  fileprivate var sortKey: SortKey {
    switch self {
    case .date(let date): date.map { .number($0.timeIntervalSince1970) } ?? .missing
    case .role(let role): role.map { .number(Double($0.rawValue)) } ?? .missing
    case .unreadable: .missing
    default: Double(machineText).map { .number($0) } ?? .folded(machineText)
    }
  }
}

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
