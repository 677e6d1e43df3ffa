import CloudAPI
import CloudChanges

/// Makes the rows of a list on the screen, and keeps those that the next frame is likely to show again: making a row takes
/// a record apart.
struct ListRowMaker<Record: ServiceRecord> {
  /// What rows are made of.
  struct Sources {
    let records: RecordTable<Record>
    let ordering: RowOrdering<Record>
    /// The places of the records in the rows.
    let places: [Int]
    let isFiltered: Bool
    let late: @Sendable (Record.ID) -> LoadState<CloudSize>
    /// The records that a record hangs under, where the list is a graph.
    let parents: (@Sendable (Record) -> [Record.ID])?

    /// What a column needs beside its record.
    func context(of record: Record) -> RowContext<Record> {
      let value = late(record.id)
      var relatives: [Record.ID: Record] = [:]
      for id in parents?(record) ?? [] {
        relatives[id] = records.place(of: id).map { records.records[$0] }
      }
      return RowContext(
        late: { _ in value }, record: { [relatives] in relatives[$0] },
        graphPrefix: isFiltered ? "" : ordering.prefixes[record.id] ?? "")
    }
  }

  /// Whether the record at a place is marked, and how it changed.
  typealias Sign = (_ place: Int, Record.ID) -> (isMarked: Bool, change: RowChange?)

  /// The columns that some record has a value for, or that stay without.
  private(set) var columns: [Column<Record>]
  private(set) var headers: [ColumnHeader]
  private var cache = RowCache<Record.ID>()
  /// The rows that were asked for last.
  private var last: (range: Range<Int>, rows: [TableRow])?

  init(_ columns: [Column<Record>]) {
    self.columns = columns
    headers = columns.map(\.header)
  }

  /// Leaves out the columns that no record of the table has a value for, of those that leave then.
  mutating func fit(_ all: [Column<Record>], to table: RecordTable<Record>) {
    self = ListRowMaker(
      all.filter { !$0.leavesWhenEmpty || table.count == 0 || table.filledColumns.contains($0.id) })
  }

  /// Forgets the rows: records, their order or the filter changed.
  mutating func forget() {
    cache.forget()
    last = nil
  }

  /// Forgets what rows say beside their records: marks, changes or late values are others now.
  mutating func forgetSigns() {
    last = nil
  }

  /// The rows of a range; the same as before where nothing was forgotten.
  mutating func rows(in range: Range<Int>, of sources: Sources, sign: Sign) -> [TableRow] {
    if let last, last.range == range { return last.rows }
    let rows = range.map { row(at: $0, of: sources, sign: sign) }
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
  private mutating func row(of place: Int, _ sources: Sources) -> RowCache<Record.ID>.Row {
    if let row = cache[place], row.late == sources.late(row.id) { return row }
    let record = sources.records.records[place]
    let context = sources.context(of: record)
    let row = RowCache.Row(
      id: record.id, late: context.late(record.id), values: columns.map { $0.value(record, context) })
    cache.keep(row, at: place)
    return row
  }
}
