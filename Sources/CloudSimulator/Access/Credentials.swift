import FoundationEssentials
import HTTPTypes

/// The check of `Authorization`: `Bearer KEY_OR_TOKEN`, `ApiKey KEY`, or the bare key that some old clients send; and
/// the tokens that are good.
struct Credentials: Sendable {
  private struct IssuedToken {
    let scopes: Set<AccessScope>
    let end: Date
  }

  let access: Access
  private var tokens: [String: IssuedToken] = [:]
  /// How many there have been, those included that are good no more.
  private(set) var tokensIssued = 0

  init(_ access: Access) {
    self.access = access
  }

  /// What the request's key or token may do; throws 401 unless it has one that is right.
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

  /// Makes a token that is good from `time` on, for as long as ``Access/tokenLifetime`` says.
  mutating func issueToken(scopes: Set<AccessScope>, at time: Date) -> String {
    tokens = tokens.filter { time < $0.value.end }
    tokensIssued += 1
    // Random, so that the tokens of a simulator that was started before are wrong.
    let text = "token-\(tokensIssued)-" + String(UInt64.random(in: .min ... .max), radix: 36)
    tokens[text] = IssuedToken(scopes: scopes, end: time.addingTimeInterval(Double(access.tokenLifetime)))
    return text
  }

  /// Makes every token wrong from now on.
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
    // A scheme that the service doesn't know is none of its business.
    case (false, _): return nil
    }
  }
}

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
