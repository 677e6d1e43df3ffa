/// Appends JSON to bytes, in the form of Django REST framework's renderer: compact, UTF-8, with only the necessary
/// escapes.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  /// The edition whose names and structure are used.
  let edition: Simulator.Edition
  /// Whether values are written as in ``DataSet/odd``.
  let isOdd: Bool

  /// Encodes one value.
  static func bytes(of value: some JSONWritable, edition: Simulator.Edition, isOdd: Bool) -> [UInt8] {
    var writer = JSONWriter(edition: edition, isOdd: isOdd)
    value.write(to: &writer)
    return writer.bytes
  }

  mutating func object(_ fields: (inout JSONWriter) -> Void) {
    bytes.append(UInt8(ascii: "{"))
    fields(&self)
    bytes.append(UInt8(ascii: "}"))
  }

  /// Writes one member of the current object.
  ///
  /// - Parameter name: printable ASCII without quotation marks; written without escaping.
  mutating func field(_ name: StaticString, _ value: some JSONWritable) {
    separate(from: UInt8(ascii: "{"))
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    value.write(to: &self)
  }

  /// Writes one member of the current object, with a name that may need escaping.
  mutating func field(named name: String, _ value: some JSONWritable) {
    separate(from: UInt8(ascii: "{"))
    append(string: name)
    bytes.append(UInt8(ascii: ":"))
    value.write(to: &self)
  }

  /// Writes the id of the current record.
  mutating func id(_ id: Int) {
    if isOdd, id % 10 == 1 { field("id", String(id)) } else { field("id", id) }
  }

  /// Writes a member that the current edition omits if it has no value, because its documentation allows no null there.
  mutating func fieldUnlessUnsaid(_ name: StaticString, _ value: (some JSONWritable)?) {
    if edition == .classic || isOdd || value != nil { field(name, value) }
  }

  mutating func array(_ elements: (inout JSONWriter) -> Void) {
    bytes.append(UInt8(ascii: "["))
    elements(&self)
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func element(_ value: some JSONWritable) {
    separate(from: UInt8(ascii: "["))
    value.write(to: &self)
  }

  /// Appends text that is already JSON.
  mutating func append(literal: String) {
    bytes.append(contentsOf: literal.utf8)
  }

  /// Appends a byte that is already JSON.
  mutating func append(byte: UInt8) {
    bytes.append(byte)
  }

  mutating func append(string: String) {
    bytes.append(UInt8(ascii: "\""))
    if string.utf8.contains(where: Self.mayNeedEscaping) {
      for scalar in string.unicodeScalars { append(escaped: scalar) }
    } else {
      bytes.append(contentsOf: string.utf8)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes a comma unless this is the first value: a value never ends in its container's opening byte.
  private mutating func separate(from opening: UInt8) {
    if bytes.last != opening { bytes.append(UInt8(ascii: ",")) }
  }

  /// 0xE2 is the first byte of U+2028 and U+2029, which the renderer escapes for JavaScript.
  private static func mayNeedEscaping(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0xE2
  }

  private mutating func append(escaped scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append(literal: "\\\"")
    case "\\": append(literal: "\\\\")
    case "\n": append(literal: "\\n")
    case "\r": append(literal: "\\r")
    case "\t": append(literal: "\\t")
    case "\u{8}": append(literal: "\\b")
    case "\u{C}": append(literal: "\\f")
    case "\u{2028}", "\u{2029}": append(literal: "\\u" + String(scalar.value, radix: 16))
    case "\u{0}"..<"\u{20}":
      let digits = String(scalar.value, radix: 16)
      append(literal: "\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    default: bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
    }
  }
}

/// A value that can write itself as JSON.
///
/// The simulator shares no model and no encoder with the client, so that a wrong name can't pass on both sides; and
/// writing 100,000 users in this way takes a tenth of the time of an encoder.
protocol JSONWritable: Sendable {
  func write(to writer: inout JSONWriter)
}

extension Int: JSONWritable {
  func write(to writer: inout JSONWriter) {
    writer.append(literal: description)
  }
}

extension Double: JSONWritable {
  func write(to writer: inout JSONWriter) {
    writer.append(literal: description)
  }
}

extension Bool: JSONWritable {
  func write(to writer: inout JSONWriter) {
    writer.append(literal: self ? "true" : "false")
  }
}

extension String: JSONWritable {
  func write(to writer: inout JSONWriter) {
    writer.append(string: self)
  }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
  func write(to writer: inout JSONWriter) {
    if let self { self.write(to: &writer) } else { writer.append(literal: "null") }
  }
}

extension Array: JSONWritable where Element: JSONWritable {
  func write(to writer: inout JSONWriter) {
    writer.array { writer in
      for element in self { writer.element(element) }
    }
  }
}
