import CloudAPI
import CloudChanges

/// A list of records as a pane sees it: rows of values and what a person can want of them, whatever the records are.
@MainActor
public protocol TableModel: AnyObject {
  var names: ResourceNames { get }
  /// What the rows belong to, where that is one cloud.
  var scopeName: String? { get }
  /// What is being loaded in place of the rows on the screen, where that is another cloud.
  var nextScopeName: String? { get }
  var headers: [ColumnHeader] { get }
  var status: ListStatus { get }
  var emptyText: String { get }

  /// How many rows the filter leaves.
  var rowCount: Int { get }
  /// How many records there are.
  var totalCount: Int { get }
  /// The row of the cursor; `nil` where there are no rows.
  var selectedRow: Int? { get }
  /// The id of the record under the cursor.
  var selectedID: String? { get }
  /// Which record went from under the cursor, or the last mark, within the last second and by itself; `nil` where none did.
  /// A key that is pressed now is likely to be meant for it.
  var goneJustNow: String? { get }
  func row(at index: Int) -> TableRow
  func rows(in range: Range<Int>) -> [TableRow]
  /// What copies a column of the rows that there are now, whatever comes in their place until it is called; `column` counts
  /// the headers.
  func copy(ofColumn column: Int) -> @MainActor () -> ClipboardText

  func select(row: Int)
  var filter: TextFilter { get set }
  /// The column and direction that the rows are in; `nil` in the API's order or the graph's.
  var order: RowOrder? { get }
  /// Goes on to the next column and direction.
  func sortByNextColumn()
  /// Tells which rows are on the screen, so that their late values come first.
  func show(rows: Range<Int>)
  func refresh()

  /// How many records are marked. The filter shows each of them.
  var markedCount: Int { get }
  /// How many marks the filter took since the person marked last.
  var unmarkedByFilterCount: Int { get }
  /// Says once more what the filter took, where it took some.
  func sayHiddenMarks()
  /// Marks the record under the cursor, or takes its mark away, and goes a row down.
  func toggleMark()
  /// Marks what isn't marked, among all rows that the filter leaves, and the other way round.
  func invertMarks()
  /// Marks all rows that the filter leaves.
  func markAll()
  func clearMarks()

  /// The person has seen what is new.
  func forgetChanges()

  /// What can be done to the records.
  var actions: any RecordActions { get }
  /// Every field of the record under the cursor, as it is known.
  var details: [DetailField] { get }
}

extension TableModel {
  /// What commands are about now: the marked records where there are any.
  public var subject: CommandSubject { markedCount > 0 ? .marked : .selected }
}

/// A list of what belongs to one cloud.
@MainActor
public protocol CloudTableModel: TableModel {
  /// Reads the list of a cloud. Rows of another one stay until the answer comes.
  func load(_ cloud: CloudScope)
  /// Stops reading what is no longer wanted; the rows stay.
  func cancelReading()
  /// Forgets the rows: there is no cloud.
  func clear()
  /// Takes what changes brought about.
  func apply(_ effects: [Effect])
}

/// One row: its record's id and a value for each column.
public struct TableRow: Hashable, Sendable {
  public let id: String
  public let values: [FieldValue]
  public let isMarked: Bool
  /// How it differs from what the person saw last; `nil` where it doesn't.
  public let change: RowChange?
}

/// Which records a command is about.
public enum CommandSubject: Hashable, Sendable {
  /// The one under the cursor.
  case selected
  /// Those that are marked.
  case marked
}
