/// The names of a model's members, from its coding keys, to be found in the bytes of JSON.
struct MemberNames<Key: CodingKey & CaseIterable & Sendable>: Sendable {
  private let keys: [Key]
  /// All names as JSON writes them, in quotation marks, one after the other.
  private let text: [UInt8]
  /// Where each name begins in the text, and where the last one ends.
  private let starts: [Int]

  init(_ type: Key.Type = Key.self) {
    var text: [UInt8] = []
    var starts = [0]
    keys = Array(Key.allCases)
    for key in keys {
      text.append(contentsOf: "\"\(key.stringValue)\"".utf8)
      starts.append(text.count)
    }
    (self.text, self.starts) = (text, starts)
  }

  subscript(place: Int) -> Key { keys[place] }

  /// The index of the name at a position in the bytes, and the number of bytes that it takes there.
  ///
  /// - Parameter expected: the index that is tried first. Services write their members in the same order every time.
  func find(in bytes: UnsafeBufferPointer<UInt8>, at position: Int, expected: Int) -> (place: Int, length: Int)? {
    var place = expected
    for _ in keys.indices {
      if place >= keys.count { place = 0 }
      let (start, length) = (starts[place], starts[place + 1] - starts[place])
      if position + length <= bytes.count, isEqual(bytes, position, start, length) { return (place, length) }
      place += 1
    }
    return nil
  }

  private func isEqual(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int, _ start: Int, _ length: Int) -> Bool {
    text.withUnsafeBufferPointer { text in
      for index in 0..<length where bytes[position + index] != text[start + index] { return false }
      return true
    }
  }
}

extension PlainJSON {
  /// Reads an object.
  ///
  /// - Parameter read: is called for each member with one of the names, at most once, to read its value; returns
  ///   `false` if that isn't plain.
  /// - Returns: whether the whole object is plain.
  mutating func members<Key>(_ names: MemberNames<Key>, read: (Key, inout PlainJSON) -> Bool) -> Bool {
    guard skip("{") else { return false }
    if skip("}") { return true }
    var seen: UInt64 = 0
    var expected = 0
    repeat {
      guard peek() == UInt8(ascii: "\"") else { return false }
      if let (place, length) = names.find(in: bytes, at: position, expected: expected) {
        position += length
        let bit: UInt64 = 1 << UInt64(place)
        guard seen & bit == 0, skip(":"), read(names[place], &self) else { return false }
        seen |= bit
        expected = place + 1
      } else {
        // An escape could hide a known name.
        guard let name = rawText(), name.allSatisfy({ $0 < 0x80 }), skip(":"), skipValue() else { return false }
      }
    } while skip(",")
    return skip("}")
  }
}
