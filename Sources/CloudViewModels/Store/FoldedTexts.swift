/// The texts that a filter looks at, folded, one record's after the other in a single run of bytes.
struct FoldedTexts: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Where the text of each record ends.
  private(set) var ends: [UInt32] = []

  /// - Parameter previous: full ones, which tell how much memory these will take.
  init(after previous: FoldedTexts? = nil) {
    guard let previous else { return }
    bytes.reserveCapacity(previous.bytes.countWithReserve)
    ends.reserveCapacity(previous.ends.count)
  }

  var count: Int { ends.count }

  /// Where the text of a record stands.
  func range(of record: Int) -> Range<Int> {
    (record == 0 ? 0 : Int(ends[record - 1]))..<Int(ends[record])
  }

  /// What ends a text; no word holds it, which keeps a match from spanning two texts.
  private static let end = UInt8(ascii: "\n")

  /// One of the texts of a record.
  ///
  /// - Parameter bytes: `bytes`, without checks at each of them.
  func range(ofText text: Int, of record: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    let all = range(of: record)
    var start = all.lowerBound
    for _ in 0..<text {
      while start < all.upperBound, bytes[start] != Self.end { start += 1 }
      start = min(start + 1, all.upperBound)
    }
    var end = start
    while end < all.upperBound, bytes[end] != Self.end { end += 1 }
    return start..<end
  }

  /// - Parameter texts: the texts of one record.
  mutating func append(_ texts: [String]) {
    for text in texts {
      let start = bytes.count
      SearchFold.append(text, to: &bytes)
      bytes.withUnsafeMutableBufferPointer { bytes in
        // Written in any case, which goes for many bytes at once.
        for index in start..<bytes.count {
          bytes[index] = bytes[index] == Self.end ? UInt8(ascii: " ") : bytes[index]
        }
      }
      bytes.append(Self.end)
    }
    ends.append(UInt32(bytes.count))
  }

  /// Gives back the memory that further texts would have gone into.
  mutating func compact() {
    bytes.compact()
    ends.compact()
  }

  mutating func replace(_ record: Int, with texts: [String]) {
    var new = FoldedTexts()
    new.append(texts)
    let old = range(of: record)
    bytes.replaceSubrange(old, with: new.bytes)
    shiftEnds(from: record, by: new.bytes.count - old.count)
  }

  /// - Parameter records: ascending.
  mutating func remove(_ records: [Int]) {
    let left = bytes.withoutPieces(records, of: count, at: range(of:))
    // Each ends where the next begins.
    ends = Array(left.starts.dropFirst())
    if !left.starts.isEmpty { ends.append(UInt32(left.bytes.count)) }
    bytes = left.bytes
  }

  private mutating func shiftEnds(from record: Int, by distance: Int) {
    for index in record..<max(record, ends.count) { ends[index] = UInt32(Int(ends[index]) + distance) }
  }
}
