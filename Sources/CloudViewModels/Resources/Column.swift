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

/// One column of a resource's list: how a value is shown, sorted by and filtered by follows from it.
public struct Column<Record: RowRecord>: Sendable {
  /// The name of the column in settings, commands and filters: ASCII letters and `_`.
  public let id: String
  public let title: String
  public let kind: ColumnKind
  /// The order in which columns are hidden on a narrow screen, the lowest first; 0 is never hidden.
  public let leaves: Int
  public let value: @Sendable (Record, RowContext<Record>) -> FieldValue
  /// Whether the pane's rows can be sorted by the column.
  public let isSorted: Bool
  /// Whether the first sort by this column is descending.
  public let descendsFirst: Bool
  /// Whether the column is hidden when no record has a value for it.
  public let leavesWhenEmpty: Bool
  /// Of a further column, whether a pane with much room shows it, too.
  public var isInWidePanes = false
  /// The text of `value`, made without it, for lists that may be very long.
  private let text: (@Sendable (Record) -> String)?

  /// - Parameter text: the text of `value` (empty if none is known), if there is a shorter way to it. It must not depend
  ///   on anything but the record.
  public init(
    id: String, title: String, kind: ColumnKind, leaves: Int = 0, isSorted: Bool = true, descendsFirst: Bool = false,
    leavesWhenEmpty: Bool = false, text: (@Sendable (Record) -> String)? = nil,
    value: @escaping @Sendable (Record, RowContext<Record>) -> FieldValue
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.leaves = leaves
    self.isSorted = isSorted
    self.descendsFirst = descendsFirst
    self.leavesWhenEmpty = leavesWhenEmpty
    self.text = text
    self.value = value
  }

  /// A column whose title is its name.
  public init(
    _ id: String, _ kind: ColumnKind, leaves: Int = 1, isInWidePanes: Bool = false,
    _ value: @escaping @Sendable (Record) -> FieldValue
  ) {
    self.init(
      id: id, title: id.uppercased().replacing("_", with: " "), kind: kind, leaves: leaves,
      descendsFirst: kind == .date
    ) { record, _ in value(record) }
    self.isInWidePanes = isInWidePanes
  }

  /// What a table shows above the column.
  public var header: ColumnHeader {
    ColumnHeader(
      id: id, title: title, kind: kind, leaves: leaves, descendsFirst: descendsFirst, isInWidePanes: isInWidePanes)
  }

  /// What the words of a filter are looked for in: the value as it is shown in a row; empty if none is known.
  public func searchText(_ record: Record, _ context: RowContext<Record>) -> String {
    text.map { $0(record) } ?? value(record, context).searchText
  }

  /// What rows are sorted by.
  public func sortKey(_ record: Record, _ context: RowContext<Record>) -> SortKey {
    text.map { .folded($0(record)) } ?? value(record, context).sortKey
  }
}

/// The kind of a column's values, from which follow width and alignment before any value is known, and how a filter reads
/// what it compares them with.
public enum ColumnKind: Hashable, Sendable {
  case name, text, email, link
  /// A short word of a few: `member`.
  case state
  /// An id, which words of a filter match as a whole.
  case id
  case role, date, flag
  /// A whole number.
  case number
  /// A size, which may arrive late.
  case bytes
  /// A share in percent, which may arrive late.
  case percent
  /// The names of other records.
  case references

  /// Whether values are numbers, which are aligned at their ends.
  public var isNumeric: Bool { self == .number || isLate }
  /// Whether values may arrive after the records, each by a request of its own.
  public var isLate: Bool { self == .bytes || self == .percent }
}

/// A column without its record type.
public struct ColumnHeader: Hashable, Sendable {
  public let id: String
  public let title: String
  public let kind: ColumnKind
  public let leaves: Int
  /// Whether the first sort by this column is descending.
  public let descendsFirst: Bool
  /// Whether only a pane with much room shows the column.
  public let isInWidePanes: Bool

  public init(
    id: String, title: String, kind: ColumnKind, leaves: Int, descendsFirst: Bool = false, isInWidePanes: Bool = false
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.leaves = leaves
    self.descendsFirst = descendsFirst
    self.isInWidePanes = isInWidePanes
  }
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
