import TextSafety

/// JSON that is safe to print on a terminal: characters that could control it, or reorder or hide text, are written as
/// escapes. The values stay the same.
public enum HarmlessJSON {
  /// Escapes the harmful characters of JSON.
  ///
  /// - Parameter bytes: valid JSON in UTF-8, possibly a long list: harmless runs of bytes are scanned once and copied.
  public static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var copied = bytes.startIndex
    var index = bytes.startIndex
    while index < bytes.endIndex {
      guard bytes[index] >= 0x7F else {
        index += 1
        continue
      }
      let (scalar, length) = scalar(in: bytes, at: index)
      if scalar.isHarmful {
        result += bytes[copied..<index]
        result += escape(scalar)
        copied = index + length
      }
      index += length
    }
    return copied == bytes.startIndex ? bytes : result + bytes[copied...]
  }

  /// Decodes the scalar whose first byte is at an index; also returns its length in bytes.
  private static func scalar(in bytes: [UInt8], at index: Int) -> (Unicode.Scalar, length: Int) {
    let first = bytes[index]
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard index + length <= bytes.endIndex else { return ("\u{FFFD}", 1) }
    if length == 1 { return (Unicode.Scalar(first), 1) }
    let value = bytes[(index + 1)..<(index + length)].reduce(UInt32(first) & (0x7F >> UInt32(length))) {
      $0 << 6 | UInt32($1 & 0x3F)
    }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  private static func escape(_ scalar: Unicode.Scalar) -> [UInt8] {
    String(Character(scalar)).utf16.flatMap { unit -> [UInt8] in
      let digits = String(unit, radix: 16)
      return Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
    }
  }
}
