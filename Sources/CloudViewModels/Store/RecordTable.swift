import CloudAPI
import CloudChanges

/// All that a list knows of its records, without their order on the screen: found by id, searched by their texts, and
/// which columns they fill.
///
/// It is made away from the main actor, which is handed copies: these share what the records take.
struct RecordTable<Record: ServiceRecord>: Sendable {
  private(set) var records: RecordList<Record>
  /// The folded texts of the records, chunk by chunk as these.
  private(set) var texts: [FoldedTexts] = []
  private(set) var textSize = 0
  /// The names of columns that some record has a value for, of those that leave where none has.
  private(set) var filledColumns: Set<String> = []

  /// Those of the list that was read.
  private(set) var oddRecords = OddRecords()
  /// Whether some record has fields that can't be read as they should, also one that came since.
  private(set) var hasOddRecords = false

  private var index = RecordIndex()
  private let searchTexts: @Sendable (Record) -> [String]
  private let oddFields: OddFields<Record>?
  private let title: @Sendable (Record) -> String
  private var unfilledColumns: [Column<Record>]

  init<Scope>(_ resource: Resource<Record, Scope>) {
    records = RecordList(packing: resource.packing)
    searchTexts = resource.searchTexts
    oddFields = resource.oddFields
    title = resource.title
    unfilledColumns = resource.columns.filter(\.leavesWhenEmpty)
  }

  /// So many records are put in order at once; more, off the main actor.
  static var atOnce: Int { 2_000 }
  /// So many bytes of text are searched at once, which takes 3 ms.
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
      if (texts.last?.count ?? .max) >= textCapacity(texts.count - 1) { texts.append(FoldedTexts(after: texts.last)) }
      appendText(of: record)
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
    texts[chunk].replace(place - records.starts[chunk], with: searchTexts(record))
    notice(record)
    if oddFields?.all(record).isEmpty == false { hasOddRecords = true }
  }

  /// Takes records out, as many as there are in the time that one takes.
  @specialized(where Record == User)
  mutating func remove(_ left: PlacesLeft) {
    for (chunk, start) in records.starts.enumerated() {
      let gone = left.removed(in: start..<start + records.chunks[chunk].count)
      guard !gone.isEmpty else { continue }
      let before = texts[chunk].bytes.count
      texts[chunk].remove(gone.map { $0 - start })
      textSize += texts[chunk].bytes.count - before
    }
    records.remove(left)
    index.remove(left)
  }

  func left(without ids: [Record.ID]) -> PlacesLeft {
    PlacesLeft(of: count, without: ids.compactMap(place))
  }

  /// The table without some records, made away from whoever asks.
  @concurrent
  func without(_ ids: [Record.ID]) async -> (RecordTable, PlacesLeft) {
    let left = left(without: ids)
    var smaller = self
    smaller.remove(left)
    return (smaller, left)
  }

  /// How many texts belong to the records of a chunk.
  private func textCapacity(_ chunk: Int) -> Int {
    chunk < 0 ? 0 : records.chunks[chunk].count
  }

  private mutating func appendText(of record: Record) {
    let last = texts.count - 1
    let before = texts[last].bytes.count
    texts[last].append(searchTexts(record))
    textSize += texts[last].bytes.count - before
    if texts[last].count == RecordList<Record>.chunkSize { texts[last].compact() }
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
