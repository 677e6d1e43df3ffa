import BitCollections
import CloudAPI
import CloudChanges
import FoundationEssentials

/// The records of a list with all that follows them: rows, cursor, marks and what is new.
///
/// Each part owns its state. Here they are kept in step: whatever changes the records or the rows ends in `settle()`.
@MainActor
final class ListContents<Record: ServiceRecord, Scope: ResourceScope> {
  private let resource: Resource<Record, Scope>
  private let context: ModelContext
  let ordering: ListOrdering<Record, Scope>

  private(set) var table: RecordTable<Record> { didSet { tableVersion &+= 1 } }
  /// Incremented by every change of the table.
  private var tableVersion = 0
  private(set) var cursor = ListCursor<Record.ID>()
  private(set) var marks = Marks<Scope>() { didSet { rowMaker.forgetSigns() } }
  /// What readings brought that the cursor has not been on since.
  private(set) var changes = RecordChanges<Record>() { didSet { rowMaker.forgetSigns() } }
  private var rowMaker: ListRowMaker<Record>
  /// What the records belong to.
  private var scope: Scope?
  /// Whether the records are only the first of a list.
  private var isPartial = false

  /// Called when the rows are others or in another order, and cursor and marks have followed them.
  var onRows: (@MainActor () -> Void)?
  /// Called when the table holds other records.
  var onRecords: (@MainActor () -> Void)?

  init(_ resource: Resource<Record, Scope>, context: ModelContext) {
    self.resource = resource
    self.context = context
    ordering = ListOrdering(resource, activity: context.activity)
    rowMaker = ListRowMaker(resource.columns)
    table = RecordTable(resource)
    ordering.onRows = { [weak self] in self?.rowsChanged() }
  }

  var records: RecordList<Record> { table.records }
  /// The places of the records in the rows.
  var places: [Int] { ordering.places }
  var columns: [Column<Record>] { rowMaker.columns }
  var headers: [ColumnHeader] { rowMaker.headers }

  func record(_ id: Record.ID) -> Record? {
    table.place(of: id).map { records[$0] }
  }

  // MARK: Records

  /// Shows the first records of a list, in the API's order: the rest is on its way, or never comes.
  func show(partOf scope: Scope, _ new: RecordTable<Record>) {
    begin(scope, isPartial: true)
    replace(by: new, ordering.unarranged(new))
  }

  /// Shows a list that was read.
  ///
  /// - Parameters:
  ///   - rows: those of the table, in the order and with the filter that are asked for.
  ///   - found: what differs from the list before; `nil` where that was of something else.
  ///   - since: when the list before was read.
  func show(
    _ new: RecordTable<Record>, _ rows: ListRows<Record>, of scope: Scope, changes found: RecordChanges<Record>?,
    since: Date?
  ) {
    begin(scope, isPartial: false)
    // What a person had before their eyes stays under the cursor, whatever comes to stand above it.
    if since != nil, cursor.id != nil { cursor.choose() }
    replace(by: new, rows)
    if let found, let since, !found.isEmpty { changes.add(found, since: since) { table.place(of: $0) != nil } }
  }

  /// Removes all records.
  func clear(for scope: Scope?) {
    begin(scope, isPartial: false)
    replace(by: RecordTable(resource), ListRows())
  }

  /// The cursor and what is new start anew where the records are another scope's.
  private func begin(_ new: Scope?, isPartial: Bool) {
    self.isPartial = isPartial
    guard new != scope || new == nil else { return }
    scope = new
    cursor.reset()
    changes = RecordChanges()
  }

  /// Takes other records and their rows in place of the old; cursor and marks stay on their records.
  private func replace(by newTable: RecordTable<Record>, _ newRows: ListRows<Record>) {
    let old = DeferredRelease(table)
    let wasLong = table.count > RecordTable<Record>.atOnce
    let (selected, hadMarks) = (cursor.isChosen ? cursor.id.flatMap(record) : nil, !marks.isEmpty)
    if hadMarks { marks.move(to: marks.places.moved(from: table, to: newTable)) }
    table = newTable
    if wasLong { Task { await old.end() } }
    rowMaker.fit(resource.columns, to: newTable)
    ordering.take(newRows)
    rowsChanged()
    if let selected, table.place(of: selected.id) == nil {
      noteLoss(of: selected)
    } else if hadMarks, marks.isEmpty, let loss = marks.loss {
      cursor.lost(loss, elapsed: context.clock.stopwatch())
    }
  }

  /// Replaces a record, or adds it at the end where it is new.
  func keep(_ record: Record) {
    guard table.place(of: record.id) == nil else { return refresh(record) }
    table.append([record])
    ordering.append(table.count - 1, of: table)
    recordsChanged()
  }

  /// Takes what was read of a record that the list holds.
  func refresh(_ fresh: Record) {
    guard let place = table.place(of: fresh.id), records[place] != fresh else { return }
    table.replace(at: place, with: fresh)
    ordering.recordChanged()
    recordsChanged()
  }

