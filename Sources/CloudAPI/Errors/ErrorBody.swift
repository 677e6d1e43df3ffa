import FoundationEssentials

/// What the service says in the body of an error, in the forms of Django REST framework and of the proxies before it.
struct ErrorBody {
  /// What it says as a whole, at any length: it is cut once the key is masked in it (`CloudAPIError.masked`).
  private(set) var detail: String?
  /// Messages by the name of the field, nested ones as `features[0].name`; "" holds those about no field.
  private(set) var fields: [String: [String]] = [:]

  /// Names under which services speak of the request as a whole, the most telling first.
  private static let general = ["detail", "message", "error_description", "error"]
  private static let aboutNoField: Set<String> = [
    "non_field_errors", "__all__", "detail", "message", "error_description", "error",
  ]

  init(_ answer: Answer) {
    if let title = answer.htmlTitle {
      detail = title.isEmpty ? nil : title
      return
    }
    guard let value = try? JSONText.decode(JSONValue.self, from: answer.body, name: "") else { return }
    collect(value, under: "")
    var whole: String?
    if case .object(let members) = value {
      whole = Self.general.lazy.compactMap { members[$0]?.text }.first
      if whole != nil, case .text? = members["code"] { fields["code"] = nil }
    }
    detail = whole ?? Self.summary(of: fields)
  }

  /// Whether it says, in Django REST framework's words, that a rate limit was reached.
  var isThrottled: Bool {
    detail?.hasPrefix("Request was throttled") == true
  }

  /// From “Expected available in 12 seconds.”, for services whose `Retry-After` a proxy dropped.
  var throttledFor: Duration? {
    guard isThrottled, let range = detail?.firstRange(of: "available in "), let rest = detail?[range.upperBound...]
    else { return nil }
    return Int(rest.prefix(while: \.isNumber)).map { .seconds(min($0, 86_400)) }
  }

  private mutating func collect(_ value: JSONValue, under name: String) {
    switch value {
    case .text(let message):
      fields[name, default: []].append(message)
    case .number, .boolean, .null:
      return
    case .list(let items):
      for (index, item) in items.enumerated() {
        if case .text = item { collect(item, under: name) } else { collect(item, under: "\(name)[\(index)]") }
      }
    case .object(let members):
      for (key, member) in members.sorted(by: { $0.key < $1.key }) {
        let isGeneral = Self.aboutNoField.contains(key)
        collect(member, under: isGeneral ? name : name.isEmpty ? key : "\(name).\(key)")
      }
    }
  }

  /// All messages in one line, by name; `nil` where there are none.
  static func summary(of fields: [String: [String]]) -> String? {
    let parts = fields.sorted { $0.key < $1.key }.map { name, messages in
      (name.isEmpty ? "" : "\(name): ") + messages.joined(separator: " ")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
