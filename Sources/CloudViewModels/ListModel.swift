import CloudAPI
import FoundationEssentials

/// The list of one resource: rows in order, the cursor, the filter, and reading it from the service.
///
/// The cursor is a record's id: it stays on its record whatever the rows do.
@MainActor
public final class ListModel<Record: Identifiable & Hashable & Sendable, Scope: ResourceScope>
where Record.ID == Identifier<Record> {
  public let resource: Resource<Record, Scope>
  let context: ModelContext

  /// What the rows belong to.
  public internal(set) var scope: Scope?
  /// What is being read, where that isn't what the rows belong to.
  public internal(set) var nextScope: Scope?
  /// In the order of the API.
  public internal(set) var records: [Record] = []
  public internal(set) var status = ListStatus()
  public internal(set) var order: RowOrder?
  /// The record under the cursor.
  public internal(set) var selection: Record.ID?

  /// Called when the cursor came to stand on another record, or on other contents of it.
  public var onSelection: (@MainActor (Record?) -> Void)?
  /// Called with the ids of the records that a read or a write brought, in the order of their rows.
  public var onRecords: (@MainActor ([Record.ID]) -> Void)?
  /// Called with the ids of the rows on the screen.
  public var onShow: (@MainActor ([Record.ID]) -> Void)?
  /// Called when a record's late value should be read again.
  public var onLateValueWanted: (@MainActor (Record.ID) -> Void)?
  /// Where a record's late value comes from.
  public var late: @MainActor (Record.ID) -> LoadState<CloudSize> = { _ in .waiting }

  /// What is on the screen: the rows' records as indices, and how each hangs in the graph.
  var rows: [Int] = []
  /// All records in the order of the rows, whatever the filter.
  var ordered: [Int] = []
  var prefixes: [Record.ID: String] = [:]
  /// The columns that some record has a value for, or that stay without.
  var columns: [Column<Record>]
  var indices: [Record.ID: Int] = [:]
  var searchKeys: [String?] = []
  var selectedIndex: Int?
  /// Whether a person did something to the list, so that the cursor is where it is for a reason. Until then it stays on the first row, whatever comes to stand there.
  var isChosen = false
  /// What `onSelection` was last called with.
  private var announced: Record?
  var currentFilter = TextFilter()

  /// Counts the reads begun, so that an answer to a superseded one is dropped.
  var generation = 0
  var failures = 0
  var reading: Task<Void, Never>?
  var retrying: Task<Void, Never>?

  public init(_ resource: Resource<Record, Scope>, context: ModelContext) {
    self.resource = resource
    self.context = context
    order = resource.order
    columns = resource.columns
  }

  public var selectedRecord: Record? {
    selection.flatMap(record)
  }

  public func record(_ id: Record.ID) -> Record? {
    indices[id].map { records[$0] }
  }

  /// Puts the cursor on a record, if it is there and the filter shows it.
  public func select(_ id: Record.ID) {
    guard let index = indices[id], let row = rows.firstIndex(of: index) else { return }
    select(row: row)
  }

  /// Puts the cursor on a record, dropping a filter that hides it.
  public func reveal(_ id: Record.ID) {
    guard let index = indices[id] else { return }
    if !rows.contains(index) { filter = TextFilter() }
    select(id)
  }

  /// Tells whoever follows the cursor, if it stands on something else now.
  func announceSelection() {
    guard selectedRecord != announced else { return }
    announced = selectedRecord
    onSelection?(announced)
  }

  func rowContext(_ record: Record) -> RowContext<Record> {
    let value = late(record.id)
    let others = relatives(of: record)
    return RowContext(
      late: { _ in value }, record: { others[$0] }, graphPrefix: currentFilter.isEmpty ? prefixes[record.id] ?? "" : "")
  }

  private func relatives(of record: Record) -> [Record.ID: Record] {
    guard let parents = resource.parents else { return [:] }
    var found: [Record.ID: Record] = [:]
    for id in parents(record) { found[id] = self.record(id) }
    return found
  }
}
