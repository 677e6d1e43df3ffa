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
  case clientCredentials(id: String, secret: SecretSource, tokenURL: TokenURL)

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
    case .bearer(let source), .apiKey(let source), .raw(let source), .clientCredentials(_, let source, _): source
    }
  }
}
