/// Reads the fields of a body as Django REST framework's serializers do, and collects their error messages.
///
/// Unknown and read-only fields are ignored, as in the framework.
struct FieldReader {
  private let members: [String: JSONValue]
  /// For PATCH: an absent field isn't an error.
  private let isPartial: Bool
  private var errors = FieldErrors()

  init(_ body: JSONValue, partial: Bool = false) throws(Refusal) {
    isPartial = partial
    switch body {
    case .object(let members):
      self.members = members
    case .null:
      throw Self.refusal("No data provided")
    default:
      throw Self.refusal("Invalid data. Expected a dictionary, but got \(body.pythonType).")
    }
  }

  /// The errors so far, as a response.
  var refusal: Refusal { .invalid(errors) }

  /// Throws the errors so far, if there are any.
  func check() throws(Refusal) {
    if !errors.isEmpty { throw refusal }
  }

  /// A text of at least one character after trimming; nil if it is absent or invalid.
  ///
  /// - Parameters:
  ///   - limit: the largest length in Unicode scalars, as Python counts.
  ///   - rule: returns what is wrong with a text apart from its length.
  mutating func text(_ name: String, limit: Int, rule: (String) -> String? = { _ in nil }) -> String? {
    guard let value = requiredValue(name) else { return nil }
    let text: String
    switch value {
    case .string(let string): text = string.trimmingPythonWhiteSpace()
    case .integer, .decimal: text = value.pythonText
    default: return refused(name, "Not a valid string.")
    }
    if text.isEmpty { return refused(name, "This field may not be blank.") }

    var messages: [String] = []
    if text.unicodeScalars.count > limit {
      messages.append("Ensure this field has no more than \(limit) characters.")
    }
    if text.unicodeScalars.contains("\0") { messages.append("Null characters are not allowed.") }
    if let message = rule(text) { messages.append(message) }
    guard messages.isEmpty else {
      errors.add(messages, to: name)
      return nil
    }
    return text
  }

  /// One of a few numbers, also as a string; nil if it is absent, which is allowed, or invalid.
  mutating func choice(_ name: String, of choices: [Int]) -> Int? {
    guard let value = value(name) else { return nil }
    let text = value.pythonText
    guard let choice = choices.first(where: { String($0) == text }) else {
      return refused(name, "\"\(text)\" is not a valid choice.")
    }
    return choice
  }

  /// A boolean in one of the framework's notations; nil if it is absent, which is allowed, or invalid.
  mutating func flag(_ name: String) -> Bool? {
    guard let value = value(name) else { return nil }
    switch value.pythonText.lowercased() {
    case "true", "t", "yes", "y", "on", "1", "1.0": return true
    case "false", "f", "no", "n", "off", "0", "0.0": return false
    default: return refused(name, "Must be a valid boolean.")
    }
  }

  /// Reports a missing field that another field requires.
  mutating func require(_ name: String) {
    if members[name] == nil { refuse(name, "This field is required.") }
  }

  /// Ids of existing records, ascending, without duplicates; nil if they are absent, which is allowed, or invalid.
  mutating func references(_ name: String, to exists: (Int) -> Bool) -> [Int]? {
    guard let value = value(name) else { return nil }
    guard case .array(let items) = value else {
      return refused(name, "Expected a list of items but got type \"\(value.pythonType)\".")
    }
    var ids: Set<Int> = []
    for item in items {
      guard let id = item.primaryKey else {
        return refused(name, "Incorrect type. Expected pk value, received \(item.pythonType).")
      }
      guard exists(id) else { return refused(name, "Invalid pk \"\(item.pythonText)\" - object does not exist.") }
      ids.insert(id)
    }
    return ids.sorted()
  }

  /// Reports an error of a field that could be read.
  mutating func refuse(_ name: String, _ message: String) {
    errors.add([message], to: name)
  }

  private mutating func refused<Value>(_ name: String, _ message: String) -> Value? {
    refuse(name, message)
    return nil
  }

  private mutating func requiredValue(_ name: String) -> JSONValue? {
    if members[name] == nil, !isPartial { return refused(name, "This field is required.") }
    return value(name)
  }

  private mutating func value(_ name: String) -> JSONValue? {
    guard let value = members[name] else { return nil }
    return value == .null ? refused(name, "This field may not be null.") : value
  }

  private static func refusal(_ message: String) -> Refusal {
    var errors = FieldErrors()
    errors.add([message], to: "non_field_errors")
    return .invalid(errors)
  }
}

extension JSONValue {
  /// The key that Python's `int()` returns for the value.
  fileprivate var primaryKey: Int? {
    switch self {
    case .integer(let id): id
    case .string(let text): Int(text.trimmingPythonWhiteSpace())
    default: nil
    }
  }
}

/// Messages by field name, in the order in which the fields were read.
struct FieldErrors: JSONWritable {
  private var fields: [(name: String, messages: [String])] = []

  var isEmpty: Bool { fields.isEmpty }

  mutating func add(_ messages: [String], to field: String) {
    fields.append((field, messages))
  }

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      for field in fields { object.field(named: field.name, field.messages) }
    }
  }
}

extension String {
  /// The text without surrounding white space, as Python's `str.strip()` returns it.
  func trimmingPythonWhiteSpace() -> String {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || ("\u{1C}"..."\u{1F}").contains(scalar)
    }
    let scalars = unicodeScalars.drop(while: isSpace)
    guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(scalars[...last])
  }
}
