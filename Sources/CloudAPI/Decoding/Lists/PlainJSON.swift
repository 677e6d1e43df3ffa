import FoundationEssentials

/// A position in bytes of JSON, from which values are read one after another as long as they are plainly written.
///
/// It is the fast way for long lists: it reads plain values as `JSONDecoder` does, in a tenth of its time. For
/// everything else (an error, a number with a fraction where an integer belongs, the end of the bytes) it only says
/// that the value isn't plain. A caller that gets `nil` decodes the value again with `JSONDecoder`, which reports what
/// is wrong.
struct PlainJSON {
  let bytes: UnsafeBufferPointer<UInt8>
  /// The index of the next byte.
  var position: Int
  var shared = SharedTexts()

  private static let deepest = 64

  /// The next byte that isn't white space; `nil` at the end.
  mutating func peek() -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte <= 0x20 else { return byte }
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return nil }
      position += 1
    }
    return nil
  }

  /// Skips a character if it comes next.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  // MARK: Values

  /// Text without escapes, without copying.
  mutating func rawText() -> UnsafeBufferPointer<UInt8>? {
    guard let start = textStart(), let end = endOfRun(from: start), bytes[end] == UInt8(ascii: "\""),
      end - start <= TextLimit.text
    else { return nil }
    position = end + 1
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  mutating func text() -> String? {
    guard let start = textStart(), let end = endOfRun(from: start) else { return nil }
    // Text that must be cut isn't plain.
    guard end - start <= TextLimit.text else { return nil }
    if bytes[end] == UInt8(ascii: "\"") {
      position = end + 1
      return String(checking: UnsafeBufferPointer(rebasing: bytes[start..<end]))
    }
    return escapedText(from: start, firstEscape: end)
  }

  // An optional value is read into its variable; the result says whether it is plain.

  mutating func read(_ text: inout String?) -> Bool {
    if isNull() { return true }
    text = self.text()
    return text != nil
  }

  /// Reads text that many records share.
  mutating func readShared(_ text: inout String?) -> Bool {
    let start = position
    guard let bytes = rawText() else {
      position = start
      return read(&text)
    }
    text = shared.text(bytes)
    return text != nil
  }

  mutating func read(_ date: inout Date?) -> Bool {
    if isNull() { return true }
    date = rawText().flatMap { ISO8601.parse($0) }
    return date != nil
  }

  mutating func read(_ role: inout Role?) -> Bool {
    if isNull() { return true }
    let isNegative = skip("-")
    role = digits().map { Role(rawValue: isNegative ? -$0.value : $0.value) }
    return role != nil
  }

  mutating func read(_ flag: inout Bool?) -> Bool {
    if isNull() { return true }
    flag = word("true") ? true : word("false") ? false : nil
    return flag != nil
  }

  /// An id, which is an integer or text.
  mutating func identifier<Record>() -> Identifier<Record>? {
    if peek() == UInt8(ascii: "\"") {
      return text().flatMap { Identifier<Record>.isUsable($0) ? Identifier(rawValue: $0) : nil }
    }
    return digits().map { Identifier(rawValue: String(decoding: bytes[$0.places], as: UTF8.self)) }
  }

  /// Skips a value of any kind.
  mutating func skipValue(depth: Int = 0) -> Bool {
    guard depth < Self.deepest, let byte = peek() else { return false }
    switch byte {
    case UInt8(ascii: "\""): return text() != nil
    case UInt8(ascii: "n"): return word("null")
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "["): return skipContainer("]", depth) { $0.skipValue(depth: depth + 1) }
    case UInt8(ascii: "{"):
      return skipContainer("}", depth) { $0.text() != nil && $0.skip(":") && $0.skipValue(depth: depth + 1) }
    default:
      _ = skip("-")
      return digits() != nil
    }
  }

  private mutating func skipContainer(
    _ end: Unicode.Scalar, _ depth: Int, element: (inout PlainJSON) -> Bool
  ) -> Bool {
    position += 1
    if skip(end) { return true }
    repeat {
      guard element(&self) else { return false }
    } while skip(",")
    return skip(end)
  }

  private mutating func isNull() -> Bool {
    peek() == UInt8(ascii: "n") && word("null")
  }

  private mutating func word(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard position + length <= bytes.count else { return false }
    for index in 0..<length where bytes[position + index] != word.utf8Start[index] { return false }
    position += length
    return true
  }

  /// An integer of at most 18 digits, which can't overflow, with its digits; no fraction or exponent may follow.
  private mutating func digits() -> (value: Int, places: Range<Int>)? {
    guard peek() != nil else { return nil }
    let start = position
    var value = 0
    while position < bytes.count, case let digit = bytes[position] &- 0x30, digit <= 9 {
      value = value &* 10 &+ Int(digit)
      position += 1
    }
    let length = position - start
    guard length > 0, length <= 18, length == 1 || bytes[start] != UInt8(ascii: "0"), position < bytes.count else {
      return nil
    }
    switch bytes[position] {
    case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): return nil
    default: return (value, start..<position)
    }
  }

  // MARK: Text

  private mutating func textStart() -> Int? {
    peek() == UInt8(ascii: "\"") ? position + 1 : nil
  }

  /// The first byte from `start` that is a quotation mark or a backslash.
  private func endOfRun(from start: Int) -> Int? {
    var index = start
    if let base = UnsafeRawPointer(bytes.baseAddress) {
      // Eight bytes at once.
      while index + 8 <= bytes.count {
        let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let ends = Self.ends(in: word)
        if ends != 0 { return end(at: index + ends.trailingZeroBitCount / 8) }
        index += 8
      }
    }
    while index < bytes.count {
      if Self.isEnd(bytes[index]) { return end(at: index) }
      index += 1
    }
    return nil
  }

  /// The index, or `nil` if it is that of a control character, which text may not hold.
  private func end(at index: Int) -> Int? {
    bytes[index] < 0x20 ? nil : index
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  /// The high bit of each of the eight bytes that is a quotation mark, a backslash or a control character, by the
  /// well-known test for a zero byte. Bits above the lowest one that is set may be wrong.
  private static func ends(in word: UInt64) -> UInt64 {
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }
    let controls = (word &- ones &* 0x20) & ~word & highs
    return zeros(word ^ ones &* 0x22) | zeros(word ^ ones &* 0x5C) | controls
  }
}

