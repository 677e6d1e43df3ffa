/// How a client signs in.
public enum Credential: Hashable, Sendable {
  /// A key that every request carries as it is. A service that refuses it (401) has the last word.
  case fixed(Authorization)
  /// A token that is asked for with these, carried as `Bearer`, and asked for anew when it ends or is refused.
  case clientCredentials(ClientCredentials)
}

/// What an application signs in with by itself (OAuth 2.0, RFC 6749 section 4.4).
public struct ClientCredentials: Hashable, Sendable {
  /// `client_id`.
  public var id: String
  /// `client_secret`.
  public var secret: Secret
  /// Where tokens are given out; every installation may have its own.
  public var tokenURL: TokenURL
  /// What the token is asked to allow, names with spaces between them; `nil` leaves it to the service.
  public var scope: String?
  /// For which service the token is asked, where the one that gives it serves several (`audience`).
  public var audience: String?

  public init(id: String, secret: Secret, tokenURL: TokenURL, scope: String? = nil, audience: String? = nil) {
    self.id = id
    self.secret = secret
    self.tokenURL = tokenURL
    self.scope = scope
    self.audience = audience
  }
}

/// Where tokens are given out: an address as it is, with the slash at its end and its query.
public struct TokenURL: Hashable, Sendable {
  let origin: Origin
  /// Path and query, as the request names them.
  let target: String

  /// - Parameter text: such as `https://iam.example.com/auth/realms/bimdata/protocol/openid-connect/token`; `http` is for
  ///   services on this machine only.
  /// - Throws: `BaseURLError`, which says what is wrong with the text and repeats nothing that may be secret.
  public init(_ text: String) throws(BaseURLError) {
    let rest: Substring
    (origin, rest) = try Origin.parse(text)
    // A fragment is no part of what is asked (RFC 6749, section 3.2).
    guard !rest.contains("#") else { throw .queryOrFragment }
    target = rest.hasPrefix("/") ? String(rest) : "/" + rest
  }
}

extension TokenURL: CustomStringConvertible, CustomReflectable {
  /// Without the query, where secrets travel.
  public var description: String { "\(origin.scheme)://\(origin.authority)\(target.prefix { $0 != "?" })" }

  public var customMirror: Mirror { Mirror(self, children: []) }
}