  /// Removes records; the cursor goes to the row that takes their place.
  func drop(_ ids: [Record.ID]) {
    let left = table.left(without: ids)
    guard !left.removed.isEmpty else { return }
    table.remove(left)
    removed(left)
  }

  /// Removes records, of a long list off the main actor, so that keys are answered meanwhile.
  func dropPatiently(_ ids: [Record.ID]) {
    guard table.count > RecordTable<Record>.atOnce else { return drop(ids) }
    context.activity.run { [weak self, scope] in
      // An id means another record in another cloud.
      while let self, self.scope == scope {
        let version = tableVersion
        let (smaller, left) = await table.without(ids)
        guard version == tableVersion else { continue }
        guard !left.removed.isEmpty else { return }
        let old = DeferredRelease(table)
        table = smaller
        removed(left)
        return await old.end()
      }
    }
  }

  private func removed(_ left: PlacesLeft) {
    marks.tableRemoved(left)
    ordering.remove(left)
    recordsChanged()
  }

  /// Notes that a record left from under the cursor without the person's doing: they may be about to press a key that is
  /// meant for it, and would hit the row that took its place.
  func noteLoss(of record: Record) {
    cursor.lost("\(resource.title(record)) is gone.", elapsed: context.clock.stopwatch())
  }

  // MARK: What is new

  /// Signs records whose late values came out otherwise than they were. The one under the cursor is being looked at: its
  /// value is read again because of that.
  ///
  /// - Returns: whether there are such.
  func sign(lateValuesBefore before: [Record.ID: CloudSize]) -> Bool {
    let found = before.filter { id, _ in id != cursor.id && table.place(of: id) != nil }
    for (id, size) in found { changes.add(id, resizedFrom: size) }
    return !found.isEmpty
  }

  func forgetChanges() {
    changes = RecordChanges()
  }

  // MARK: Cursor and marks

  /// A person puts the cursor on a row, or on the nearest where there is none.
  ///
  /// - Returns: whether it was elsewhere before.
  func select(row: Int) -> Bool {
    guard !places.isEmpty else { return false }
    let row = min(max(0, row), places.count - 1)
    let (id, before) = (records.id(at: places[row]), cursor.id)
    guard cursor.move(to: id, row: row) else { return false }
    // What was under it has been seen.
    if let before, before != id, changes[before] != nil { changes.remove(before) }
    return true
  }

  /// Records that a person acted on the list: the cursor keeps to its record from now on.
  func choose() {
    cursor.choose()
  }

  /// The row of a record; `nil` where the filter hides it, or it isn't there.
  func row(of id: Record.ID) -> Int? {
    table.place(of: id).flatMap { places.firstIndex(of: $0) }
  }

  /// Puts the marks of a person in place of those that are there.
  func mark(_ places: BitSet) {
    cursor.choose()
    marks.set(places, in: scope)
  }

  /// Removes the marks of records.
  func unmark(_ ids: some Sequence<Record.ID>) {
    for id in ids {
      if let place = table.place(of: id) { marks.remove(place) }
    }
  }

  /// The marked records in the order of their rows.
  var markedRecords: [Record] {
    marks.isEmpty ? [] : places.filter(marks.contains).map { records[$0] }
  }

  // MARK: Rows

  func rows(in range: Range<Int>) -> [TableRow] {
    rowMaker.rows(in: range, of: sources) { (marks.contains($0), changes.sign(of: $1)) }
  }

  func row(at index: Int) -> TableRow {
    rowMaker.row(at: index, of: sources) { (marks.contains($0), changes.sign(of: $1)) }
  }

  /// What the rows' values are made of, as it is now.
  var sources: ListRowMaker<Record>.Sources {
    ListRowMaker.Sources(
      records: table, ordering: ordering.rows.ordering, places: places, isFiltered: !ordering.filter.isEmpty,
      late: ordering.late(), parents: resource.parents)
  }

  func lateValuesChanged() {
    rowMaker.forgetSigns()
  }

  /// Goes on to the next column and direction.
  func sortByNextColumn() {
    cursor.choose()
    ordering.sortByNext(of: columns, table, isPartial: isPartial)
  }

  func filter(by filter: TextFilter) {
    cursor.choose()
    rowMaker.forget()
    ordering.filter(by: filter, table)
  }

  /// Orders the rows anew, for instance when late values have come.
  func rearrange() {
    ordering.rearrange(table, isPartial: isPartial)
  }

  private func rowsChanged() {
    settle()
    onRows?()
  }

  private func recordsChanged() {
    settle()
    rearrange()
    onRecords?()
  }

  /// Has cursor and marks follow the rows, and says which marks were dropped.
  private func settle() {
    rowMaker.forget()
    cursor.settle(rowCount: places.count, rowOfRecord: row(of:)) { records.id(at: places[$0]) }
    marks.settle(in: scope, rows: places, isFiltered: !ordering.rows.filter.isEmpty)
    if let loss = marks.loss { context.notices.say(.information, loss) }
  }
}
