import Synchronization

/// A key or token. It appears as `•••` wherever it is printed, dumped or reflected; `revealed` is the only access to
/// its text.
public struct Secret: Hashable, Sendable {
  /// The text itself, only for the request that needs it.
  public let revealed: String

  /// - Parameter text: the key; surrounding white space, with which files and pasted keys often end, is removed.
  public init(_ text: String) {
    var text = Substring(text)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    revealed = String(text)
  }

  public var isEmpty: Bool { revealed.isEmpty }

  /// Replaces every secret in anything that is shown or written.
  static let mask = "•••"
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { Self.mask }
  public var debugDescription: String { Self.mask }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The secrets that a program holds, masked in everything it shows or writes: keys, client secrets, and the tokens
/// obtained with them.
///
/// They are also found if JSON, HTML, addresses or forms escape some of their characters. Secrets of less than eight
/// bytes are not searched for: only tests use them, and masking them would garble every sentence.
public final class KnownSecrets: Sendable {
  private struct State {
    /// The longest first.
    var patterns: [EscapedPattern] = []
    var secrets: Set<Secret> = []
    /// The secrets that expire, the oldest first.
    var tokens: [Secret] = []
  }

  private static let shortest = 8
  /// Older tokens expired long ago.
  private static let tokensKept = 64

  private let state = Mutex(State())

  public init(_ secrets: [Secret] = []) {
    for secret in secrets { insert(secret) }
  }

  /// - Parameter isToken: whether it expires; only the last 64 of these are kept.
  public func insert(_ secret: Secret, isToken: Bool = false) {
    guard secret.revealed.utf8.count >= Self.shortest else { return }
    state.withLock { state in
      guard state.secrets.insert(secret).inserted else { return }
      if isToken {
        state.tokens.append(secret)
        if state.tokens.count > Self.tokensKept { state.secrets.remove(state.tokens.removeFirst()) }
      }
      state.patterns = state.secrets.map { EscapedPattern($0.revealed) }.sorted { $0.longest > $1.longest }
    }
  }

  /// `text` with every secret masked. Mask first and cut afterwards: a secret that was cut is no longer found.
  public func masked(in text: String) -> String {
    guard let bytes = masked(in: Array(text.utf8)) else { return text }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Masks bytes; returns `nil` if they hold no secret.
  ///
  /// - Parameter isBeginning: whether more bytes follow that aren't here. Then the end is dropped, one byte less than
  ///   the longest form of a secret, because a secret may begin in it.
  func masked(in bytes: [UInt8], isBeginning: Bool = false) -> [UInt8]? {
    let patterns = state.withLock { $0.patterns }
    let end = bytes.count - (isBeginning ? max(0, (patterns.first?.longest ?? 0) - 1) : 0)
    let mayBegin = EscapedPattern.bytesThatMayBegin(patterns)
    var output: [UInt8] = []
    var copied = 0
    var index = 0
    while index < end {
      guard mayBegin[Int(bytes[index])],
        let next = patterns.lazy.compactMap({ $0.end(in: bytes, from: index) }).first
      else {
        index += 1
        continue
      }
      output += bytes[copied..<index]
      output += Secret.mask.utf8
      index = next
      copied = index
    }
    if copied == 0, end == bytes.count { return nil }
    if copied < end { output += bytes[copied..<end] }
    return output
  }
}

extension KnownSecrets: CustomStringConvertible, CustomReflectable {
  public var description: String { Secret.mask }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A text to find in bytes, with each of its characters plain or escaped as JSON, HTML, addresses and forms do.
struct EscapedPattern: Sendable {
  private let bytes: [UInt8]

  /// The longest escape of a byte is `\u0041`, or `&#x41;`.
  private static let longestEscape = 6
  /// `#x10FFFF`, between `&` and `;`.
  private static let longestReference = 8

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The most bytes that it can take.
  var longest: Int { bytes.count * Self.longestEscape }

  /// For each byte, whether one of the patterns may begin with it.
  static func bytesThatMayBegin(_ patterns: [EscapedPattern]) -> [Bool] {
    var table = [Bool](repeating: false, count: 256)
    for byte in patterns.compactMap(\.bytes.first) { table[Int(byte)] = true }
    if !patterns.isEmpty { for byte in "%&\\".utf8 { table[Int(byte)] = true } }
    return table
  }

  /// The end of a match that begins at `start`; `nil` if there is none.
  func end(in text: [UInt8], from start: Int) -> Int? {
    // The positions reached, by the number of pattern bytes matched. There can be several if an escape is also literal
    // text, such as a backslash; a reference that stands for several bytes is entered further ahead.
    var places = [Set<Int>](repeating: [], count: bytes.count + 1)
    places[0] = [start]
    for index in bytes.indices {
      for place in places[index] {
        for (length, end) in Self.matches(bytes[index...], in: text, at: place) { places[index + length].insert(end) }
      }
      if places[(index + 1)...].allSatisfy(\.isEmpty) { return nil }
    }
    return places[bytes.count].max()
  }

  /// How many bytes at the start of `pattern` match at `index`, and where each match ends.
  private static func matches(_ pattern: ArraySlice<UInt8>, in text: [UInt8], at index: Int) -> [(Int, Int)] {
    guard let byte = pattern.first, index < text.count else { return [] }
    var matches = text[index] == byte ? [(1, index + 1)] : []
    func add(_ value: Int?, upTo end: Int) {
      guard let scalar = value.flatMap({ UInt32(exactly: $0) }).flatMap(Unicode.Scalar.init) else { return }
      let encoded = Array(String(scalar).utf8)
      if pattern.starts(with: encoded) { matches.append((encoded.count, end)) }
    }
    switch text[index] {
    case UInt8(ascii: "+") where byte == UInt8(ascii: " "): matches.append((1, index + 1))
    case UInt8(ascii: "%"):
      let digits = text[(index + 1)...]
      if number(digits.prefix(2), radix: 16) == Int(byte), digits.count >= 2 { matches.append((1, index + 3)) }
      // Encoded twice, as in redirects that were partly encoded before.
      if digits.starts(with: "25".utf8), digits.count >= 4,
        number(digits.dropFirst(2).prefix(2), radix: 16) == Int(byte)
      {
        matches.append((1, index + 5))
      }
    case UInt8(ascii: "\\"):
      if let next = text[(index + 1)...].first, next == byte, "\"\\/".utf8.contains(byte) {
        matches.append((1, index + 2))
      } else if let (value, end) = value(ofUnicodeEscapeIn: text, at: index) {
        add(value, upTo: end)
      }
    case UInt8(ascii: "&"):
      let reference = text[(index + 1)...].prefix(longestReference).prefix { $0 != UInt8(ascii: ";") }
      let end = reference.endIndex
      if end < text.count, text[end] == UInt8(ascii: ";") { add(value(ofReference: reference), upTo: end + 1) }
    default: break
    }
    return matches
  }

  /// The value of `\u0041`, or of a surrogate pair of two such escapes (RFC 8259, section 7).
  private static func value(ofUnicodeEscapeIn text: [UInt8], at index: Int) -> (Int, Int)? {
    func unit(_ index: Int) -> Int? {
      let escape = text[index...].prefix(6)
      guard escape.count == 6, escape.starts(with: "\\u".utf8) else { return nil }
      return number(escape.dropFirst(2), radix: 16)
    }
    guard let first = unit(index) else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return (first, index + 6) }
    guard index + 6 < text.count, let second = unit(index + 6), (0xDC00..<0xE000).contains(second) else { return nil }
    return (0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), index + 12)
  }

  /// The value of an HTML character reference, without `&` and `;`.
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
