/// Records in the order of their keys, ascending, and which of them have equal ones.
struct SortedRecords: Sendable {
  /// Places of records, those with a key.
  private(set) var keyed: [Int] = []
  /// Of each keyed record, whether its key is that of the one before.
  private(set) var isTied: [Bool] = []
  /// Those without a key, which come last in either direction.
  private(set) var missing: [Int] = []

  /// - Parameter keys: one for each record. Numbers come before texts.
  init(_ keys: some Sequence<SortKey>) {
    var (numbers, texts) = (KeyBytes(), KeyBytes())
    for (record, key) in keys.enumerated() {
      switch key {
      case .number(let number): numbers.append(Self.bytes(of: number), of: record)
      case .text(let text): texts.append(text.utf8, of: record)
      case .missing: missing.append(record)
      }
    }
    keyed.reserveCapacity(numbers.count + texts.count)
    numbers.sort(into: &keyed, &isTied)
    texts.sort(into: &keyed, &isTied)
  }

  /// By one of their search texts; an empty one is missing.
  init(_ texts: [FoldedTexts], by text: Int) {
    var keys = KeyBytes()
    var record = 0
    for chunk in texts {
      for place in 0..<chunk.count {
        let range = chunk.range(ofText: text, of: place)
        if range.isEmpty { missing.append(record) } else { keys.append(chunk.bytes[range], of: record) }
        record += 1
      }
    }
    keyed.reserveCapacity(keys.count)
    keys.sort(into: &keyed, &isTied)
  }

  /// All records. Those with equal keys stay in the API's order, so that rows never change places for nothing.
  func records(ascending: Bool) -> [Int] {
    guard !ascending else { return missing.isEmpty ? keyed : keyed + missing }
    var records: [Int] = []
    records.reserveCapacity(keyed.count + missing.count)
    var end = keyed.count
    while end > 0 {
      var start = end - 1
      while isTied[start] { start -= 1 }
      records.append(contentsOf: keyed[start..<end])
      end = start
    }
    return records + missing
  }

  /// Bytes that compare as the numbers do.
  private static func bytes(of number: Double) -> [UInt8] {
    // Zero has two signs, which are equal.
    let bits = (number + 0).bitPattern
    let ordered = bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    return (0..<8).map { UInt8(truncatingIfNeeded: ordered >> (56 - 8 * $0)) }
  }
}

/// The keys of records as bytes in one run, sorted eight bytes at a time.
private struct KeyBytes {
  private struct Item {
    /// Eight bytes of the key, the first one most significant, filled up with zeros.
    var part: UInt64
    let record: UInt32
    /// The key's place in the run.
    let start: UInt32
    let end: UInt32
  }

  private var bytes: [UInt8] = []
  private var items: [Item] = []

  var count: Int { items.count }

  mutating func append(_ key: some Collection<UInt8>, of record: Int) {
    let start = bytes.count
    bytes.append(contentsOf: key)
    items.append(Item(part: 0, record: UInt32(record), start: UInt32(start), end: UInt32(bytes.count)))
  }

  /// Radix sort from the front: items whose first bytes are equal are sorted by the next ones.
  mutating func sort(into records: inout [Int], _ isTied: inout [Bool]) {
    let base = records.count
    isTied += Array(repeating: false, count: items.count)
    bytes.withUnsafeBufferPointer { bytes in
      items.withUnsafeMutableBufferPointer { items in
        var waiting = [(range: items.indices, depth: 0)]
        while let (range, depth) = waiting.popLast() {
          for index in range { items[index].part = Self.part(of: items[index], at: depth, bytes) }
          items[range].sort { left, right in
            left.part != right.part ? left.part < right.part : Self.isBefore(left, right, depth)
          }
          var start = range.lowerBound
          while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound, items[end].part == items[start].part { end += 1 }
            // Keys that end here come first, the shorter ones before the longer: these hold zeros.
            var ended = start
            while ended < end, Self.length(items[ended]) <= depth + 8 {
              if ended > start, Self.length(items[ended]) == Self.length(items[ended - 1]) {
                isTied[base + ended] = true
              }
              ended += 1
            }
            if end - ended > 1 { waiting.append((ended..<end, depth + 8)) }
            start = end
          }
        }
      }
    }
    for item in items { records.append(Int(item.record)) }
  }

  private static func isBefore(_ left: Item, _ right: Item, _ depth: Int) -> Bool {
    let (leftLength, rightLength) = (min(length(left), depth + 9), min(length(right), depth + 9))
    return leftLength != rightLength ? leftLength < rightLength : left.record < right.record
  }

  private static func length(_ item: Item) -> Int { Int(item.end - item.start) }

  private static func part(of item: Item, at depth: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var part: UInt64 = 0
    let start = Int(item.start) + depth
    for index in start..<min(start + 8, Int(item.end)) { part = part << 8 | UInt64(bytes[index]) }
    let taken = min(8, Int(item.end) - start)
    return taken == 8 ? part : part << UInt64(8 * (8 - taken))
  }
}
