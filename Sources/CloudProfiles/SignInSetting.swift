public import CloudAPI

/// How to sign in, and with which secret.
public enum SignInSetting: Hashable, Sendable {
  /// `Authorization: Bearer KEY`.
  case bearer(SecretSource)
  /// `Authorization: ApiKey KEY`.
  case apiKey(SecretSource)
  /// `Authorization: KEY`.
  case raw(SecretSource)
  /// Tokens from an OAuth2 server (RFC 6749, section 4.4).
  case clientCredentials(Client)

  /// An application that signs in without a user.
  public struct Client: Hashable, Sendable {
    public var id: String
    public var secret: SecretSource
    public var tokenURL: TokenURL
    /// The requested scope, names separated by spaces.
    public var scope: String?
    /// The service for which the token is requested.
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

  /// The methods by their names in settings.
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

  /// The source of the key, or of the client's secret.
  public var secretSource: SecretSource {
    switch self {
    case .bearer(let source), .apiKey(let source), .raw(let source): source
    case .clientCredentials(let client): client.secret
    }
  }
}

extension SignInSetting {
  private static let keys: [SettingName] = [.keyEnv, .keyFile, .keyCommand, .key]
  private static let clientSecrets: [SettingName] = [
    .clientSecretEnv, .clientSecretFile, .clientSecretCommand, .clientSecret,
  ]

  init(profile: String, _ reader: MappingReader, paths: PathExpansion) throws(SettingsError) {
    let method: Method = try reader.value(.auth, SettingText.choice) ?? .bearer
    guard method == .clientCredentials else {
      let name = "auth: \(method.rawValue)"
      try Self.refuse(
        [.clientID, .tokenURL, .scope, .audience] + Self.clientSecrets, of: "auth: client-credentials", with: name,
        reader)
      let key = try Self.source(Self.keys, for: profile, reader, paths)
      self =
        switch method {
        case .apiKey: .apiKey(key)
        case .raw: .raw(key)
        case .bearer, .clientCredentials: .bearer(key)
        }
      return
    }
    try Self.refuse(Self.keys, of: "the other ways to sign in", with: "auth: client-credentials", reader)
    guard let id = try reader.text(SettingName.clientID.rawValue) else {
      throw reader.error("auth: client-credentials needs a client_id.", at: SettingName.auth.rawValue)
    }
    guard let tokenURL = try reader.value(.tokenURL, SettingText.tokenURL) else {
      throw reader.error(
        "auth: client-credentials needs a token_url, where tokens are asked for.", at: SettingName.auth.rawValue)
    }
    let secret = try Self.source(Self.clientSecrets, for: profile, reader, paths)
    var client = Client(id: id, secret: secret, tokenURL: tokenURL)
    client.scope = try reader.text(SettingName.scope.rawValue)
    client.audience = try reader.text(SettingName.audience.rawValue)
    self = .clientCredentials(client)
  }

  private static func refuse(
    _ names: [SettingName], of owner: String, with method: String, _ reader: MappingReader
  ) throws(SettingsError) {
    guard let name = names.first(where: reader.contains) else { return }
    throw reader.error("\(name.rawValue) belongs to \(owner), and this profile has \(method).", at: name.rawValue)
  }

  /// The only source that is set, of a variable, a file, a command and an inline secret.
  private static func source(
    _ names: [SettingName], for profile: String, _ reader: MappingReader, _ paths: PathExpansion
  ) throws(SettingsError) -> SecretSource {
    let present = names.filter(reader.contains)
    guard let name = present.first else {
      let choices = names.map(\.rawValue).joined(separator: ", ")
      throw reader.error("the profile “\(profile)” has no key: add one of \(choices).")
    }
    guard present.count == 1 else {
      let both = present.map(\.rawValue).joined(separator: " and ")
      throw reader.error("\(both) are set: keep one of them.", at: present.last?.rawValue)
    }
    let source: SecretSource? =
      switch name {
      case .keyEnv, .clientSecretEnv:
        try reader.value(name, SettingText.variable).map(SecretSource.variable)
      case .keyFile, .clientSecretFile:
        try reader.value(name) { text throws(SettingText.Rejection) in try paths(text) }.map { .file(path: $0) }
      case .keyCommand, .clientSecretCommand:
        .command(try reader.command(name, paths), in: reader.path)
      default:
        try reader.text(name.rawValue).map { .inline(Secret($0), in: reader.path) }
      }
    guard let source else { throw reader.error("\(name.rawValue) is not set.", at: name.rawValue) }
    return source
  }
}
