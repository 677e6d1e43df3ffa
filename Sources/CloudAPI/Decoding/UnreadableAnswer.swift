import FoundationEssentials

/// Why the body of a successful response can't be read, and which of its fields is the cause.
struct UnreadableAnswer: Error {
  /// Such as `users[3].email is a number, not text`.
  let reason: String

  /// Bodies larger than this, in bytes, are not read a second time to describe the unexpected value.
  private static let largestDescribed = 16 << 20

  init(reason: String) {
    self.reason = reason
  }

  /// For an HTML page in place of JSON.
  init(pageTitled title: String) {
    reason = "the response is an HTML page" + (title.isEmpty ? "" : " (“\(title)”)") + ", not JSON"
  }

  /// - Parameter name: what the body as a whole holds.
  init(_ error: any Error, in body: Data, name: String) {
    switch error {
    case let error as InvalidValue:
      reason = "\(Self.place(error.path, in: name)) \(error.reason)"
    case let error as DecodingError:
      reason = Self.reason(of: error, in: body, name: name)
    default:
      reason = "\(name) can't be read"
    }
  }

  private static func reason(of error: DecodingError, in body: Data, name: String) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      return "\(place(context.codingPath + [key], in: name)) is missing"
    case .valueNotFound(_, let context):
      return "\(place(context.codingPath, in: name)) is null"
    case .typeMismatch(let type, let context):
      let found = kind(at: context.codingPath, in: body).map { "\($0), " } ?? ""
      return "\(place(context.codingPath, in: name)) is \(found)not \(kind(of: type))"
    case .dataCorrupted:
      return UnreadableAnswer.invalidJSON.reason
    @unknown default:
      return "\(name) can't be read"
    }
  }

  private static func place(_ path: [any CodingKey], in name: String) -> String {
    path.reduce(into: name) { place, key in
      place += key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
    }
  }

  private static func kind(at path: [any CodingKey], in body: Data) -> String? {
    guard body.count <= largestDescribed else { return nil }
    return (try? JSONDecoder().decode(JSONValue.self, from: body))?.value(at: path)?.kind
  }

  private static func kind(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "text"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "a whole number"
    case is any BinaryFloatingPoint.Type: "a number"
    case is [String: Any].Type: "an object"
    default: "\(type)".hasPrefix("Dictionary") ? "an object" : "a list"
    }
  }
}

/// A value of the right type that makes no sense, as a model finds while it is decoded.
struct InvalidValue: Error {
  let path: [any CodingKey]
  /// What follows the field's name: `is no date`.
  let reason: String
}

/// Recognizes the pages that proxies and sign-in screens send where JSON is expected.
enum HTMLPage {
  /// How far a title is searched for, in bytes.
  private static let searched = 4096

  /// The complete title of a page, so that a key in it can be masked; empty if it has none; `nil` if the body isn't a
  /// page.
  static func title(of body: Data, mediaType: String?) -> String? {
    let start = String(decoding: body.prefix(searched), as: UTF8.self)
    let firstCharacter = start.first { !$0.isWhitespace && $0 != "\u{FEFF}" }
    guard firstCharacter == "<" || mediaType == "text/html" && firstCharacter != "{" && firstCharacter != "[" else {
      return nil
    }
    let lowercased = start.lowercased()
    guard lowercased.count == start.count,
      let open = lowercased.firstRange(of: "<title"),
      let openEnd = lowercased[open.upperBound...].firstIndex(of: ">"),
      let close = lowercased[openEnd...].firstRange(of: "</title")
    else { return "" }
    let title = lowercased.distance(from: lowercased.startIndex, to: lowercased.index(after: openEnd))
    let length = lowercased.distance(from: lowercased.index(after: openEnd), to: close.lowerBound)
    return start.dropFirst(title).prefix(length).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
