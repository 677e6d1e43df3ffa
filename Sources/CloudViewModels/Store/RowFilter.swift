import CloudAPI

/// The records that match a filter, and those that matched shorter ones before: adding a character searches only these,
/// and deleting it restores them.
struct RowFilter: Sendable {
  private struct Step {
    let filter: TextFilter
    /// The matching records of each chunk.
    let matches: [[UInt16]]
  }

  private static let mostSteps = 32

  private var steps: [Step] = []

  /// Clears all results, because the records changed.
  mutating func reset() {
    steps = []
  }

  /// How many bytes of text must be searched, at most, to apply a filter; 0 if the result is already known.
  func work<Record>(for filter: TextFilter, in table: RecordTable<Record>) -> Int {
    if filter.isEmpty || steps.contains(where: { $0.filter == filter }) { return 0 }
    return table.textSize
  }

  /// The rows that match a filter.
  @specialized(where Record == User)
  mutating func rows<Record>(
    _ filter: TextFilter, of rows: [Int], in table: RecordTable<Record>
  ) -> [Int] {
    guard !filter.isEmpty else { return rows }
    let matches = matches(filter, in: table)
    var isLeft = [Bool](repeating: false, count: table.count)
    for (chunk, start) in table.records.starts.enumerated() {
      for place in matches[chunk] { isLeft[start + Int(place)] = true }
    }
    return rows.filter { isLeft[$0] }
  }

  @specialized(where Record == User)
  private mutating func matches<Record>(_ filter: TextFilter, in table: RecordTable<Record>) -> [[UInt16]] {
    while let last = steps.last, last.filter != filter, !filter.narrows(last.filter) { steps.removeLast() }
    if let last = steps.last, last.filter == filter { return last.matches }
    let known = steps.last?.matches
    let words = filter.bytes
    let matches = table.texts.indices.map { chunk in
      table.texts[chunk].records(holding: words, among: known?[chunk])
    }
    if steps.count == Self.mostSteps { steps.removeFirst() }
    steps.append(Step(filter: filter, matches: matches))
    return matches
  }
}
