/// The folded texts that a filter searches, stored one record after the other in a single byte array.
struct FoldedTexts: Sendable {
  private(set) var bytes: [UInt8] = []
  /// The end offset of each record's texts.
  private(set) var ends: [UInt32] = []

  /// - Parameter previous: a full instance, from which the memory to reserve is estimated.
  init(after previous: FoldedTexts? = nil) {
    guard let previous else { return }
    bytes.reserveCapacity(previous.bytes.countWithReserve)
    ends.reserveCapacity(previous.ends.count)
  }

  var count: Int { ends.count }

  /// The byte range of a record's texts.
  func range(of record: Int) -> Range<Int> {
    (record == 0 ? 0 : Int(ends[record - 1]))..<Int(ends[record])
  }

  /// The terminator of each text. No word contains it, so no match spans two texts.
  private static let end = UInt8(ascii: "\n")

  /// The byte range of one of a record's texts.
  ///
  /// - Parameter bytes: the contents of `bytes`, accessed without bounds checks.
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

  mutating func append(_ texts: some Sequence<String>) {
    for text in texts { append(text) }
    ends.append(UInt32(bytes.count))
  }

  private mutating func append(_ text: String) {
    let start = bytes.count
    SearchFold.append(text, to: &bytes)
    bytes.withUnsafeMutableBufferPointer { bytes in
      // Every byte is assigned, changed or not, so that the compiler can vectorize the loop.
      for index in start..<bytes.count {
        bytes[index] = bytes[index] == Self.end ? UInt8(ascii: " ") : bytes[index]
      }
    }
    bytes.append(Self.end)
  }

  /// Appends a record with one text, which is found by ``whole(_:isBeginning:)``.
  mutating func append(whole text: String) {
    bytes.append(Self.end)
    append(text)
    ends.append(UInt32(bytes.count))
  }

  mutating func replace(_ record: Int, withWhole text: String) { replace(record, with: ["", text]) }

  /// What a record holds whose only text is a word or, if `isBeginning`, begins with it.
  static func whole(_ word: [UInt8], isBeginning: Bool) -> [UInt8] {
    // The terminator of the empty text before it marks its start.
    [end] + word + (isBeginning ? [] : [end])
  }

  /// Releases the memory reserved for further texts.
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

  /// - Parameter records: in ascending order.
  mutating func remove(_ records: [Int]) {
    let left = bytes.withoutPieces(records, of: count, at: range(of:))
    // Each record ends where the next one starts.
    ends = Array(left.starts.dropFirst())
    if !left.starts.isEmpty { ends.append(UInt32(left.bytes.count)) }
    bytes = left.bytes
  }

  private mutating func shiftEnds(from record: Int, by distance: Int) {
    for index in record..<max(record, ends.count) { ends[index] = UInt32(Int(ends[index]) + distance) }
  }
}
