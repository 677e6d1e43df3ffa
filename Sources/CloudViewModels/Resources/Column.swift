import CloudAPI
import CloudChanges

/// A record that rows show.
public protocol RowRecord: Identifiable, Sendable where ID: Sendable {
  /// What arrives after the record, by a request of its own: a cloud's size.
  associatedtype LateValue: Hashable & Sendable = Never

  /// Says what the late value was before it changed.
  static func text(ofEarlier value: LateValue) -> String
}

extension RowRecord where LateValue == Never {
  public static func text(ofEarlier value: Never) -> String {}
}

/// A record that a list holds.
public protocol TableRecord: RowRecord, Hashable where ID == Identifier<Self> {}

/// What a column needs besides its record.
public struct RowContext<Record: RowRecord>: Sendable {
  /// The late value of a record: the size of a cloud.
  public let late: @Sendable (Record.ID) -> LoadState<Record.LateValue>
  /// Another record of the same list, for references.
  public let record: @Sendable (Record.ID) -> Record?
  /// The tree branches to draw before the name, if the resource is a graph.
  public let graphPrefix: String
  /// The e-mail address of the user of skydeck, whose row says so; `nil` if it isn't known.
  public var me: String?

  public init(
    late: @escaping @Sendable (Record.ID) -> LoadState<Record.LateValue> = { _ in .waiting },
    record: @escaping @Sendable (Record.ID) -> Record? = { _ in nil }, graphPrefix: String = "",
    me: String? = nil
  ) {
    self.late = late
    self.record = record
    self.graphPrefix = graphPrefix
    self.me = me
  }
}

/// One column of a resource's list.
public struct Column<Record: RowRecord>: Sendable {
  /// The name of the column in settings and commands.
  public let id: String
  public let title: String
  public let kind: ColumnKind
  /// The order in which columns are hidden on a narrow screen, the lowest first; 0 is never hidden.
  public let leaves: Int
  public let value: @Sendable (Record, RowContext<Record>) -> FieldValue
  /// What rows are sorted by; `nil` if the column can't be sorted by.
  public let sortKey: (@Sendable (Record, RowContext<Record>) -> SortKey)?
  /// Whether the first sort by this column is descending.
  public let descendsFirst: Bool
  /// Whether the column is hidden when no record has a value for it.
  public let leavesWhenEmpty: Bool

  /// The index, among the resource's search texts, of the text that rows are sorted by: it is already folded.
  let searchText: Int?

  /// - Parameter searchText: the index of the text that `sortKey` folds, among the resource's search texts.
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

/// The kind of a column's values, from which a front end derives width and alignment before any value is known.
public enum ColumnKind: Hashable, Sendable {
  case name, text, email, bytes, date, role, number, references, link
}

/// A column without its record type.
public struct ColumnHeader: Hashable, Sendable {
  public let id: String
  public let title: String
  public let kind: ColumnKind
  public let leaves: Int
}

/// The key that rows are ordered by; missing keys come last in either direction.
public enum SortKey: Hashable, Sendable {
  case text(String)
  case number(Double)
  case missing

  /// The key of a text, folded so that case and accents don't matter and numbers in it are ordered by value.
  public static func folded(_ text: String?) -> SortKey {
    guard let text, !text.isEmpty else { return .missing }
    return .text(NaturalOrder.key(of: SearchFold.fold(text)))
  }

  /// Whether this key comes before another one in the given direction.
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
