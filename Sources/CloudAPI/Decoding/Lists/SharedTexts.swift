/// Texts that come again and again in a list, such as names of companies: each is kept once.
struct SharedTexts: Sendable {
  private static let count = 64
  /// Shorter texts take no memory of their own.
  private static let shortest = 16

  private var texts = [String](repeating: "", count: Self.count)

  /// - Parameter bytes: a text in UTF-8.
  /// - Returns: it, perhaps one that was there; `nil` where the bytes are no UTF-8.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard bytes.count >= Self.shortest else { return String(checking: bytes) }
    let place = Self.place(of: bytes)
    if Self.isEqual(texts[place], bytes) { return texts[place] }
    guard let text = String(checking: bytes) else { return nil }
    texts[place] = text
    return text
  }

  private static func place(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let mixed =
      bytes.count &+ Int(bytes[0]) &* 5 &+ Int(bytes[bytes.count / 2]) &* 17 &+ Int(bytes[bytes.count - 1]) &* 3
    return mixed & (count - 1)
  }

  private static func isEqual(_ text: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { $0.elementsEqual(bytes) } ?? false
  }
}
