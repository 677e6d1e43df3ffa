import CloudAPI

/// What a column needs besides its record.
public struct RowContext<Record: Identifiable>: Sendable where Record: Sendable, Record.ID: Sendable {
  /// The value that arrives late for a record: a cloud's bytes.
  public let late: @Sendable (Record.ID) -> LoadState<CloudSize>
  /// Another record of the same list, for references.
  public let record: @Sendable (Record.ID) -> Record?
  /// How the row hangs in the graph, where the resource has one.
  public let graphPrefix: String

  public init(
    late: @escaping @Sendable (Record.ID) -> LoadState<CloudSize> = { _ in .waiting },
    record: @escaping @Sendable (Record.ID) -> Record? = { _ in nil }, graphPrefix: String = ""
  ) {
    self.late = late
    self.record = record
    self.graphPrefix = graphPrefix
  }
}

/// One column of a resource's list.
public struct Column<Record: Identifiable>: Sendable where Record: Sendable, Record.ID: Sendable {
  /// Its name in settings and commands.
  public let id: String
  public let title: String
  public let kind: ColumnKind
  /// Columns leave a narrow screen in this order, the lowest first; 0 never leaves.
  public let leaves: Int
  public let value: @Sendable (Record, RowContext<Record>) -> FieldValue
  /// What rows are sorted by; `nil` for a column that isn't sorted by.
  public let sortKey: (@Sendable (Record, RowContext<Record>) -> SortKey)?
  /// Whether the greatest comes first when sorting by this column begins.
  public let descendsFirst: Bool
  /// Whether it is there only where some record has a value for it.
  public let leavesWhenEmpty: Bool

  /// Which of the texts that the filter looks at is the one that rows are sorted by: folded already, it needn't be again.
  let searchText: Int?

  /// - Parameter searchText: the place among the resource's search texts of the text that `sortKey` folds.
  public init(
    id: String, title: String, kind: ColumnKind, leaves: Int = 0, descendsFirst: Bool = false,
    leavesWhenEmpty: Bool = false, searchText: Int? = nil,
    sortKey: (@Sendable (Record, RowContext<Record>) -> SortKey)? = nil,
    value: @escaping @Sendable (Record, RowContext<Record>) -> FieldValue
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.leaves = leaves
    self.descendsFirst = descendsFirst
    self.leavesWhenEmpty = leavesWhenEmpty
    self.searchText = searchText
    self.sortKey = sortKey
    self.value = value
  }

  /// What a table shows above the column.
  public var header: ColumnHeader {
    ColumnHeader(id: id, title: title, kind: kind, leaves: leaves)
  }
}

/// What kind of values a column holds, from which a front end derives widths and alignment before any value is there.
public enum ColumnKind: Hashable, Sendable {
  case name, text, email, bytes, date, role, references, link
}

/// A column without its record type.
public struct ColumnHeader: Hashable, Sendable {
  public let id: String
  public let title: String
  public let kind: ColumnKind
  public let leaves: Int
}

/// What rows are ordered by. What is missing comes last in either direction.
public enum SortKey: Hashable, Sendable {
  case text(String)
  case number(Double)
  case missing

  /// Text folded for comparison, so that case and accents don't separate what belongs together, and numbers in it come
  /// by their value.
  public static func folded(_ text: String?) -> SortKey {
    guard let text, !text.isEmpty else { return .missing }
    return .text(NaturalOrder.key(of: SearchFold.fold(text)))
  }

  /// Whether this comes before the other one in the given direction.
  public func precedes(_ other: SortKey, ascending: Bool) -> Bool {
    switch (self, other) {
    case (.text(let left), .text(let right)): ascending ? left < right : left > right
    case (.number(let left), .number(let right)): ascending ? left < right : left > right
    case (.number, .text): true
    case (.text, .number), (.missing, _): false
    case (_, .missing): true
    }
  }
}

/// A column and a direction that rows are sorted by.
public struct RowOrder: Hashable, Sendable {
  public var column: String
  public var ascending: Bool

  public init(column: String, ascending: Bool = true) {
    self.column = column
    self.ascending = ascending
  }
}
