#if canImport(Glibc)
  import Glibc
#endif

/// The character encoding of a terminal or a command line.
public struct TextEncoding: Hashable, Sendable {
  /// The C library's name: `UTF-8`, `ISO-8859-1`.
  public let name: String
  let isUTF8: Bool

  public static let utf8 = TextEncoding(name: "UTF-8")

  /// - Parameter name: as `nl_langinfo(CODESET)` returns it. ASCII is read as UTF-8, of which it is a subset: it says
  ///   nothing about other bytes.
  public init(name: String) {
    self.name = name
    isUTF8 = ["UTF-8", "ANSI_X3.4-1968"].contains(name)
  }

  /// How bytes that may be a character are read.
  enum Reading: Equatable {
    case text(String)
    /// The beginning of a character.
    case incomplete
    case invalid
  }

  func reading(of bytes: some Collection<UInt8>) -> Reading {
    let bytes = Array(bytes)
    let (text, invalid) = decode(bytes)
    if invalid.isEmpty { return .text(text) }
    guard text.isEmpty, invalid.count == bytes.count else { return .invalid }
    return isIncomplete(bytes) ? .incomplete : .invalid
  }

  /// The text of the bytes, and the bytes that aren't text and are omitted from it.
  public func decode(_ bytes: [UInt8]) -> (text: String, invalid: [UInt8]) {
    isUTF8 ? Self.decodeUTF8(bytes) : converted(bytes)
  }

  private static func decodeUTF8(_ bytes: [UInt8]) -> (text: String, invalid: [UInt8]) {
    if let text = String(validating: bytes, as: UTF8.self) { return (text, []) }
    var text = String.UnicodeScalarView()
    var invalid: [UInt8] = []
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var index = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let scalar):
        text.append(Unicode.UTF8.decode(scalar))
        index += scalar.count
      case .error(let length):
        invalid += bytes[index..<index + length]
        index += length
      case .emptyInput: return (String(text), invalid)
      }
    }
  }

  /// Whether more bytes may complete a character.
  private func isIncomplete(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first else { return false }
    guard isUTF8 else { return Converter(from: name)?.convert(bytes[...]).isIncomplete == true }
    let length =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    return bytes.count < length && bytes.dropFirst().allSatisfy { 0x80...0xBF ~= $0 }
  }

  private func converted(_ bytes: [UInt8]) -> (text: String, invalid: [UInt8]) {
    // If the C library can't convert the encoding, only ASCII is decoded.
    guard let converter = Converter(from: name) else {
      return (String(decoding: bytes.filter { $0 < 0x80 }, as: UTF8.self), bytes.filter { $0 >= 0x80 })
    }
    var output: [UInt8] = []
    var invalid: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let step = converter.convert(rest)
      output += step.output
      rest = rest.dropFirst(step.count)
      if step.isIncomplete { return (String(decoding: output, as: UTF8.self), invalid + rest) }
      if let byte = rest.popFirst() { invalid.append(byte) }
    }
    return (String(decoding: output, as: UTF8.self), invalid)
  }
}

/// iconv(3) to UTF-8.
private final class Converter {
  private let descriptor: iconv_t

  init?(from name: String) {
    descriptor = iconv_open("UTF-8", name)
    // (iconv_t)-1
    if Int(bitPattern: descriptor) == -1 { return nil }
  }

  deinit { iconv_close(descriptor) }

  /// Converts up to the first byte that isn't text.
  ///
  /// - Returns: the text in UTF-8, the number of bytes converted, and whether the rest may be the beginning of a
  ///   character.
  func convert(_ bytes: ArraySlice<UInt8>) -> (output: [UInt8], count: Int, isIncomplete: Bool) {
    var input = bytes.map { CChar(bitPattern: $0) }
    var inputLeft = input.count
    var isIncomplete = false
    let room = input.count * 4 + 16
    let output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      buffer.withMemoryRebound(to: CChar.self) { buffer in
        input.withUnsafeMutableBufferPointer { input in
          var (from, to, left) = (input.baseAddress, buffer.baseAddress, room)
          if iconv(descriptor, &from, &inputLeft, &to, &left) == -1 { isIncomplete = errno == EINVAL }
          // Some encodings hold a letter back until it is known whether a mark follows.
          iconv(descriptor, nil, nil, &to, &left)
          count = room - left
        }
      }
    }
    return (output, input.count - inputLeft, isIncomplete)
  }
}

/// The locale of the character encoding: the environment's, if it is installed.
public struct CharacterLocale: Hashable, Sendable {
  /// The value of `LC_ALL`, `LC_CTYPE` or `LANG`, the first of these that is set; `nil` if none is.
  public let named: String?
  /// The installed locale that is used.
  public let name: String
  public let encoding: TextEncoding

  private static let unicode = "C.UTF-8"

  /// If no locale is named, as on many new machines, nobody chose ASCII: UTF-8 is used, as in most terminals. It is
  /// also used if a UTF-8 locale is named that isn't installed, as SSH forwards them from machines with other locales.
  public init(environment: [String: String]) {
    named = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    let tried = named.map { Self.isUnicode($0) ? [$0, Self.unicode] : [$0] } ?? [Self.unicode]
    for name in tried {
      guard let codeset = Self.codeset(of: name) else { continue }
      self.name = name
      encoding = TextEncoding(name: codeset)
      return
    }
    name = "C"
    encoding = TextEncoding(name: "ANSI_X3.4-1968")
  }

  /// Whether the encoding is UTF-8.
  public var isUnicode: Bool { encoding == .utf8 }

  /// Whether a name has the codeset UTF-8: `fr_FR.UTF-8`, `en_US.utf8@euro`, or just `UTF-8`, which macOS forwards.
  private static func isUnicode(_ name: String) -> Bool {
    let codeset = name.split(separator: "@", omittingEmptySubsequences: false)[0].split(separator: ".").last ?? ""
    return codeset.lowercased().filter { $0 != "-" } == "utf8"
  }

  /// `nil` if the locale doesn't exist.
  private static func codeset(of name: String) -> String? {
    guard let locale = newlocale(LC_CTYPE_MASK, name, nil) else { return nil }
    defer { freelocale(locale) }
    return nl_langinfo_l(nl_item(CODESET), locale).map { String(cString: $0) }
  }
}
