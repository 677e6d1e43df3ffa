/// Takes the mark U+FEFF from the beginning of text in UTF-8, which some servers write before their JSON and RFC 8259
/// lets a reader ignore.
struct ByteOrderMark {
  private static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// How many of its bytes have come; `nil` where it is decided whether there is one.
  private var seen: Int? = 0

  /// The next part of the text without what belongs to the mark.
  mutating func removed(from chunk: [UInt8]) -> [UInt8] {
    guard var seen else { return chunk }
    for (index, byte) in chunk.enumerated() {
      guard byte == Self.bytes[seen] else {
        self.seen = nil
        return Array(Self.bytes[..<seen] + chunk[index...])
      }
      seen += 1
      guard seen < Self.bytes.count else {
        self.seen = nil
        return Array(chunk[(index + 1)...])
      }
    }
    self.seen = seen
    return []
  }
}
