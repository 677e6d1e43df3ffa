public import CloudAPI

/// How to sign in, and with what.
public enum SignInSetting: Hashable, Sendable {
  /// `Authorization: Bearer KEY`.
  case bearer(SecretSource)
  /// `Authorization: ApiKey KEY`.
  case apiKey(SecretSource)
  /// `Authorization: KEY`.
  case raw(SecretSource)
  /// Tokens from an OAuth2 server (RFC 6749, section 4.4).
  case clientCredentials(Client)

  /// An application that signs in by itself.
  public struct Client: Hashable, Sendable {
    public var id: String
    public var secret: SecretSource
    public var tokenURL: TokenURL
    /// What the token is asked to allow, names with spaces between them.
    public var scope: String?
    /// For which service the token is asked.
    public var audience: String?

    public init(
      id: String, secret: SecretSource, tokenURL: TokenURL, scope: String? = nil, audience: String? = nil
    ) {
      self.id = id
      self.secret = secret
      self.tokenURL = tokenURL
      self.scope = scope
      self.audience = audience
    }
  }

  /// The ways by their names in settings.
  public enum Method: String, CaseIterable, Hashable, Sendable {
    case bearer
    case apiKey = "api-key"
    case raw
    case clientCredentials = "client-credentials"
  }

  public var method: Method {
    switch self {
    case .bearer: .bearer
    case .apiKey: .apiKey
    case .raw: .raw
    case .clientCredentials: .clientCredentials
    }
  }

  /// Where the key is, or the client's secret.
  public var secretSource: SecretSource {
    switch self {
    case .bearer(let source), .apiKey(let source), .raw(let source): source
    case .clientCredentials(let client): client.secret
    }
  }
}
