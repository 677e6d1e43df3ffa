/// Makes sort keys from folded text that order numbers by value: `etage 2` comes before `etage 11`.
enum NaturalOrder {
  static func key(of text: String) -> String {
    var text = text
    let key: [UInt8]? = text.withUTF8 { bytes in
      guard hasDigit(bytes[...]) else { return nil }
      var key: [UInt8] = []
      append(bytes[...], to: &key)
      return key
    }
    return key.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  static func hasDigit(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    text.contains { isDigit($0) }
  }

  /// Each number is preceded by a zero, which keeps its order relative to other characters, and a scalar that encodes
  /// its number of digits.
  static func append(_ text: Slice<UnsafeBufferPointer<UInt8>>, to key: inout [UInt8]) {
    var rest = text
    while let first = rest.first {
      guard isDigit(first) else {
        key.append(first)
        rest = rest.dropFirst()
        continue
      }
      let digits = rest.prefix(while: isDigit)
      let significant = digits.drop { $0 == zero }
      key.append(zero)
      // The number 0 has no significant digits. Numbers too long for the scalar don't occur in names; their order is
      // undefined.
      if let length = Unicode.Scalar(min(significant.count, 0x7FFF) + 1) { key += UTF8.encode(length) ?? .init() }
      key += significant
      rest = rest[digits.endIndex...]
    }
  }

  private static let zero = UInt8(ascii: "0")

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- zero <= 9 }
}
