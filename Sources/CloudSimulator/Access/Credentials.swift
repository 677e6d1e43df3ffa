import FoundationEssentials
import HTTPTypes

/// Checks `Authorization`: `Bearer KEY_OR_TOKEN`, `ApiKey KEY`, or the bare key that some old clients send. It also
/// stores the valid tokens.
struct Credentials: Sendable {
  private struct IssuedToken {
    let scopes: Set<AccessScope>
    let end: Date
  }

  let access: Access
  private var tokens: [String: IssuedToken] = [:]
  /// The number of tokens issued so far, including expired ones.
  private(set) var tokensIssued = 0

  init(_ access: Access) {
    self.access = access
  }

  /// The scopes of the request's key or token; throws 401 unless it has a valid one.
  func scopes(of request: HTTPRequest, at time: Date) throws(Refusal) -> Set<AccessScope> {
    guard let presented = try presentedKey(in: request) else {
      throw .unauthorized("Authentication credentials were not provided.")
    }
    if access.keys.isEmpty, access.clients.isEmpty { return AccessScope.all }
    if let key = access.keys.first(where: { $0.text == presented.text }) { return key.scopes }
    guard presented.mayBeToken, let token = tokens[String(presented.text)], time < token.end else {
      throw .unauthorized("Invalid token.")
    }
    return token.scopes
  }

  /// Issues a token that is valid from `time` on, for ``Access/tokenLifetime``.
  mutating func issueToken(scopes: Set<AccessScope>, at time: Date) -> String {
    tokens = tokens.filter { time < $0.value.end }
    tokensIssued += 1
    // Random, so that tokens of an earlier simulator are invalid.
    let text = "token-\(tokensIssued)-" + String(UInt64.random(in: .min ... .max), radix: 36)
    tokens[text] = IssuedToken(scopes: scopes, end: time.addingTimeInterval(Double(access.tokenLifetime)))
    return text
  }

  /// Makes all tokens invalid.
  mutating func revokeTokens() {
    tokens = [:]
  }

  private func presentedKey(in request: HTTPRequest) throws(Refusal) -> (text: Substring, mayBeToken: Bool)? {
    let words = (request.headerFields[.authorization] ?? "").split(whereSeparator: \.isWhitespace)
    guard let first = words.first else { return nil }
    let scheme = AuthorizationScheme(first)
    let hasKey = scheme == .bearer || scheme == .apiKey
    switch (hasKey, words.count) {
    case (false, 1): return (first, false)
    case (true, 1): throw .unauthorized("Invalid token header. No credentials provided.")
    case (true, 2): return (words[1], scheme == .bearer)
    case (true, _): throw .unauthorized("Invalid token header. Token string should not contain spaces.")
    // The service ignores schemes that it doesn't know.
    case (false, _): return nil
    }
  }
}

/// The scheme of an `Authorization` field, if it is one that clients of the API send.
enum AuthorizationScheme: String {
  case bearer = "Bearer"
  case apiKey = "ApiKey"
  case basic = "Basic"

  /// Case-insensitive (RFC 9110, section 11.1).
  init?(_ word: Substring) {
    switch word.lowercased() {
    case "bearer": self = .bearer
    case "apikey": self = .apiKey
    case "basic": self = .basic
    default: return nil
    }
  }

  /// The scheme of a field's value, in words that never contain its key: the scheme, `raw` for a bare key, or `other`;
  /// nil for no value.
  static func name(in value: String?) -> String? {
    let words = (value ?? "").split(whereSeparator: \.isWhitespace)
    guard let first = words.first else { return nil }
    return AuthorizationScheme(first)?.rawValue ?? (words.count == 1 ? "raw" : "other")
  }
}
