import CloudAPI
import CloudChanges

/// The records of a list, regardless of their order on the screen: with an index by id, the texts to search and the
/// columns that have values.
///
/// It is built off the main actor, which receives copies that share their storage.
struct RecordTable<Record: TableRecord>: Sendable {
  private(set) var records: RecordList<Record>
  /// What the words of a filter are looked for in, in the same chunks as the records.
  private(set) var texts: SearchTexts<Record>
  /// The columns that a filter can name.
  let columns: [Column<Record>]
  /// Of the columns that are hidden when empty, the names of those that some record has a value for.
  private(set) var filledColumns: Set<String> = []

  /// The records that were added with fields that can't be read as documented.
  private(set) var oddRecords = OddRecords()
  /// Whether some record has had such fields, including records that replaced another.
  private(set) var hasOddRecords = false

  private var index = RecordIndex()
  private let oddFields: OddFields<Record>?
  private let title: @Sendable (Record) -> String
  private var unfilledColumns: [Column<Record>]

  init<Scope>(_ resource: Resource<Record, Scope>) {
    records = RecordList(packing: resource.packing)
    texts = SearchTexts(resource.searchedColumns)
    columns = resource.everyColumn
    oddFields = resource.oddFields
    title = resource.title
    unfilledColumns = resource.columns.filter(\.leavesWhenEmpty)
  }

  /// The most records that are ordered on the main actor.
  static var atOnce: Int { 2_000 }
  /// The most bytes of text that are searched on the main actor, which takes 3 ms.
  static var textAtOnce: Int { 4 << 20 }

  var count: Int { records.count }

  func place(of id: Record.ID) -> Int? {
    index.place(of: id) { records.id(at: $0) == id }
  }

  @specialized(where Record == User)
  mutating func append(_ new: [Record]) {
    records.append(contentsOf: new)
    for record in new {
      index.append(record.id)
      let last = texts.chunks.count - 1
      texts.append(record, isNew: last < 0 || texts.chunks[last].count >= records.chunks[last].count)
      notice(record)
      if let oddities = oddFields?.all(record), !oddities.isEmpty {
        oddRecords.append(oddities, of: record.id, called: title(record))
        hasOddRecords = true
      }
    }
  }

  mutating func replace(at place: Int, with record: Record) {
    records.replace(at: place, with: record)
    let chunk = records.chunk(of: place)
    texts.replace(at: place - records.starts[chunk], in: chunk, with: record)
    notice(record)
    if oddFields?.all(record).isEmpty == false { hasOddRecords = true }
  }

  /// Removes records, all in one pass.
  @specialized(where Record == User)
  mutating func remove(_ left: PlacesLeft) {
    for (chunk, start) in records.starts.enumerated() {
      let gone = left.removed(in: start..<start + records.chunks[chunk].count)
      if !gone.isEmpty { texts.remove(gone.map { $0 - start }, from: chunk) }
    }
    records.remove(left)
    index.remove(left)
  }

  func left(without ids: [Record.ID]) -> PlacesLeft {
    PlacesLeft(of: count, without: ids.compactMap(place))
  }

  /// Copies the table without some records, off the caller's actor.
  @concurrent
  func without(_ ids: [Record.ID]) async -> (RecordTable, PlacesLeft) {
    let left = left(without: ids)
    var smaller = self
    smaller.remove(left)
    return (smaller, left)
  }

  private mutating func notice(_ record: Record) {
    guard !unfilledColumns.isEmpty else { return }
    unfilledColumns.removeAll { column in
      guard column.value(record, RowContext()) != .none else { return false }
      filledColumns.insert(column.id)
      return true
    }
  }
}
