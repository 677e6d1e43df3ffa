import FoundationEssentials

/// What the body of an error says, in the forms of Django REST framework, of RFC 9457 (problem+json) and of proxies.
struct ErrorBody {
  /// The message about the whole request, at any length: it is cut after the key is masked in it
  /// (`CloudAPIError.masked`).
  private(set) var detail: String?
  /// Messages by field name, nested ones as `features[0].name`; "" holds those about no field.
  private(set) var fields: [String: [String]] = [:]
  /// Whether it is in the framework's own form for errors, which a proxy's page isn't.
  private(set) var isServices = false

  /// The names that services use for a message about the whole request, the most informative first.
  private static let general = ["detail", "message", "error_description", "error"]
  private static let aboutNoField: Set<String> = [
    "non_field_errors", "__all__", "detail", "message", "error_description", "error",
  ]

  /// The members of a problem beside `detail`, which are about no field.
  private static let problemMembers = ["type", "title", "status", "instance"]

  init(_ answer: Answer) {
    guard answer.htmlTitle == nil, let value = try? JSONText.decode(JSONValue.self, from: answer.body, name: "") else {
      detail = ErrorText.text(of: answer.body, mediaType: answer.mediaType)
      return
    }
    collect(value, under: "")
    var whole: String?
    if case .object(let members) = value {
      isServices = members["detail"]?.text != nil
      whole = Self.general.lazy.compactMap { members[$0]?.text }.first
      if answer.mediaType == "application/problem+json" {
        whole = whole ?? members["title"]?.text
        for name in Self.problemMembers { fields[name] = nil }
      }
      if whole != nil, case .text? = members["code"] { fields["code"] = nil }
    }
    detail = whole ?? Self.summary(of: fields)
  }

  /// Whether it says, in Django REST framework's words, that a rate limit was reached.
  var isThrottled: Bool {
    detail?.hasPrefix("Request was throttled") == true
  }

  /// How long it asks to wait, for services behind a proxy that drops `Retry-After`.
  var wait: Duration? { detail.flatMap { ErrorText.wait(in: $0) } }

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

  /// All messages in one line, sorted by name; `nil` if there are none.
  static func summary(of fields: [String: [String]]) -> String? {
    let parts = fields.sorted { $0.key < $1.key }.map { name, messages in
      (name.isEmpty ? "" : "\(name): ") + messages.joined(separator: " ")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

/// Reads a body that isn't JSON: the title of a page, or the text itself.
enum ErrorText {
  /// How much of a body is read, in bytes: far more than is shown once secrets are masked.
  private static let lookedAt = 16_384
  /// The longest wait that is accepted, in seconds.
  private static let longestWait = 86_400

  /// - Returns: one line of any length; `nil` if nothing can be read.
  static func text(of body: Data, mediaType: String?) -> String? {
    if let title = HTMLPage.title(of: body, mediaType: mediaType) { return title.isEmpty ? nil : title }
    let text = String(decoding: body.prefix(lookedAt), as: UTF8.self)
    // A body without a media type may be anything.
    let isText = mediaType.map { $0.hasPrefix("text/") } ?? !text.dropLast().contains { $0 == "\u{FFFD}" || $0 == "\0" }
    guard isText else { return nil }
    // Incomplete JSON is of no use to a person.
    guard let first = text.first(where: { !$0.isWhitespace }), !"{[\"".contains(first) else { return nil }
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line
  }

  /// How long a text asks to wait, as in “Expected available in 12 seconds.”
  static func wait(in text: String) -> Duration? {
    let text = text.lowercased()
    let phrases = ["available in ", "again in ", "retry in ", "retry after ", "wait "]
    guard let phrase = phrases.lazy.compactMap({ text.firstRange(of: $0) }).first else { return nil }
    let rest = text[phrase.upperBound...]
    let number = rest.prefix { ("0"..."9").contains($0) }
    let fraction = rest.dropFirst(number.count).prefix { "0123456789.".contains($0) }
    let unit = rest.dropFirst(number.count + fraction.count).drop { $0 == " " }.prefix(while: \.isLetter)
    let units = [("s", 1), ("m", 60), ("h", 3600)]
    guard let count = Int(number), unit != "ms", let seconds = units.first(where: { unit.hasPrefix($0.0) })?.1
    else { return nil }
    let whole = fraction.isEmpty ? count : count + 1
    return .seconds(min(whole, longestWait / seconds) * seconds)
  }
}
