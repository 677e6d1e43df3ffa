import CloudAPI
import CloudChanges

/// Makes the visible rows of a list, and caches those that the next frame will probably show again: making a row means
/// decoding a record.
struct ListRowMaker<Record: TableRecord> {
  /// The data that rows are made from.
  struct Sources {
    let records: RecordTable<Record>
    let ordering: RowOrdering<Record>
    /// The place of each row's record in the table.
    let places: [Int]
    let isFiltered: Bool
    let late: @Sendable (Record.ID) -> LoadState<Record.LateValue>
    /// The parents of a record, if the list is a graph.
    let parents: (@Sendable (Record) -> [Record.ID])?
    /// The e-mail address of the user of skydeck; `nil` if it isn't known.
    let me: String?

    /// What a column needs besides its record.
    func context(of record: Record) -> RowContext<Record> {
      let value = late(record.id)
      var relatives: [Record.ID: Record] = [:]
      for id in parents?(record) ?? [] {
        relatives[id] = records.place(of: id).map { records.records[$0] }
      }
      return RowContext(
        late: { _ in value }, record: { [relatives] in relatives[$0] },
        graphPrefix: isFiltered ? "" : ordering.prefixes[record.id] ?? "", me: me)
    }

    /// The values of the record at a place for other programs, without the mark of the user.
    func values(at place: Int, of columns: [Column<Record>]) -> [FieldValue] {
      let record = records.records[place]
      var context = context(of: record)
      context.me = nil
      return columns.map { $0.value(record, context) }
    }
  }

  /// Returns whether the record at a place is marked, and how it changed.
  typealias Sign = (_ place: Int, Record.ID) -> (isMarked: Bool, change: RowChange?)

  /// The columns on the screen: without those that no record fills, if they are hidden when empty.
  private(set) var columns: [Column<Record>]
  private(set) var headers: [ColumnHeader]
  private var cache = RowCache<Record.ID, Record.LateValue>()
  /// The rows returned last.
  private var last: (range: Range<Int>, rows: [TableRow])?

  init(_ columns: [Column<Record>]) {
    self.columns = columns
    headers = columns.map(\.header)
  }

  /// Leaves out the columns that are hidden when empty and that no record of the table fills.
  mutating func fit(_ all: [Column<Record>], to table: RecordTable<Record>) {
    self = ListRowMaker(
      all.filter { !$0.leavesWhenEmpty || table.count == 0 || table.filledColumns.contains($0.id) })
  }

  /// Clears the cache, because records, order or filter changed.
  mutating func forget() {
    cache.forget()
    last = nil
  }

  /// Clears the rows returned last, because marks, changes or late values are different now; record values stay cached.
  mutating func forgetSigns() {
    last = nil
  }

  /// The rows of a range; the same values as before if nothing was cleared since.
  mutating func rows(in range: Range<Int>, of sources: @autoclosure () -> Sources, sign: Sign) -> [TableRow] {
    if let last, last.range == range { return last.rows }
    let sources = sources()
    // A list that scrolled by a row still shows the others.
    let before = last
    let rows = range.map { index in
      if let before, before.range.contains(index) { return before.rows[index - before.range.lowerBound] }
      return row(at: index, of: sources, sign: sign)
    }
    last = (range, rows)
    return rows
  }

  mutating func row(at index: Int, of sources: Sources, sign: Sign) -> TableRow {
    let place = sources.places[index]
    let row = row(of: place, sources)
    let (isMarked, change) = sign(place, row.id)
    return TableRow(id: row.id.rawValue, values: row.values, isMarked: isMarked, change: change)
  }

  @specialized(where Record == User)
  private mutating func row(of place: Int, _ sources: Sources) -> RowCache<Record.ID, Record.LateValue>.Row {
    if let row = cache[place], row.late == sources.late(row.id) { return row }
    let record = sources.records.records[place]
    let context = sources.context(of: record)
    let row = RowCache.Row(
      id: record.id, late: context.late(record.id), values: columns.map { $0.value(record, context) })
    cache.keep(row, at: place)
    return row
  }
}
