/// A value of a request's body, as Python's `json.loads` would return it.
enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Any other number, as it was written: fractions, exponents, integers beyond 64 bits.
  case decimal(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The name of the Python type, which appears in the service's messages.
  var pythonType: String {
    switch self {
    case .null: "NoneType"
    case .bool: "bool"
    case .integer: "int"
    case .decimal(let text): text.contains { ".eE".contains($0) } ? "float" : "int"
    case .string: "str"
    case .array: "list"
    case .object: "dict"
    }
  }

  /// The result of Python's `str()`, which appears in the service's messages.
  var pythonText: String {
    switch self {
    case .null: "None"
    case .bool(let value): value ? "True" : "False"
    case .integer(let value): String(value)
    case .decimal(let text): pythonType == "float" ? Double(text)?.description ?? text : text
    case .string(let text): text
    case .array(let values): "[" + values.map(\.pythonLiteral).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.sorted { $0.key < $1.key }
        .map { "'\($0.key)': \($0.value.pythonLiteral)" }
        .joined(separator: ", ") + "}"
    }
  }

  private var pythonLiteral: String {
    if case .string(let text) = self { "'\(text)'" } else { pythonText }
  }
}
