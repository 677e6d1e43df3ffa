import CloudAPI
import CloudChanges
import FoundationEssentials

/// The list of one resource: rows in order, the cursor, the filter, and reading it from the service.
///
/// The cursor is a record's id: it stays on its record whatever the rows do.
@MainActor
public final class ListModel<Record: ServiceRecord, Scope: ResourceScope> {
  public let resource: Resource<Record, Scope>
  let context: ModelContext

  /// What the rows belong to.
  public internal(set) var scope: Scope?
  /// What is being read, where that isn't what the rows belong to.
  public internal(set) var nextScope: Scope?
  /// In the order of the API.
  public var records: RecordList<Record> { table.records }
  public internal(set) var status = ListStatus()
  public internal(set) var order: RowOrder?
  /// The record under the cursor.
  public internal(set) var selection: Record.ID?

  /// What a person marked.
  var marks = Marks<Scope>() { didSet { lastRows = nil } }
  /// What readings brought and the cursor has not been on since.
  var changes = RecordChanges<Record>() { didSet { lastRows = nil } }

  /// Called when the cursor came to stand on another record, or on other contents of it.
  public var onSelection: (@MainActor (Record?) -> Void)?
  /// Called with the ids of the records that a read or a write brought, in the order of their rows.
  public var onRecords: (@MainActor ([Record.ID]) -> Void)?
  /// Called with the ids of the rows on the screen.
  public var onShow: (@MainActor ([Record.ID]) -> Void)?
  /// Called when a record's late value should be read again.
  public var onLateValueWanted: (@MainActor (Record.ID) -> Void)?
  /// Where records' late values come from: those that are there when it is called.
  public var late: @MainActor () -> @Sendable (Record.ID) -> LoadState<CloudSize> = { { _ in .waiting } } {
    didSet { lateValuesChanged() }
  }

  var table: RecordTable<Record> {
    didSet {
      forgetRows()
      tableVersion &+= 1
    }
  }
  /// Another one after each change of the table.
  private(set) var tableVersion = 0
  var listRows = ListRows<Record>() { didSet { forgetRows() } }
  /// What is on the screen: the places of the rows' records.
  var rows: [Int] { listRows.places }
  /// The columns that some record has a value for, or that stay without.
  var columns: [Column<Record>] { didSet { takeHeaders() } }
  public private(set) var headers: [ColumnHeader] = []
  var rowCache = RowCache<Record.ID>()
  /// The rows that were asked for last.
  var lastRows: (range: Range<Int>, rows: [TableRow])?
  /// What `onShow` was last called with; `nil` where other records are there since.
  var shownRows: Range<Int>?
  var selectedIndex: Int?
  /// Whether a person did something to the list, so that the cursor is where it is for a reason. Until then it stays on the first row, whatever comes to stand there.
  var isChosen = false
  /// What went from under the cursor by itself, and how long ago.
  var wentByItself: (text: String, elapsed: @Sendable () -> Duration)?
  /// What `onSelection` was last called with.
  private var announced: Record?
  var currentFilter = TextFilter() { didSet { forgetRows() } }

  /// What was said last of records with fields that can't be read.
  var saidOddRecords = OddRecords()

  /// Counts the reads begun, so that an answer to a superseded one is dropped.
  var generation = 0
  var failures = 0
  var reading: Task<Void, Never>?
  var retrying: Task<Void, Never>?
  // Many rows are put in order and filtered away from the main actor.
  var arranging: Task<Void, Never>?
  var filtering: Task<Void, Never>?

  public init(_ resource: Resource<Record, Scope>, context: ModelContext) {
    self.resource = resource
    self.context = context
    order = resource.order
    columns = resource.columns
    table = RecordTable(resource)
    takeHeaders()
  }

  private func takeHeaders() {
    forgetRows()
    headers = columns.map { $0.header }
  }

  private func forgetRows() {
    rowCache.forget()
    lastRows = nil
    shownRows = nil
  }

  /// Late values came, or are others now.
  func lateValuesChanged() {
    lastRows = nil
  }

  public var selectedRecord: Record? {
    selection.flatMap(record)
  }

  public func record(_ id: Record.ID) -> Record? {
    table.place(of: id).map { records[$0] }
  }

  /// The records that a filter of this text would leave, in the order of the API.
  func records(holding text: String) -> [Record] {
    var filter = RowFilter()
    return filter.rows(TextFilter(text), of: Array(0..<table.count), in: table).map { records[$0] }
  }

  /// Puts the cursor on a record, if it is there and the filter shows it.
  public func select(_ id: Record.ID) {
    guard let place = table.place(of: id), let row = rows.firstIndex(of: place) else { return }
    select(row: row)
  }

  /// Puts the cursor on a record, dropping a filter that hides it.
  public func reveal(_ id: Record.ID) {
    guard let place = table.place(of: id) else { return }
    if !rows.contains(place) { filter = TextFilter() }
    select(id)
  }

  /// Tells whoever follows the cursor, if it stands on something else now.
  func announceSelection() {
    // Where the first rows stand by themselves, others will when all are there; where the rest doesn't come, they stay.
    guard let onSelection, isChosen || !status.isPartial || status.failure != nil, selectedRecord != announced else {
      return
    }
    announced = selectedRecord
    onSelection(announced)
  }

  func rowContext(_ record: Record) -> RowContext<Record> {
    rowContext(record, late: late()(record.id))
  }

  func rowContext(_ record: Record, late value: LoadState<CloudSize>) -> RowContext<Record> {
    let others = relatives(of: record)
    return RowContext(
      late: { _ in value }, record: { others[$0] },
      graphPrefix: currentFilter.isEmpty ? listRows.ordering.prefixes[record.id] ?? "" : "")
  }

  private func relatives(of record: Record) -> [Record.ID: Record] {
    guard let parents = resource.parents else { return [:] }
    var found: [Record.ID: Record] = [:]
    for id in parents(record) { found[id] = self.record(id) }
    return found
  }
}
