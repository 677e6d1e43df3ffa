public import CloudAPI

/// A profile as the user enters it: a text for each setting, checked when it becomes a `Profile`.
public struct ProfileDraft: Sendable {
  public var name: String
  /// The text of each setting, as from command-line options: no key, no password.
  public var texts: [SettingName: String] = [:]
  public var isReadOnly = false
  /// The key or the client's secret, if it is to be stored in the configuration file.
  public var secret: Secret?

  private static let keys: [SettingName] = [.keyEnv, .keyFile, .keyCommand]
  private static let clientSecrets: [SettingName] = [.clientSecretEnv, .clientSecretFile, .clientSecretCommand]
  private static let clientSettings: [SettingName] = [.clientID, .tokenURL, .scope, .audience] + clientSecrets

  public init(name: String) {
    self.name = name
  }

  /// The option that sets a setting: `--key-env`.
  public static func option(_ name: SettingName) -> String {
    "--" + name.rawValue.replacing("_", with: "-")
  }

  /// Whether an application signs in rather than a key: by `auth`, or because a client is named.
  public var isOfClient: Bool {
    texts[.auth].map { $0 == SignInSetting.Method.clientCredentials.rawValue } ?? (texts[.clientID] != nil)
  }

  /// Whether nothing names the source of the secret.
  public var lacksSecret: Bool {
    secret == nil && (isOfClient ? Self.clientSecrets : Self.keys).allSatisfy { texts[$0] == nil }
  }

  /// - Parameters:
  ///   - home: the value of `~`.
  ///   - directory: the directory to which relative paths refer.
  /// - Throws: `SettingsError` for the first invalid setting, under its option's name.
  public func profile(home: String?, directory: String) throws(SettingsError) -> Profile {
    let paths = PathExpansion(home: home, directory: directory)
    guard let apiURL = try value(.apiURL, SettingText.address) else {
      throw SettingsError("A profile needs an address: --api-url https://api.bimdata.io, or its own.")
    }
    var profile = try Profile(name: name, apiURL: apiURL, signIn: signIn(paths))
    profile.edition = try value(.edition, SettingText.choice)
    profile.caFile = try value(.caFile) { text throws(SettingText.Rejection) in try paths(text) }
    profile.proxy = try value(.proxy, SettingText.proxy)
    guard profile.proxy?.proxy?.password == nil else {
      throw SettingsError(
        "Others could read the proxy's password in \(Self.option(.proxy)): add the profile without it, and write it "
          + "into the file afterwards (proxy: http://user:password@…), or set SKYDECK_PROXY.")
    }
    profile.timeout = try value(.timeout, SettingText.timeout)
    profile.concurrency = try value(.concurrency, SettingText.concurrency)
    profile.redirectURI = try value(.redirectURI, SettingText.redirectURI)
    profile.me = try value(.me, SettingText.emailAddress)
    profile.refresh = try value(.refresh, SettingText.refresh)
    profile.label = try value(.label, SettingText.label)
    profile.colour = try value(.colour, SettingText.choice)
    profile.isReadOnly = isReadOnly
    return profile
  }

  private func signIn(_ paths: PathExpansion) throws(SettingsError) -> SignInSetting {
    let stated: SignInSetting.Method? = try value(.auth, SettingText.choice)
    guard isOfClient else {
      try refuse(Self.clientSettings, unless: "--auth client-credentials")
      let key = try source(Self.keys, paths)
      return switch stated {
      case .apiKey: .apiKey(key)
      case .raw: .raw(key)
      case .bearer, .clientCredentials, nil: .bearer(key)
      }
    }
    try refuse(Self.keys, unless: "--auth bearer, api-key or raw")
    guard let id = try value(.clientID, SettingText.some) else {
      throw SettingsError("--auth client-credentials needs --client-id.")
    }
    guard let tokenURL = try value(.tokenURL, SettingText.tokenURL) else {
      throw SettingsError("--auth client-credentials needs --token-url, where tokens are asked for.")
    }
    var client = SignInSetting.Client(id: id, secret: try source(Self.clientSecrets, paths), tokenURL: tokenURL)
    client.scope = try value(.scope, SettingText.some)
    client.audience = try value(.audience, SettingText.some)
    return .clientCredentials(client)
  }

  private func refuse(_ names: [SettingName], unless method: String) throws(SettingsError) {
    guard let name = names.first(where: { texts[$0] != nil }) else { return }
    throw SettingsError("\(Self.option(name)) belongs to \(method).")
  }

  /// The only source of the secret.
  private func source(_ names: [SettingName], _ paths: PathExpansion) throws(SettingsError) -> SecretSource {
    let present = names.filter { texts[$0] != nil }
    guard present.count + (secret == nil ? 0 : 1) == 1 else {
      let options = names.map(Self.option).joined(separator: ", ")
      throw SettingsError("Name the source of the key once: by one of \(options) and --key-stdin.")
    }
    if let secret {
      let checked = try SecretSource.checked(
        secret.revealed, of: "What was given as the key", isForForm: isOfClient)
      return .inline(checked, in: nil)
    }
    let source: SecretSource? =
      switch present[0] {
      case .keyEnv, .clientSecretEnv: try value(present[0], SettingText.variable).map(SecretSource.variable)
      case .keyFile, .clientSecretFile:
        try value(present[0]) { text throws(SettingText.Rejection) in .file(path: try paths(text)) }
      default:
        try value(present[0]) { text throws(SettingText.Rejection) in try Self.command(text, paths) }
      }
    guard let source else { throw SettingsError("\(Self.option(present[0])) is not set.") }
    return source
  }

  private static func command(
    _ text: String, _ paths: PathExpansion
  ) throws(SettingText.Rejection) -> SecretSource {
    guard var words = CommandWords.split(text), let program = words.first, !program.isEmpty,
      words.allSatisfy(HarmlessText.isPlain)
    else {
      throw SettingText.Rejection(
        advice: "set it to a program and its arguments, with quotes closed, such as \"pass show bimdata/live\"")
    }
    words[0] = try paths.program(program)
    return .command(words, in: nil)
  }

  private func value<Value>(
    _ name: SettingName, _ read: (String) throws(SettingText.Rejection) -> Value
  ) throws(SettingsError) -> Value? {
    guard let text = texts[name] else { return nil }
    return try SettingSources.value(text, of: Self.option(name), read)
  }
}
