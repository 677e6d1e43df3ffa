import CloudAPI

/// The records that match a filter, and those that matched shorter ones before: adding a character searches only these,
/// and deleting it restores them.
struct RowFilter<Record: TableRecord>: Sendable {
  typealias LateValues = @Sendable (Record.ID) -> LoadState<Record.LateValue>

  /// The result of a filter, for each chunk.
  struct Found: Sendable {
    fileprivate(set) var matches: [ChunkPlaces] = []
    /// The records that would match if a value that is unknown fitted.
    fileprivate(set) var unknown: [ChunkPlaces] = []

    var unknownCount: Int { unknown.reduce(0) { $0 + $1.count } }
  }

  private static var mostSteps: Int { 32 }
  /// The bytes of text that are searched in the time that reading one record and comparing its values takes.
  private static var bytesPerRecord: Int { 600 }

  private var steps: [(filter: Filter, found: Found)] = []

  /// Clears all results, because the records changed.
  mutating func reset() {
    steps = []
  }

  /// How much must be searched, at most, to apply a filter, in bytes of text; 0 if the result is already known.
  func work(for filter: Filter, in table: RecordTable<Record>) -> Int {
    let isKnown = table.texts.lateColumns.isEmpty && steps.contains { $0.filter == filter }
    if filter.showsAll || isKnown { return 0 }
    let hasWords = !filter.words.isEmpty || !filter.excluded.isEmpty
    let readsRecords =
      hasWords && !table.texts.lateColumns.isEmpty
      || filter.comparisons.contains { table.codedIndex(of: $0) == nil }
    return (hasWords ? table.texts.size : 0) + (readsRecords ? table.count * Self.bytesPerRecord : 0)
  }

  /// The rows that match a filter, and for how many that depends on a value that is unknown.
  @specialized(where Record == User)
  mutating func rows(
    _ filter: Filter, of rows: [Int], in table: RecordTable<Record>, late: @escaping LateValues = { _ in .waiting }
  ) -> (rows: [Int], unknownCount: Int) {
    guard !filter.showsAll else { return (rows, 0) }
    let found = found(filter, in: table, late: late)
    var isLeft = [Bool](repeating: false, count: table.count)
    for (chunk, start) in table.records.starts.enumerated() {
      for place in found.matches[chunk] { isLeft[start + place] = true }
    }
    return (rows.filter { isLeft[$0] }, found.unknownCount)
  }

  @specialized(where Record == User)
  private mutating func found(_ filter: Filter, in table: RecordTable<Record>, late: @escaping LateValues) -> Found {
    // Late values may have arrived since.
    if !table.texts.lateColumns.isEmpty { steps = [] }
    while let last = steps.last, last.filter != filter, !filter.narrows(last.filter) { steps.removeLast() }
    if let last = steps.last, last.filter == filter { return last.found }
    let search = FilterSearch(filter, in: table, late: late)
    var found = Found()
    for chunk in table.texts.chunks.indices {
      let candidates =
        steps.last.map { $0.found.matches[chunk].union($0.found.unknown[chunk]) }
        ?? ChunkPlaces(all: table.texts.chunks[chunk].count)
      let (matches, unknown) = search.places(in: chunk, among: candidates)
      found.matches.append(matches)
      found.unknown.append(unknown)
    }
    if steps.count == Self.mostSteps { steps.removeFirst() }
    steps.append((filter, found))
    return found
  }
}

extension RecordTable {
  /// The index, among the coded columns, of the column that a comparison is about, if its codes decide it: dates of one
  /// code differ.
  fileprivate func codedIndex(of comparison: FilterComparison) -> Int? {
    let column = columns[comparison.column]
    return column.kind == .date ? nil : texts.codedColumns.firstIndex { $0.id == column.id }
  }
}

