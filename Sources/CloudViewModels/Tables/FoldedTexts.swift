/// The texts that a filter looks at, folded, one record's after the other in a single run of bytes.
struct FoldedTexts: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Where the text of each record ends.
  private(set) var ends: [UInt32] = []

  var count: Int { ends.count }

  /// Where the text of a record stands.
  func range(of record: Int) -> Range<Int> {
    (record == 0 ? 0 : Int(ends[record - 1]))..<Int(ends[record])
  }

  /// - Parameter texts: the fields of one record. A byte that no word holds keeps a match from spanning two of them.
  mutating func append(_ texts: [String]) {
    for text in texts {
      SearchFold.append(text, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    ends.append(UInt32(bytes.count))
  }

  /// Gives back the memory that further texts would have gone into.
  mutating func compact() {
    bytes = bytes.withUnsafeBufferPointer { Array($0) }
    ends = ends.withUnsafeBufferPointer { Array($0) }
  }

  mutating func replace(_ record: Int, with texts: [String]) {
    var new = FoldedTexts()
    new.append(texts)
    let old = range(of: record)
    bytes.replaceSubrange(old, with: new.bytes)
    shiftEnds(from: record, by: new.bytes.count - old.count)
  }

  mutating func remove(_ record: Int) {
    let old = range(of: record)
    bytes.removeSubrange(old)
    ends.remove(at: record)
    shiftEnds(from: record, by: -old.count)
  }

  private mutating func shiftEnds(from record: Int, by distance: Int) {
    for index in record..<max(record, ends.count) { ends[index] = UInt32(Int(ends[index]) + distance) }
  }
}
