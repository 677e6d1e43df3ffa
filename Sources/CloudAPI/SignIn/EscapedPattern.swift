/// A text to be found in bytes, each of its characters as it is or escaped as JSON, HTML, addresses and forms do.
struct EscapedPattern: Sendable {
  private let bytes: [UInt8]

  /// The longest escape of a byte is `\u0041`, or `&#x41;`.
  private static let longestEscape = 6

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// How many bytes it takes at most.
  var longest: Int { bytes.count * Self.longestEscape }

  /// For each byte whether one of the patterns may begin with it.
  static func bytesThatMayBegin(_ patterns: [EscapedPattern]) -> [Bool] {
    var table = [Bool](repeating: false, count: 256)
    for byte in patterns.compactMap(\.bytes.first) { table[Int(byte)] = true }
    if !patterns.isEmpty { for byte in "%&\\".utf8 { table[Int(byte)] = true } }
    return table
  }

  /// Where it ends that begins at `start`; `nil` where it doesn't begin there.
  func end(in text: [UInt8], from start: Int) -> Int? {
    // More than one where an escape is also what it stands for, such as a backslash.
    var places = [start]
    for byte in bytes {
      places = Array(Set(places.flatMap { Self.ends(of: byte, in: text, at: $0) }))
      if places.isEmpty { return nil }
    }
    return places.max()
  }

  private static func ends(of byte: UInt8, in text: [UInt8], at index: Int) -> [Int] {
    guard index < text.count else { return [] }
    var ends = text[index] == byte ? [index + 1] : []
    switch text[index] {
    case UInt8(ascii: "+") where byte == UInt8(ascii: " "): ends.append(index + 1)
    case UInt8(ascii: "%"):
      let digits = text[(index + 1)...]
      if number(digits.prefix(2), radix: 16) == Int(byte), digits.count >= 2 { ends.append(index + 3) }
      // Escaped once more, as redirects are that were half escaped before.
      if digits.starts(with: "25".utf8), digits.count >= 4,
        number(digits.dropFirst(2).prefix(2), radix: 16) == Int(byte)
      {
        ends.append(index + 5)
      }
    case UInt8(ascii: "\\"):
      let next = text[(index + 1)...]
      if next.first == byte, "\"\\/".utf8.contains(byte) {
        ends.append(index + 2)
      } else if next.first == UInt8(ascii: "u"), next.count >= 5, byte < 0x80,
        number(next.dropFirst().prefix(4), radix: 16) == Int(byte)
      {
        ends.append(index + 6)
      }
    case UInt8(ascii: "&"):
      let reference = text[(index + 1)...].prefix(longestEscape - 1).prefix { $0 != UInt8(ascii: ";") }
      let end = reference.endIndex
      if end < text.count, text[end] == UInt8(ascii: ";"), value(ofReference: reference) == Int(byte) {
        ends.append(end + 1)
      }
    default: break
    }
    return ends
  }

  /// Of a character reference of HTML, without `&` and `;`.
  private static func value(ofReference reference: ArraySlice<UInt8>) -> Int? {
    let named = ["amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27]
    guard reference.first == UInt8(ascii: "#") else { return named[String(decoding: reference, as: UTF8.self)] }
    let digits = reference.dropFirst()
    let isHexadecimal = digits.first == UInt8(ascii: "x") || digits.first == UInt8(ascii: "X")
    return isHexadecimal ? number(digits.dropFirst(), radix: 16) : number(digits, radix: 10)
  }

  private static func number(_ digits: ArraySlice<UInt8>, radix: Int) -> Int? {
    digits.isEmpty ? nil : Int(String(decoding: digits, as: UTF8.self), radix: radix)
  }
}
