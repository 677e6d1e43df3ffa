import CloudAPI
import CloudChanges

/// A list of records as a pane sees it: rows of values and the user's commands, for records of any kind.
@MainActor
public protocol TableModel: AnyObject {
  var names: ResourceNames { get }
  /// The name of the cloud that the rows belong to; `nil` if they don't belong to one.
  var scopeName: String? { get }
  /// The name of another cloud that is being loaded; `nil` if there is none.
  var nextScopeName: String? { get }
  var headers: [ColumnHeader] { get }
  /// The texts that each column must have room for, in the order of `headers`, as known when the list arrived.
  var columnTexts: [ColumnTexts] { get }
  var status: ListStatus { get }
  var emptyText: String { get }

  /// How many rows the filter leaves.
  var rowCount: Int { get }
  /// How many records there are.
  var totalCount: Int { get }
  /// The row of the cursor; `nil` if there are no rows.
  var selectedRow: Int? { get }
  /// The id of the record under the cursor.
  var selectedID: String? { get }
  /// What disappeared within the last second without the user's doing: the record under the cursor or the last mark, as
  /// a sentence; `nil` if nothing. A key pressed now is probably meant for it.
  var goneJustNow: String? { get }
  func row(at index: Int) -> TableRow
  func rows(in range: Range<Int>) -> [TableRow]
  /// Returns a closure that copies a column of the current rows, even if they are replaced before it is called.
  ///
  /// - Parameter column: index into `headers`.
  func copy(ofColumn column: Int) -> @MainActor () -> ClipboardText
  /// Why the rows can't be written to a file now; `nil` if they can.
  var exportRefusal: String? { get }
  /// The marked rows, or all that the filter leaves, in their order and with the columns of the list, for a file.
  func export() -> TableExport

  func select(row: Int)
  var filter: Filter { get }
  /// How many rows are hidden only because a value that the filter compares is unknown.
  var unknownCount: Int { get }
  /// The columns that the filter can name.
  var vocabulary: FilterVocabulary { get }
  /// Filters the rows.
  ///
  /// - Parameter isTyping: whether the text is still being typed.
  func filter(by text: String, isTyping: Bool)
  /// The column and direction of the rows; `nil` for the API's order or the graph's.
  var order: RowOrder? { get }
  /// The columns that the rows can be sorted by, also those that the pane never shows.
  var sortColumns: [ColumnHeader] { get }
  /// Whether the list is a graph, whose order without a column is that of a tree.
  var isGraph: Bool { get }
  /// Sorts by a column, and puts the cursor on the first row; `nil` for the API's order or the graph's.
  func sort(by order: RowOrder?)
  /// Reports which rows are on the screen, so that their late values are read first.
  func show(rows: Range<Int>)
  func refresh()

  /// How many records are marked; the filter hides none of them.
  var markedCount: Int { get }
  /// How many marks the filter dropped since the user last set marks.
  var unmarkedByFilterCount: Int { get }
  /// Repeats the notice about marks that the filter dropped, if it dropped any.
  func sayHiddenMarks()
  /// Toggles the mark of the record under the cursor and moves down a row.
  func toggleMark()
  /// Toggles the mark of every row that the filter leaves, unless it has problems.
  func invertMarks()
  /// Marks all rows that the filter leaves, unless it has problems.
  func markAll()
  func clearMarks()

  /// Clears the changes: the user has seen them.
  func forgetChanges()

  /// The actions on the records.
  var actions: any RecordActions { get }
  /// Every known field of the record under the cursor.
  var details: [DetailField] { get }
}

extension TableModel {
  public func filter(by text: String) { filter(by: text, isTyping: false) }

  /// Sorts by a column in its usual direction, or turns the rows round if they are sorted by it.
  public func sort(by column: ColumnHeader) {
    let turned = order.flatMap { $0.column == column.id ? !$0.ascending : nil }
    sort(by: RowOrder(column: column.id, ascending: turned ?? !column.descendsFirst))
  }

  /// Why nothing can be done about all rows that the filter leaves; `nil` if something can.
  public var filterRefusal: String? {
    filter.problemText.map { "These aren't the rows of the filter. \($0)" }
  }

  /// What commands apply to now: the marked records if there are any.
  public var subject: CommandSubject { markedCount > 0 ? .marked : .selected }
}

/// A list of records that belong to one cloud.
@MainActor
public protocol CloudTableModel: TableModel {
  /// Reads the list of a cloud. Rows of another cloud stay until the new list arrives.
  func load(_ cloud: CloudScope)
  /// Cancels reading; the rows stay.
  func cancelReading()
  /// Clears the rows, because no cloud is selected.
  func clear()
  /// Applies the effects of changes.
  func apply(_ effects: [Effect])
}

/// One row: the id of its record and a value for each column.
public struct TableRow: Hashable, Sendable {
  public let id: String
  public let values: [FieldValue]
  public let isMarked: Bool
  /// How it differs from what the user saw last; `nil` if it doesn't.
  public let change: RowChange?
}

/// Which records a command is about.
public enum CommandSubject: Hashable, Sendable {
  /// The record under the cursor.
  case selected
  /// The marked records.
  case marked
}
