/// Records sorted by their keys, ascending, with the information which keys are equal.
struct SortedRecords: Sendable {
  /// The places of the records that have a key.
  private(set) var keyed: [Int] = []
  /// For each record in `keyed`, whether its key equals that of the one before.
  private(set) var isTied: [Bool] = []
  /// The places of the records without a key, which come last in either direction.
  private(set) var missing: [Int] = []

  /// - Parameter keys: one for each record; numbers come before texts.
  init(_ keys: some Sequence<SortKey>) {
    var (numbers, texts) = (SortKeyBytes(), SortKeyBytes())
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

  /// Sorts by one of the search texts; an empty text counts as a missing key.
  init(_ texts: [FoldedTexts], by text: Int) {
    var keys = SortKeyBytes()
    var record = 0
    keys.reserveCapacity(
      texts.reduce(0) { $0 + $1.count }, bytes: texts.reduce(0) { $0 + $1.bytes.count })
    var key: [UInt8] = []
    for chunk in texts {
      chunk.bytes.withUnsafeBufferPointer { bytes in
        for place in 0..<chunk.count {
          let range = chunk.range(ofText: text, of: place, in: bytes)
          if range.isEmpty {
            missing.append(record)
          } else if NaturalOrder.hasDigit(bytes[range]) {
            key.removeAll(keepingCapacity: true)
            NaturalOrder.append(bytes[range], to: &key)
            keys.append(key, of: record)
          } else {
            keys.append(bytes[range], of: record)
          }
          record += 1
        }
      }
    }
    keyed.reserveCapacity(keys.count)
    keys.sort(into: &keyed, &isTied)
  }

  /// Puts records with equal keys, and those without a key, in another order.
  ///
  /// - Parameters:
  ///   - order: all records.
  ///   - keepsMissing: whether records without a key keep their order, because their keys may still arrive.
  mutating func orderTies(by order: [Int], keepsMissing: Bool) {
    guard !missing.isEmpty || isTied.contains(true) else { return }
    let unkeyed = missing
    defer { if keepsMissing { missing = unkeyed } }
    // The next free place of each run of equal keys, and the run of each record.
    var next: [Int] = []
    var runs = Array(repeating: -1, count: order.count)
    for (place, record) in keyed.enumerated() {
      if !isTied[place] { next.append(place) }
      runs[record] = next.count - 1
    }
    missing.removeAll(keepingCapacity: true)
    for record in order {
      guard runs[record] >= 0 else {
        missing.append(record)
        continue
      }
      keyed[next[runs[record]]] = record
      next[runs[record]] += 1
    }
  }

  /// All records. Those with equal keys keep their order, so that rows don't change places without reason.
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

  /// Eight bytes whose lexical order is the order of the numbers.
  private static func bytes(of number: Double) -> [UInt8] {
    // Adding 0 makes -0 and 0 the same bits.
    let bits = (number + 0).bitPattern
    let ordered = bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    return (0..<8).map { UInt8(truncatingIfNeeded: ordered >> (56 - 8 * $0)) }
  }
}
