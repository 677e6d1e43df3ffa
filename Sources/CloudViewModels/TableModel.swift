import CloudAPI

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
  func row(at index: Int) -> TableRow

  func select(row: Int)
  var filter: TextFilter { get set }
  /// The column and direction that the rows are in; `nil` in the API's order or the graph's.
  var order: RowOrder? { get }
  /// Goes on to the next column and direction.
  func sortByNextColumn()
  /// Tells which rows are on the screen, so that their late values come first.
  func show(rows: Range<Int>)
  func refresh()

  /// Why the person can't do this here and now, with what to do instead; `nil` where they can.
  func refusal(of intent: RecordIntent) -> String?
  // What begins a write is `nil` where the service may only be read, whoever asks.
  func creationForm() -> FormModel?
  func editForm() -> FormModel?
  /// The question that comes before deleting and before what else can be done to a record.
  func confirmation(of intent: RecordIntent) -> ConfirmationModel?
  func recordScreen() -> RecordModel?
  /// Every field of the record under the cursor, as it is known.
  var details: [DetailField] { get }
  /// The command that shows what is under the cursor, or the list where nothing is; `nil` where no cloud is selected.
  var command: CommandLineText? { get }
  func documentEdit() -> DocumentEditModel?
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
}

/// One row: its record's id and a value for each column.
public struct TableRow: Hashable, Sendable {
  public let id: String
  public let values: [FieldValue]
}
