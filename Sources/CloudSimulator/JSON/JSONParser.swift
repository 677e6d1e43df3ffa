import FoundationEssentials

/// Parses JSON as strictly as Python's `json` module, and reports structural errors in the same words.
///
/// Foundation parses only single strings and numbers. It isn't used for more, because it accepts a comma before a
/// bracket, 100.0 for 100, and the first of two members with one name.
struct JSONParser {
  /// Deeper than any body that the service accepts; Python stops at its recursion limit.
  private static let maximumDepth = 200

  private let text: [UInt8]
  private var position = 0

  /// Parses a whole body: UTF-8, one value, white space around it.
  static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw JSONSyntaxError(message: "invalid UTF-8") }
    var parser = JSONParser(text: bytes)
    let value = try parser.value(depth: 0)
    guard parser.next == nil else { throw parser.failure("Extra data") }
    return value
  }

  private init(text: [UInt8]) {
    self.text = text
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard depth <= Self.maximumDepth else { throw JSONSyntaxError(message: "maximum recursion depth exceeded") }
    guard let first = next else { throw failure("Expecting value") }
    switch first {
    case "{":
      var members: [String: JSONValue] = [:]
      try elements(until: "}") { (parser) throws(JSONSyntaxError) in
        guard parser.next == "\"" else { throw parser.failure("Expecting property name enclosed in double quotes") }
        let name = try parser.string()
        guard parser.consume(":") else { throw parser.failure("Expecting ':' delimiter") }
        members[name] = try parser.value(depth: depth + 1)
      }
      return .object(members)
    case "[":
      var values: [JSONValue] = []
      try elements(until: "]") { (parser) throws(JSONSyntaxError) in
        values.append(try parser.value(depth: depth + 1))
      }
      return .array(values)
    case "\"": return .string(try string())
    case "-", "0"..."9": return try number()
    default: return try word()
    }
  }

  /// The elements between two brackets, separated by commas.
  private mutating func elements(
    until end: Unicode.Scalar, _ read: (inout JSONParser) throws(JSONSyntaxError) -> Void
  ) throws(JSONSyntaxError) {
    position += 1
    if consume(end) { return }
    repeat {
      try read(&self)
      if consume(end) { return }
    } while consume(",")
    throw failure("Expecting ',' delimiter")
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    var end = position + 1
    while end < text.count, text[end] != UInt8(ascii: "\"") {
      guard text[end] >= 0x20 else { throw failure("Invalid control character at", at: end) }
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < text.count else { throw failure("Unterminated string starting at") }
    guard let string = try? JSONDecoder().decode(String.self, from: Data(text[position...end])) else {
      throw failure("Invalid \\escape in string starting at")
    }
    position = end + 1
    return string
  }

  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let literal = text[position...].prefix { "-+.0123456789eE".utf8.contains($0) }
    guard (try? JSONDecoder().decode(Double.self, from: Data(literal))) != nil else { throw failure("Expecting value") }
    position = literal.endIndex
    let number = String(decoding: literal, as: UTF8.self)
    return Int(number).map { .integer($0) } ?? .decimal(number)
  }

  private mutating func word() throws(JSONSyntaxError) -> JSONValue {
    for (word, value) in [("null", JSONValue.null), ("true", .bool(true)), ("false", .bool(false))]
    where text[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw failure("Expecting value")
  }

  /// The first byte after white space.
  private var next: Unicode.Scalar? {
    mutating get {
      while position < text.count, " \n\r\t".utf8.contains(text[position]) { position += 1 }
      return position < text.count ? Unicode.Scalar(text[position]) : nil
    }
  }

  private mutating func consume(_ sign: Unicode.Scalar) -> Bool {
    guard next == sign else { return false }
    position += 1
    return true
  }

  /// An error and its position, in the form `Expecting value: line 1 column 1 (char 0)`.
  private func failure(_ problem: String, at place: Int? = nil) -> JSONSyntaxError {
    let before = String(decoding: text[..<(place ?? position)], as: UTF8.self).unicodeScalars
    let line = before.count { $0 == "\n" } + 1
    let column = before.reversed().prefix { $0 != "\n" }.count + 1
    return JSONSyntaxError(message: "\(problem): line \(line) column \(column) (char \(before.count))")
  }
}

/// Why a body isn't JSON.
struct JSONSyntaxError: Error {
  let message: String
}
