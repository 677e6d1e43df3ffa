import FoundationEssentials

/// One JSON value as a service wrote it, without the white space between its tokens: names, order, numbers and nulls
/// are unchanged.
public struct JSONText: Hashable, Sendable {
  /// Valid JSON (RFC 8259) in UTF-8.
  public let bytes: [UInt8]

  init(checked bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// - Throws: `UnreadableAnswer` if the bytes aren't one JSON value.
  init(_ bytes: some Sequence<UInt8>) throws(UnreadableAnswer) {
    var scanner = JSONScanner(.value)
    var value: [UInt8] = []
    try scanner.read(Array(bytes)) { value = $0 }
    try scanner.finish { value = $0 }
    self.bytes = value
  }

  /// Decodes the value as a model.
  ///
  /// - Parameters:
  ///   - name: what it holds, for the error's message: `user` makes `user.email is a number, not text`.
  ///   - request: the request, for the error.
  /// - Throws: `badResponse` with the field that can't be read.
  public func decode<Value: Decodable>(
    _ type: Value.Type = Value.self, name: String, request: String
  ) throws(CloudAPIError) -> Value {
    do {
      return try read(name: name)
    } catch {
      throw CloudAPIError(.badResponse(reason: error.reason), request: request)
    }
  }

  /// Decodes the elements of a list as models, in one call.
  ///
  /// - Parameter name: what they are: `users` makes `users[3].email is a number, not text`.
  /// - Throws: `badResponse` with the field that can't be read.
  public static func decode<Value: Decodable>(
    _ elements: [JSONText], as type: Value.Type = Value.self, name: String, request: String
  ) throws(CloudAPIError) -> [Value] {
    var bytes = [UInt8(ascii: "[")]
    bytes.reserveCapacity(elements.reduce(2) { $0 + $1.bytes.count + 1 })
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: element.bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    return try JSONText(checked: bytes).decode(name: name, request: request)
  }

  /// - Parameter place: the value's position in its list, if it is an element of one.
  func read<Value: Decodable>(
    _ type: Value.Type = Value.self, name: String, place: Int? = nil
  ) throws(UnreadableAnswer) -> Value {
    let decoder = JSONDecoder()
    if let place, let key = CodingUserInfoKey.place { decoder.userInfo[key] = place }
    let data = Data(Self.withoutHalfCharacters(bytes))
    do {
      return try decoder.decode(Value.self, from: data)
    } catch {
      throw UnreadableAnswer(error, in: data, name: name)
    }
  }

  /// Decodes a service's JSON as a model. Invalid JSON is refused even where the model doesn't look.
  static func decode<Value: Decodable>(
    _ type: Value.Type = Value.self, from data: Data, name: String
  ) throws(UnreadableAnswer) -> Value {
    let text: JSONText
    do {
      text = try JSONText(data)
    } catch {
      throw .invalidJSON
    }
    return try text.read(name: name)
  }

  /// Replaces an unpaired surrogate until the text's field is known: a scalar that is no character.
  static let halfCharacter = Unicode.Scalar(0xFDD0 as UInt32) ?? "\u{FFFD}"

  /// The text with U+FFFD for each half of a character; `nil` if it holds none.
  static func whole(_ text: String) -> String? {
    guard text.unicodeScalars.contains(halfCharacter) else { return nil }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == halfCharacter ? "\u{FFFD}" : $0 }))
  }

  /// The bytes with every unpaired surrogate, which JSON can express and text can't hold, replaced by `halfCharacter`.
  private static func withoutHalfCharacters(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    var index = 0
    while let backslash = bytes[index...].firstIndex(of: UInt8(ascii: "\\")) {
      guard let unit = surrogate(in: bytes, at: backslash) else {
        index = backslash + 2
        guard index < bytes.count else { break }
        continue
      }
      let next = surrogate(in: bytes, at: backslash + 6)
      if UTF16.isLeadSurrogate(unit), let next, UTF16.isTrailSurrogate(next) {
        index = backslash + 12
      } else {
        bytes.replaceSubrange(backslash..<backslash + 6, with: "\\ufdd0".utf8)
        index = backslash + 6
      }
      guard index < bytes.count else { break }
    }
    return bytes
  }

  /// The surrogate that is written at an index as `\uD83D`.
  private static func surrogate(in bytes: [UInt8], at place: Int) -> UInt16? {
    guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u"),
      let unit = UInt16(String(decoding: bytes[place + 2..<place + 6], as: UTF8.self), radix: 16),
      UTF16.isSurrogate(unit)
    else { return nil }
    return unit
  }
}

extension JSONText: CustomStringConvertible {
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// Removes the byte order mark U+FEFF from the start of UTF-8 text. Some servers write it before their JSON, and RFC
/// 8259 lets a reader ignore it.
struct ByteOrderMark {
  private static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// How many of its bytes have arrived; `nil` once it is known whether there is a mark.
  private var seen: Int? = 0

  /// The next part of the text without the bytes of the mark.
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