extension PlainJSON {
  /// Text with escapes (RFC 8259, section 7).
  mutating func escapedText(from start: Int, firstEscape: Int) -> String? {
    var text = Array(bytes[start..<firstEscape])
    position = firstEscape
    while position < bytes.count, text.count <= TextLimit.text {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard appendEscaped(to: &text) else { return nil }
      case 0..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func appendEscaped(to text: inout [UInt8]) -> Bool {
    guard position < bytes.count else { return false }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      guard let scalar = escapedScalar() else { return false }
      text.append(contentsOf: Character(scalar).utf8)
    default: return false
    }
    return true
  }

  /// A scalar by its number; scalars beyond the first plane take two numbers (a surrogate pair).
  private mutating func escapedScalar() -> Unicode.Scalar? {
    guard let first = hexadecimal() else { return nil }
    guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
    guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
    else { return nil }
    position += 2
    guard let second = hexadecimal(), UTF16.isTrailSurrogate(second) else { return nil }
    return UTF16.decode(UTF16.EncodedScalar([first, second]))
  }

  private mutating func hexadecimal() -> UInt16? {
    guard position + 4 <= bytes.count else { return nil }
    var value: UInt16 = 0
    for byte in bytes[position..<(position + 4)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt16(digit)
    }
    position += 4
    return value
  }
}

extension String {
  /// Text in UTF-8; `nil` if the bytes are invalid. Most text is ASCII, which needs no further check.
  init?(checking bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.reduce(0, |) >= 0x80 else {
      self.init(decoding: bytes, as: UTF8.self)
      return
    }
    guard let text = try? UTF8Span(validating: bytes.span) else { return nil }
    self.init(copying: text)
  }
}
