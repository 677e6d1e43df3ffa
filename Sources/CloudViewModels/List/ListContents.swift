import BitCollections
import CloudAPI
import CloudChanges
import FoundationEssentials

/// The records of a list and what depends on them: rows, cursor, marks and changes not yet seen.
///
/// Each part owns its state. This type keeps them consistent: every change of the records or rows ends in `settle()`.
@MainActor
final class ListContents<Record: TableRecord, Scope: ResourceScope> {
  private let resource: Resource<Record, Scope>
  private let context: ModelContext
  let ordering: ListOrdering<Record, Scope>
  let vocabulary: FilterVocabulary

  private(set) var table: RecordTable<Record> { didSet { tableVersion &+= 1 } }
  /// Incremented on every change of the table.
  private var tableVersion = 0
  private(set) var cursor = ListCursor<Record.ID>()
  private(set) var marks = Marks<Scope>() { didSet { rowMaker.forgetSigns() } }
  /// Changes found by readings, of records that the cursor has not been on since.
  private(set) var changes = RecordChanges<Record>() { didSet { rowMaker.forgetSigns() } }
  private var rowMaker: ListRowMaker<Record>
  /// Of the list when it arrived, so that columns keep their widths while rows are added and scrolled.
  private(set) var widestTexts = WidestTexts()
  /// The scope of the records.
  private var scope: Scope?
  /// Whether the records are only the first part of a list.
  private var isPartial = false
  /// Whether the cursor goes to the first row when the rows are in the order that was asked for.
  private var goesToFirstRow = false

  /// Called when the rows or their order changed, after cursor and marks followed.
  var onRows: (@MainActor () -> Void)?
  /// Called when the records of the table changed.
  var onRecords: (@MainActor () -> Void)?

  init(_ resource: Resource<Record, Scope>, context: ModelContext) {
    self.resource = resource
    self.context = context
    vocabulary = resource.vocabulary
    ordering = ListOrdering(resource, activity: context.activity)
    rowMaker = ListRowMaker(resource.paneColumns)
    table = RecordTable(resource)
    ordering.onRows = { [weak self] in self?.rowsChanged() }
  }

  var records: RecordList<Record> { table.records }
  /// The place of each row's record in the table.
  var places: [Int] { ordering.places }
  var columns: [Column<Record>] { rowMaker.columns }
  var headers: [ColumnHeader] { rowMaker.headers }

  func record(_ id: Record.ID) -> Record? {
    table.place(of: id).map { records[$0] }
  }

  // MARK: Records

  /// Shows the first records of a list, in the API's order; the rest may still arrive or may never come.
  func show(partOf scope: Scope, _ new: RecordTable<Record>) {
    let isFirst = scope != self.scope || table.count == 0
    begin(scope, isPartial: true)
    replace(by: new, ordering.unarranged(new))
    if isFirst { widestTexts = WidestTexts(of: columns, in: sources, most: WidestTexts.atOnce) }
  }

  /// Shows a list that was read completely.
  ///
  /// - Parameters:
  ///   - since: when the previous list was read; `nil` if there is none of this scope.
  func show(_ list: PreparedList<Record>, of scope: Scope, since: Date?) {
    begin(scope, isPartial: false)
    // The record that the user looked at stays under the cursor, even if new rows appear above it.
    if since != nil, cursor.id != nil { cursor.choose() }
    replace(by: list.table, list.rows)
    widestTexts = list.widestTexts
    guard let found = list.changes, let since, !found.isEmpty else { return }
    changes.add(found, since: since) { table.place(of: $0) != nil }
  }

  /// Orders, filters, measures and compares a list that was read.
  func prepared(_ new: RecordTable<Record>, isReread: Bool) async -> PreparedList<Record> {
    let changes = isReread ? await RecordChanges.compared(records, new.records) : nil
    // The names of a tree are as wide as the order makes them.
    let isLong = new.count > (resource.parents == nil ? WidestTexts.atOnce : RecordTable<Record>.atOnce)
    let ofLong = isLong ? await WidestTexts.found(of: resource.paneColumns, in: sources(of: new, ListRows())) : nil
    // Last: order and filter are then those in effect when the work ends.
    let rows = await ordering.arranged(new)
    let widest = ofLong ?? WidestTexts(of: resource.paneColumns, in: sources(of: new, rows))
    return PreparedList(table: new, rows: rows, widestTexts: widest, changes: changes)
  }

  func clear(for scope: Scope?) {
    begin(scope, isPartial: false)
    replace(by: RecordTable(resource), ListRows())
  }

  /// Resets the cursor and the changes if the records belong to another scope.
  private func begin(_ new: Scope?, isPartial: Bool) {
    self.isPartial = isPartial
    guard new != scope || new == nil else { return }
    scope = new
    goesToFirstRow = false
    cursor.reset()
    changes = RecordChanges()
  }

  /// Replaces the records and their rows; cursor and marks stay on their records.
  private func replace(by newTable: RecordTable<Record>, _ newRows: ListRows<Record>) {
    let old = DeferredRelease(table)
    let wasLong = table.count > RecordTable<Record>.atOnce
    let (selected, hadMarks) = (cursor.isChosen ? cursor.id.flatMap(record) : nil, !marks.isEmpty)
    if hadMarks { marks.move(to: marks.places.moved(from: table, to: newTable)) }
    table = newTable
    if wasLong { Task { await old.end() } }
    rowMaker.fit(resource.paneColumns, to: newTable)
    ordering.take(newRows)
    rowsChanged()
    if let selected, table.place(of: selected.id) == nil {
      noteLoss(of: selected)
    } else if hadMarks, marks.isEmpty, let loss = marks.loss {
      cursor.lost(loss, elapsed: context.clock.stopwatch())
    }
  }

