/// The first word of an `Authorization` field, where it is one of those that clients of the API send.
enum AuthorizationScheme: String {
  case bearer = "Bearer"
  case apiKey = "ApiKey"
  case basic = "Basic"

  /// Upper and lower case are the same (RFC 9110, section 11.1).
  init?(_ word: Substring) {
    switch word.lowercased() {
    case "bearer": self = .bearer
    case "apikey": self = .apiKey
    case "basic": self = .basic
    default: return nil
    }
  }

  /// What a field's value is written in, in words that never hold its key: the scheme, `raw` for a bare key, `other`;
  /// nil where there is no value.
  static func name(in value: String?) -> String? {
    let words = (value ?? "").split(whereSeparator: \.isWhitespace)
    guard let first = words.first else { return nil }
    return AuthorizationScheme(first)?.rawValue ?? (words.count == 1 ? "raw" : "other")
  }
}