/// One filter applied to a table, chunk by chunk.
private struct FilterSearch<Record: TableRecord> {
  /// A word with the codes of each coded column whose texts contain it.
  private struct Word {
    let bytes: [UInt8]
    /// What `SearchTexts.Chunk.ids` hold if the id is the word, or begins with it.
    let id: [UInt8]
    let codes: [(column: Int, held: [UInt64])]
  }

  private let table: RecordTable<Record>
  private let context: RowContext<Record>
  private let words: [Word]
  private let excluded: [Word]
  /// The comparisons that codes decide: whether each code fits, and the index of the coded column.
  private var coded: [(column: Int, holds: [Bool?])] = []
  /// The comparisons for which records are read.
  private var others: [FilterComparison] = []

  init(
    _ filter: Filter, in table: RecordTable<Record>,
    late: @escaping @Sendable (Record.ID) -> LoadState<Record.LateValue>
  ) {
    self.table = table
    context = RowContext(late: late, record: { id in table.place(of: id).map { table.records[$0] } })
    let search = { (word: Filter.Word) in
      Word(
        bytes: word.bytes, id: FoldedTexts.whole(word.bytes, isBeginning: word.isBeginning),
        codes: table.texts.values.enumerated().compactMap { index, values in
          values.codes(holding: word.bytes).map { (index, $0) }
        })
    }
    words = filter.words.map(search)
    excluded = filter.excluded.map(search)
    for comparison in filter.comparisons {
      if let index = table.codedIndex(of: comparison) {
        coded.append((index, table.texts.values[index].values.map(comparison.holds)))
      } else {
        others.append(comparison)
      }
    }
  }

  @specialized(where Record == User)
  func places(in chunk: Int, among candidates: ChunkPlaces) -> (matches: ChunkPlaces, unknown: ChunkPlaces) {
    var (matches, unknown) = (candidates, ChunkPlaces())
    for word in words where !matches.isEmpty { matches = places(of: word, in: chunk, among: matches) }
    for word in excluded where !matches.isEmpty { matches.subtract(places(of: word, in: chunk, among: matches)) }
    for (column, holds) in coded {
      let codes = table.texts.chunks[chunk].codes[column]
      sort(&matches, &unknown) { holds[Int(codes[$0])] }
    }
    guard !others.isEmpty else { return (matches, unknown) }
    let records = table.records.chunks[chunk]
    sort(&matches, &unknown) { place in
      let record = records[place]
      var result: Bool? = true
      for comparison in others {
        switch comparison.holds(for: table.columns[comparison.column].value(record, context)) {
        case true?: break
        case false?: return false
        case nil: result = nil
        }
      }
      return result
    }
    return (matches, unknown)
  }

  /// Removes the places that don't fit, and moves those for which that is unknown.
  private func sort(_ matches: inout ChunkPlaces, _ unknown: inout ChunkPlaces, _ holds: (Int) -> Bool?) {
    var (sure, maybe) = (matches, unknown)
    for place in matches {
      let holds = holds(place)
      if holds != true { sure.remove(place) }
      if holds == nil { maybe.insert(place) }
    }
    for place in unknown where holds(place) == false { maybe.remove(place) }
    (matches, unknown) = (sure, maybe)
  }

  @specialized(where Record == User)
  private func places(of word: Word, in chunk: Int, among candidates: ChunkPlaces) -> ChunkPlaces {
    let texts = table.texts.chunks[chunk]
    var found = texts.folded.records(holding: word.bytes, among: candidates)
    found.formUnion(texts.ids.records(holding: word.id, among: candidates))
    for (column, held) in word.codes {
      found.formUnion(ChunkPlaces(of: texts.codes[column], in: held).intersection(candidates))
    }
    guard !table.texts.lateColumns.isEmpty else { return found }
    let records = table.records.chunks[chunk]
    for place in candidates.subtracting(found) {
      let record = records[place]
      var late = FoldedTexts()
      late.append(table.texts.lateColumns.map { $0.searchText(record, context) })
      if late.holds(word.bytes, in: 0) { found.insert(place) }
    }
    return found
  }
}
