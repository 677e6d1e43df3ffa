import BitCollections
import CloudAPI
import CloudChanges
import FoundationEssentials

/// The list of one resource as a pane shows it: records, cursor, filter and marks.
///
/// Its parts own the state: the loader knows what was read and when, the contents hold what is on the screen.
@MainActor
public final class ListModel<Record: TableRecord, Scope: ResourceScope> {
  public let resource: Resource<Record, Scope>
  let context: ModelContext
  let contents: ListContents<Record, Scope>
  let loader: any RowLoader<Record, Scope>
  private let makeActions: @MainActor (ListModel) -> any RecordActions

  /// Called when the cursor is on another record, or when its record changed.
  public var onSelection: (@MainActor (Record?) -> Void)?
  /// Called with the ids of all records after a read or a write, in row order.
  public var onRecords: (@MainActor ([Record.ID]) -> Void)?
  /// Called with the ids of the rows on the screen.
  public var onShow: (@MainActor ([Record.ID]) -> Void)?
  /// Called when the late value of a record should be read again.
  public var onLateValueWanted: (@MainActor (Record.ID) -> Void)?

  /// The last argument of `onSelection`.
  private var announced: Record?
  /// The last argument of `onShow`, as rows; `nil` if the rows changed since.
  private var shownRows: Range<Int>?
  /// The record to put the cursor on when the list of its scope arrives.
  private var awaited: (id: Record.ID, scope: Scope)?
  /// The last reported records with fields that can't be read.
  private var saidOddRecords = OddRecords()

  /// - Parameter actions: makes what can be done to the records.
  init(
    _ resource: Resource<Record, Scope>, loader: any RowLoader<Record, Scope>, context: ModelContext,
    actions: @escaping @MainActor (ListModel) -> any RecordActions
  ) {
    self.resource = resource
    self.context = context
    self.loader = loader
    makeActions = actions
    contents = ListContents(resource, context: context)
    contents.onRows = { [weak self] in self?.rowsChanged() }
    contents.onRecords = { [weak self] in self?.announceRecords() }
    loader.shownCount = { [contents] in contents.table.count }
    loader.prepare = { [contents] table, isReread in await contents.prepared(table, isReread: isReread) }
    loader.onDelivery = { [weak self] in self?.take($0, of: $1) }
    loader.onFailure = { [weak self] in self?.announceSelection() }
  }

  /// The scope of the rows.
  public var scope: Scope? { loader.scope }
  /// The scope being read, if it differs from that of the rows.
  public var nextScope: Scope? { loader.nextScope }
  public var status: ListStatus { loader.status }
  /// The records, in the order of the API.
  public var records: RecordList<Record> { contents.records }
  /// The record under the cursor.
  public var selection: Record.ID? { contents.cursor.id }
  public var selectedRecord: Record? { selection.flatMap(record) }
  /// Whether there are changes that the cursor has not been on.
  public var hasChanges: Bool { !contents.changes.isEmpty }

  public func record(_ id: Record.ID) -> Record? { contents.record(id) }

  /// The records that contain a text in a column of the pane, in the order of the API.
  func records(holding text: String) -> [Record] {
    var filter = RowFilter<Record>()
    return filter.rows(Filter(holding: text), of: Array(0..<records.count), in: contents.table).rows.map { records[$0] }
  }

  // MARK: Reading

  /// Reads the list of a scope. Rows of another scope stay until the new list arrives.
  public func load(_ wanted: Scope) { loader.load(wanted) }
  public func refresh() { loader.refresh() }
  /// Clears rows and scope, because the selected cloud is gone.
  public func clear() { loader.clear() }
  /// Cancels reading; the rows stay.
  public func cancelReading() { loader.cancel() }

  private func take(_ delivery: ListDelivery<Record>, of scope: Scope?) {
    switch delivery {
    case .nothing:
      contents.clear(for: scope)
      announceRecords()
    case .part(let table):
      if let scope { contents.show(partOf: scope, table) }
    case .whole(let list, let since):
      guard let scope else { return }
      contents.show(list, of: scope, since: since)
      if let awaited {
        self.awaited = nil
        if awaited.scope == scope { reveal(awaited.id) }
      }
      announceRecords()
      if list.changes?.isEmpty == false, hasChanges { sayChanges(after: contents.marks.loss) }
      sayOddRecords()
    }
  }

  /// Reports the records that have fields that can't be read, once for the same set.
  private func sayOddRecords() {
    let found = contents.table.oddRecords
    guard found != saidOddRecords else { return }
    saidOddRecords = found
    if let text = found.text(resource.names) { context.notices.say(.information, text) }
  }

  // MARK: Changes

  /// Updates a record with a newer reading, unless the rows belong to another scope by now.
  func refresh(_ fresh: Record, in scope: Scope) {
    if scope == self.scope { contents.refresh(fresh) }
  }

  /// Marks records as changed whose late values differ from before.
  func sign(lateValuesBefore before: [Record.ID: Record.LateValue]) {
    if contents.sign(lateValuesBefore: before) { sayChanges() }
  }

  /// - Parameter loss: the marks that the same reading dropped, repeated in the same notice.
  private func sayChanges(after loss: String? = nil) {
    let text = "\(resource.names.title): \(contents.changes.text)."
    if let loss {
      context.notices.say(.information, "\(loss) \(text)")
    } else {
      context.notices.mention(text)
    }
  }

  public func forgetChanges() {
    guard hasChanges else { return }
    contents.forgetChanges()
    context.activity.changed()
  }

  // MARK: Late values

