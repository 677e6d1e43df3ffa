/// Any JSON value, for bodies whose structure isn't known in advance.
enum JSONValue: Hashable, Sendable, Decodable {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let text = try? container.decode(String.self) {
      self = .text(JSONText.whole(text) ?? text)
    } else if let boolean = try? container.decode(Bool.self) {
      self = .boolean(boolean)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// Its type, as the end of “it is …”.
  var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "true or false"
    case .number: "a number"
    case .text: "text"
    case .list: "a list"
    case .object: "an object"
    }
  }

  /// The value at a path of keys and indices; `nil` if there is none.
  func value(at path: some Sequence<any CodingKey>) -> JSONValue? {
    var value = self
    for key in path {
      switch value {
      case .list(let items):
        guard let index = key.intValue, items.indices.contains(index) else { return nil }
        value = items[index]
      case .object(let members):
        guard let member = members[key.stringValue] else { return nil }
        value = member
      default: return nil
      }
    }
    return value
  }
}