  /// Replaces records, and adds those that are new at the end.
  func keep(_ fresh: [Record]) {
    var isChanged = false
    for record in fresh {
      if let place = table.place(of: record.id) {
        guard records[place] != record else { continue }
        table.replace(at: place, with: record)
        ordering.recordChanged()
      } else {
        table.append([record])
        ordering.append(table.count - 1, of: table)
      }
      widestTexts.take(record, columns, sources)
      isChanged = true
    }
    if isChanged { recordsChanged() }
  }

  /// Updates a record of the list with a newer reading.
  func refresh(_ fresh: Record) {
    if table.place(of: fresh.id) != nil { keep([fresh]) }
  }

  /// Removes records; the cursor moves to the row that takes their place.
  func drop(_ ids: [Record.ID]) {
    let left = table.left(without: ids)
    guard !left.removed.isEmpty else { return }
    table.remove(left)
    removed(left)
  }

  /// Removes records, off the main actor if the list is long, so that keys are still answered.
  func dropPatiently(_ ids: [Record.ID]) {
    guard table.count > RecordTable<Record>.atOnce else { return drop(ids) }
    context.activity.run { [weak self, scope] in
      // In another cloud, the same id means another record.
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

  /// Notes that the record under the cursor disappeared without the user's doing: the next key may be meant for it and
  /// would hit the row that took its place.
  func noteLoss(of record: Record) {
    cursor.lost("\(resource.title(record)) is gone.", elapsed: context.clock.stopwatch())
  }

  // MARK: Unseen changes

  /// Marks records as changed whose late values differ from before, except the one under the cursor: the user already
  /// looks at it.
  ///
  /// - Returns: whether there are any.
  func sign(lateValuesBefore before: [Record.ID: Record.LateValue]) -> Bool {
    let found = before.filter { id, _ in id != cursor.id && table.place(of: id) != nil }
    for (id, value) in found { changes.add(id, lateBefore: value) }
    return !found.isEmpty
  }

  func forgetChanges() {
    changes = RecordChanges()
  }

  // MARK: Cursor and marks

  /// Puts the cursor on a row, or on the nearest one if it is out of range, for the user.
  ///
  /// - Returns: whether the cursor moved.
  func select(row: Int) -> Bool {
    guard !places.isEmpty else { return false }
    let row = min(max(0, row), places.count - 1)
    let (id, before) = (records.id(at: places[row]), cursor.id)
    guard cursor.move(to: id, row: row) else { return false }
    // The user has seen the record that the cursor leaves.
    if let before, before != id, changes[before] != nil { changes.remove(before) }
    return true
  }

  /// Notes that the user acted on the list: from now on the cursor stays on its record.
  func choose() {
    cursor.choose()
  }

  /// The row of a record; `nil` if the filter hides it or it isn't in the table.
  func row(of id: Record.ID) -> Int? {
    table.place(of: id).flatMap { places.firstIndex(of: $0) }
  }

  /// Replaces the marks by those that the user set.
  func mark(_ places: BitSet) {
    cursor.choose()
    marks.set(places, in: scope)
  }

  func unmark(_ ids: some Sequence<Record.ID>) {
    for id in ids {
      if let place = table.place(of: id) { marks.remove(place) }
    }
  }

  /// The marked records, in row order.
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

  /// What the values of the rows are made of, at present.
  var sources: ListRowMaker<Record>.Sources { sources(of: table, ordering.rows) }

  private func sources(of table: RecordTable<Record>, _ rows: ListRows<Record>) -> ListRowMaker<Record>.Sources {
    ListRowMaker.Sources(
      records: table, ordering: rows.ordering, places: rows.places, isFiltered: !ordering.filter.showsAll,
      late: ordering.late(), parents: resource.parents, me: context.service.me)
  }

  func lateValuesChanged() {
    rowMaker.forgetSigns()
  }

  /// Sorts by a column; `nil` for the API's order or the graph's. The cursor goes to the first row of the new order.
  func sort(by order: RowOrder?) {
    cursor.choose()
    goesToFirstRow = true
    ordering.sort(by: order, table, isPartial: isPartial)
    goToFirstRow()
  }

  /// Puts the cursor on the first row once the rows are in the order that was asked for last.
  private func goToFirstRow() {
    guard goesToFirstRow, !isPartial, ordering.isOrderCurrent else { return }
    goesToFirstRow = false
    _ = select(row: 0)
  }

  /// The columns that the rows can be sorted by: without those that no record fills.
  var sortColumns: [Column<Record>] {
    resource.sortColumns.filter { !$0.leavesWhenEmpty || table.count == 0 || table.filledColumns.contains($0.id) }
  }

  func filter(by filter: Filter) {
    cursor.choose()
    rowMaker.forget()
    ordering.filter(by: filter, table)
  }

  /// Orders the rows again, for instance after late values have arrived.
  func rearrange() {
    ordering.rearrange(table, isPartial: isPartial)
  }

  private func rowsChanged() {
    settle()
    goToFirstRow()
    onRows?()
  }

  private func recordsChanged() {
    settle()
    rearrange()
    onRecords?()
  }

  /// Moves cursor and marks to the new rows, and reports which marks were dropped.
  private func settle() {
    rowMaker.forget()
    cursor.settle(rowCount: places.count, rowOfRecord: row(of:)) { records.id(at: places[$0]) }
    marks.settle(in: scope, rows: places, isFiltered: !ordering.rows.filter.showsAll)
    if let loss = marks.loss { context.notices.say(.information, loss) }
  }
}