  /// Returns a lookup of the records' late values, as known at the time of the call.
  public var late: @MainActor () -> @Sendable (Record.ID) -> LoadState<Record.LateValue> {
    get { contents.ordering.late }
    set {
      contents.ordering.late = newValue
      contents.lateValuesChanged()
    }
  }

  func lateValuesChanged() { contents.lateValuesChanged() }

  /// Whether the order of the rows depends on late values.
  var isSortedByLateValue: Bool { sortColumns.contains { $0.id == order?.column && $0.kind.isLate } }

  /// Orders the rows again, for instance after late values have arrived.
  public func rearrange() { contents.rearrange() }

  // MARK: Telling others

  private func rowsChanged() {
    shownRows = nil
    context.activity.changed()
    announceSelection()
  }

  /// Reports the ids of all records: first those in the rows, in row order, then those that the filter hides.
  private func announceRecords() {
    guard let onRecords else { return }
    let places = contents.places
    let shown = Set(places)
    onRecords((places + records.indices.filter { !shown.contains($0) }).map { records[$0].id })
  }

  /// Reports the selected record if it changed.
  private func announceSelection() {
    // While a list arrives, an untouched cursor on the first row may still move. If the rest failed, the rows stay.
    let stays = contents.cursor.isChosen || !status.isPartial || status.failure != nil
    guard let onSelection, stays, selectedRecord != announced else { return }
    announced = selectedRecord
    onSelection(announced)
  }
}

// MARK: - What a pane sees

extension ListModel: TableModel {
  public var names: ResourceNames { resource.names }
  public var scopeName: String? { (scope ?? nextScope)?.title }
  public var nextScopeName: String? { scope == nil ? nil : nextScope?.title }
  public var emptyText: String { resource.emptyText }
  public var headers: [ColumnHeader] { contents.headers }
  public var columnTexts: [ColumnTexts] { headers.map { contents.widestTexts[$0.id] } }
  public var rowCount: Int { contents.places.count }
  public var totalCount: Int { contents.table.count }
  public var selectedRow: Int? { contents.cursor.row }
  public var selectedID: String? { selection?.rawValue }
  public var order: RowOrder? { contents.ordering.order }
  public var actions: any RecordActions { makeActions(self) }

  public var goneJustNow: String? {
    contents.cursor.lostJustNow.map { "\($0) Nothing was done to the row now under the cursor." }
  }

  public func rows(in range: Range<Int>) -> [TableRow] { contents.rows(in: range) }
  public func row(at index: Int) -> TableRow { contents.row(at: index) }

  public func copy(ofColumn column: Int) -> @MainActor () -> ClipboardText {
    let (column, sources) = (contents.columns[column], contents.sources)
    return {
      ClipboardText(column: sources.places.lazy.map { sources.values(at: $0, of: [column])[0].machineText })
    }
  }

  public func select(row: Int) {
    guard contents.select(row: row) else { return }
    context.activity.changed()
    announceSelection()
  }

  /// Puts the cursor on a record if a row shows it.
  public func select(_ id: Record.ID) {
    if let row = contents.row(of: id) { select(row: row) }
  }

  /// Puts the cursor on a record of a scope once its list is there.
  func reveal(_ id: Record.ID, in wanted: Scope) {
    guard scope != wanted || status.asOf == nil else { return reveal(id) }
    awaited = (id, wanted)
    load(wanted)
  }

  /// Puts the cursor on a record, clearing a filter that hides it.
  public func reveal(_ id: Record.ID) {
    guard record(id) != nil else { return }
    if contents.row(of: id) == nil { filter(by: "") }
    select(id)
  }

  public var filter: Filter { contents.ordering.filter }
  public var unknownCount: Int { contents.ordering.rows.unknownCount }
  public var vocabulary: FilterVocabulary { contents.vocabulary }

  public func filter(by text: String, isTyping: Bool) {
    let new = Filter(text, vocabulary, isTyping: isTyping)
    guard new != filter else { return }
    shownRows = nil
    contents.filter(by: new)
  }

  public var sortColumns: [ColumnHeader] { contents.sortColumns.map(\.header) }
  public var isGraph: Bool { resource.parents != nil }

  public func sort(by order: RowOrder?) {
    contents.sort(by: order)
    context.activity.changed()
    announceSelection()
  }

  public func show(rows shown: Range<Int>) {
    guard let onShow, shown != shownRows else { return }
    shownRows = shown
    let places = contents.places
    onShow(shown.clamped(to: places.indices).map { records.id(at: places[$0]) })
  }

  public var details: [DetailField] {
    selectedRecord.map { resource.details($0, contents.sources.context(of: $0)) } ?? []
  }

  public var markedCount: Int { contents.marks.count }
  public var unmarkedByFilterCount: Int { contents.marks.hiddenCount }

  public func toggleMark() {
    guard let row = selectedRow else { return }
    var marked = contents.marks.places
    marked.toggle(contents.places[row])
    mark(marked)
    select(row: row + 1)
  }

  public func invertMarks() {
    guard filter.problems.isEmpty else { return }
    var marked = contents.marks.places
    for place in contents.places { marked.toggle(place) }
    mark(marked)
  }

  public func markAll() {
    if filter.problems.isEmpty { mark(BitSet(contents.places)) }
  }

  public func clearMarks() { mark(BitSet()) }

  private func mark(_ places: BitSet) {
    contents.mark(places)
    context.activity.changed()
  }

  public func sayHiddenMarks() {
    if let text = contents.marks.hiddenText { context.notices.say(.information, text) }
  }
}

extension ListModel: CloudTableModel where Record: ServiceRecord, Scope == CloudScope {}
