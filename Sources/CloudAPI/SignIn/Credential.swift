/// How a client signs in.
public enum Credential: Hashable, Sendable {
  /// A key that every request carries. If the service refuses it (401), the request fails.
  case fixed(Authorization)
  /// A token that is requested with these credentials, sent as `Bearer`, and renewed when it expires or is refused.
  case clientCredentials(ClientCredentials)
}

/// The credentials with which an application signs in without a user (OAuth 2.0, RFC 6749 section 4.4).
public struct ClientCredentials: Hashable, Sendable {
  /// `client_id`.
  public var id: String
  /// `client_secret`.
  public var secret: Secret
  /// The token endpoint; every installation may have its own.
  public var tokenURL: TokenURL
  /// The requested scope, names separated by spaces; `nil` leaves it to the service.
  public var scope: String?
  /// The service for which the token is requested, if the endpoint serves several (`audience`).
  public var audience: String?

  public init(id: String, secret: Secret, tokenURL: TokenURL, scope: String? = nil, audience: String? = nil) {
    self.id = id
    self.secret = secret
    self.tokenURL = tokenURL
    self.scope = scope
    self.audience = audience
  }
}

/// The address of a token endpoint, kept as written, with its trailing slash and query.
public struct TokenURL: Hashable, Sendable {
  let origin: Origin
  /// Path and query, as the request names them.
  let target: String

  /// - Parameter text: such as `https://iam.example.com/auth/realms/bimdata/protocol/openid-connect/token`; `http` is
  ///   allowed for services on this machine only.
  /// - Throws: `BaseURLError`, which says what is wrong with the text and quotes nothing that may be secret.
  public init(_ text: String) throws(BaseURLError) {
    let rest: Substring
    (origin, rest) = try Origin.parse(text)
    // A token endpoint has no fragment (RFC 6749, section 3.2).
    guard !rest.contains("#") else { throw .queryOrFragment }
    target = rest.hasPrefix("/") ? String(rest) : "/" + rest
  }
}

extension TokenURL: CustomStringConvertible, CustomReflectable {
  /// Without the query, which may carry secrets.
  public var description: String { "\(origin.scheme)://\(origin.authority)\(target.prefix { $0 != "?" })" }

  public var customMirror: Mirror { Mirror(self, children: []) }
}
