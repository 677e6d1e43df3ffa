/// Reads JSON as strictly as Python's `json` module does, and refuses it in the same words.
struct JSONParser {
  /// Deeper than any body the service knows; Python gives up at its recursion limit.
  private static let maximumDepth = 200

  private let text: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  /// Reads a whole body: UTF-8, one value, white space around it.
  static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw JSONSyntaxError(message: InvalidUTF8(in: bytes).description)
    }
    var parser = JSONParser(text: Array(string.unicodeScalars))
    return try parser.wholeText()
  }

  private init(text: [Unicode.Scalar]) {
    self.text = text
  }

  private mutating func wholeText() throws(JSONSyntaxError) -> JSONValue {
    if text.first == "\u{FEFF}" { throw failure("Unexpected UTF-8 BOM (decode using utf-8-sig)", at: 0) }
    skipWhiteSpace()
    let value = try value()
    skipWhiteSpace()
    guard position == text.count else { throw failure("Extra data", at: position) }
    return value
  }

  private mutating func value() throws(JSONSyntaxError) -> JSONValue {
    guard let first = current else { throw failure("Expecting value", at: position) }
    switch first {
    case "{": return try nested { (parser) throws(JSONSyntaxError) in try parser.object() }
    case "[": return try nested { (parser) throws(JSONSyntaxError) in try parser.array() }
    case "\"": return .string(try string())
    case "-", "0"..."9":
      if let number = number() { return number }
    default: break
    }
    for (word, value) in [("null", JSONValue.null), ("true", .bool(true)), ("false", .bool(false))]
    where consume(word) {
      return value
    }
    for word in ["NaN", "Infinity", "-Infinity"] where consume(word) {
      throw JSONSyntaxError(message: "Out of range float values are not JSON compliant: '\(word)'")
    }
    throw failure("Expecting value", at: position)
  }

  private mutating func nested(
    _ read: (inout JSONParser) throws(JSONSyntaxError) -> JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    guard depth < Self.maximumDepth else { throw JSONSyntaxError(message: "maximum recursion depth exceeded") }
    depth += 1
    defer { depth -= 1 }
    return try read(&self)
  }

  private mutating func object() throws(JSONSyntaxError) -> JSONValue {
    position += 1
    var members: [String: JSONValue] = [:]
    skipWhiteSpace()
    if consume("}") { return .object(members) }
    while true {
      guard current == "\"" else {
        throw failure("Expecting property name enclosed in double quotes", at: position)
      }
      let name = try string()
      skipWhiteSpace()
      guard consume(":") else { throw failure("Expecting ':' delimiter", at: position) }
      skipWhiteSpace()
      members[name] = try value()
      skipWhiteSpace()
      if consume("}") { return .object(members) }
      guard consume(",") else { throw failure("Expecting ',' delimiter", at: position) }
      skipWhiteSpace()
    }
  }

  private mutating func array() throws(JSONSyntaxError) -> JSONValue {
    position += 1
    var values: [JSONValue] = []
    skipWhiteSpace()
    if consume("]") { return .array(values) }
    while true {
      values.append(try value())
      skipWhiteSpace()
      if consume("]") { return .array(values) }
      guard consume(",") else { throw failure("Expecting ',' delimiter", at: position) }
      skipWhiteSpace()
    }
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    let start = position
    var scalars = String.UnicodeScalarView()
    position += 1
    while let scalar = current {
      switch scalar {
      case "\"":
        position += 1
        return String(scalars)
      case "\\":
        scalars.append(try escape(inStringFrom: start))
      case "\u{0}"..<"\u{20}":
        throw failure("Invalid control character at", at: position)
      default:
        scalars.append(scalar)
        position += 1
      }
    }
    throw failure("Unterminated string starting at", at: start)
  }

  private mutating func escape(inStringFrom start: Int) throws(JSONSyntaxError) -> Unicode.Scalar {
    let escapeStart = position
    position += 1
    guard let letter = current else { throw failure("Unterminated string starting at", at: start) }
    position += 1
    switch letter {
    case "\"", "\\", "/": return letter
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return try unicodeEscape(from: escapeStart)
    default: throw failure("Invalid \\escape", at: escapeStart)
    }
  }

  /// `\uXXXX`, or two of them for a surrogate pair; half a pair becomes U+FFFD, since no Swift string can hold it.
  private mutating func unicodeEscape(from start: Int) throws(JSONSyntaxError) -> Unicode.Scalar {
    guard let high = fourHexDigits() else { throw failure("Invalid \\uXXXX escape", at: start + 1) }
    guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
    let afterHigh = position
    if consume("\\u"), let low = fourHexDigits(), (0xDC00..<0xE000).contains(low) {
      return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }
    position = afterHigh
    return "\u{FFFD}"
  }

  private mutating func fourHexDigits() -> UInt32? {
    guard position + 4 <= text.count else { return nil }
    var value: UInt32 = 0
    for scalar in text[position..<position + 4] {
      guard scalar.isASCII, let digit = Character(scalar).hexDigitValue else { return nil }
      value = value << 4 + UInt32(digit)
    }
    position += 4
    return value
  }

  /// The number here, or nil where there is only a sign; what follows is left to the caller, as Python leaves it.
  private mutating func number() -> JSONValue? {
    let start = position
    var end = position
    func digits(from index: Int) -> Int {
      var index = index
      while index < text.count, ("0"..."9").contains(text[index]) { index += 1 }
      return index
    }
    func scalar(at index: Int) -> Unicode.Scalar? { index < text.count ? text[index] : nil }

    if scalar(at: end) == "-" { end += 1 }
    let integerEnd = scalar(at: end) == "0" ? end + 1 : digits(from: end)
    guard integerEnd > end else { return nil }
    end = integerEnd
    if scalar(at: end) == ".", digits(from: end + 1) > end + 1 { end = digits(from: end + 1) }
    if scalar(at: end) == "e" || scalar(at: end) == "E" {
      let sign = scalar(at: end + 1)
      let exponent = sign == "+" || sign == "-" ? end + 2 : end + 1
      if digits(from: exponent) > exponent { end = digits(from: exponent) }
    }
    position = end
    var literal = String.UnicodeScalarView()
    literal.append(contentsOf: text[start..<end])
    let string = String(literal)
    return Int(string).map { .integer($0) } ?? .decimal(string)
  }

  private var current: Unicode.Scalar? {
    position < text.count ? text[position] : nil
  }

  private mutating func skipWhiteSpace() {
    while let scalar = current, scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t" { position += 1 }
  }

  private mutating func consume(_ word: String) -> Bool {
    let scalars = word.unicodeScalars
    guard text[position...].starts(with: scalars) else { return false }
    position += scalars.count
    return true
  }

  private func failure(_ problem: String, at position: Int) -> JSONSyntaxError {
    JSONSyntaxError(problem, at: position, of: text)
  }
}
