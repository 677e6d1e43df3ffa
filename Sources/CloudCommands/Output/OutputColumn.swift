import CloudAPI
import CloudViewModels
import FoundationEssentials

/// A column that a command can print.
struct OutputColumn<Record: RowRecord>: Sendable {
  let id: String
  let title: String
  let kind: ColumnKind
  /// The order in which columns are hidden on a narrow terminal, the lowest first; 0 is never hidden.
  let leaves: Int
  let value: @Sendable (Record, RowContext<Record>) -> FieldValue
  let sortKey: @Sendable (Record, RowContext<Record>) -> SortKey
}

extension OutputColumn {
  /// A column that isn't in the pane.
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
  /// All columns that can be named: the id, the pane's, and the record's further ones.
  var outputColumns: [OutputColumn<Record>] {
    let id = OutputColumn<Record>("id", .text, leaves: 0) { .id($0.id) }
    return [id] + columns.map { OutputColumn($0) } + Record.furtherColumns
  }
}

extension FieldValue {
  /// The sort key if the pane has none: numbers by value, other values as folded text.
  fileprivate var sortKey: SortKey {
    switch self {
    case .date(let date): date.map { .number($0.timeIntervalSince1970) } ?? .missing
    case .role(let role): role.map { .number(Double($0.rawValue)) } ?? .missing
    case .unreadable: .missing
    default: Double(machineText).map { .number($0) } ?? .folded(machineText)
    }
  }
}

/// The heading of a column, with its kind, on which the layout depends.
struct ColumnHeading {
  /// The heading in CSV and TSV.
  let id: String
  /// The heading in tables.
  let title: String
  let kind: ColumnKind
  /// The order in which columns are hidden on a narrow terminal, the lowest first; 0 is never hidden.
  let leaves: Int
}

extension OutputColumn {
  var heading: ColumnHeading { ColumnHeading(id: id, title: title, kind: kind, leaves: leaves) }
}
