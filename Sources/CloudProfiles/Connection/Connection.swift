public import CloudAPI

/// The service, how to sign in and all other settings, resolved from command line, environment and profile.
///
/// Address and credentials always come from one source, so that a key is never sent to an address that it isn't for:
///
/// 1. `--api-url` with `SKYDECK_API_KEY`;
/// 2. the profile that `--profile` or `SKYDECK_PROFILE` names, whatever the `SKYDECK_API_…` variables hold;
/// 3. `SKYDECK_API_URL` with `SKYDECK_API_KEY`;
/// 4. the default profile. If only one of the two variables is set, that is an error: it may be meant or forgotten.
public struct Connection: Sendable {
  public let apiURL: Setting<BaseURL>
  public let signIn: Setting<SignInSetting>
  public let options: ConnectionOptions
  /// The profile whose settings apply; with `--api-url` all but its address and key.
  public let profile: String?

  let environment: [String: String]
  /// The path of the configuration file; `nil` if there is none.
  let path: String?
  /// The variables that are hidden from programs that print the key.
  private let secretVariables: SecretVariables

  /// Resolves the settings. It reads no secret: `secret()` does.
  ///
  /// - Throws: `SettingsError`, of the kind `nothingSet` if nothing names a service.
  public init(
    _ arguments: ConnectionArguments, environment: [String: String], configuration: Configuration
  ) throws(SettingsError) {
    let source = try ServiceSource(arguments, environment: environment, configuration: configuration)
    self.environment = environment
    path = configuration.path
    secretVariables = SecretVariables(configuration)
    profile = source.profile?.name
    options = try ConnectionOptions(
      arguments, environment: environment, profile: source.profile, in: configuration)
    switch source {
    case .profile(let profile):
      let sources = SettingSources(environment: environment, profile: profile, configuration: configuration)
      apiURL = Setting(profile.apiURL, sources.origin(.apiURL))
      signIn = Setting(profile.signIn, sources.signInOrigin)
    case .variables(let address, _):
      apiURL = try Self.address(address)
      signIn = try Self.signIn(environment)
    }
  }

  /// Resolves a profile that isn't in a file yet.
  ///
  /// - Parameter configuration: the file to which it will be added.
  /// - Throws: `SettingsError` for a variable that can't be used.
  public init(
    _ profile: Profile, environment: [String: String], configuration: Configuration
  ) throws(SettingsError) {
    self.environment = environment
    path = nil
    secretVariables = SecretVariables(configuration)
    self.profile = profile.name
    options = try ConnectionOptions(environment: environment, profile: profile)
    apiURL = Setting(profile.apiURL, .profile(profile.name, position: nil))
    signIn = Setting(profile.signIn, .profile(profile.name, position: nil))
  }

  /// Stores the detected edition of the service.
  public var editionMemory: EditionMemory {
    EditionFile(environment: environment)?.memory ?? .none
  }

  /// The key, or the client's secret; its source is read each time.
  ///
  /// - Throws: `SettingsError` if the source has no secret or others can read it. Cancelling ends a program that prints
  ///   it.
  public func secret() async throws(SettingsError) -> Secret {
    try await signIn.value.secretSource.read(
      environment: environment, hiding: secretVariables,
      isForForm: signIn.value.method == .clientCredentials)
  }

  private static func address(_ text: Setting<String>) throws(SettingsError) -> Setting<BaseURL> {
    do throws(BaseURLError) {
      return Setting(try BaseURL(text.value), text.origin)
    } catch {
      // Addresses may contain credentials and tokens: one that may is not quoted.
      let shown = text.value.contains { "@?#".contains($0) } ? "" : " \"\(text.value)\""
      throw SettingsError("The address\(shown) in SKYDECK_API_URL (or --api-url) can't be used. \(error.message)")
    }
  }

  private static func signIn(_ environment: [String: String]) throws(SettingsError) -> Setting<SignInSetting> {
    let sources = SettingSources(environment: environment, profile: nil, configuration: .empty)
    let method: Setting<SignInSetting.Method>? = try sources.setting(.auth, nil, SettingText.choice)
    let origin = SettingOrigin(variableOf: .key)
    let key = SecretSource.variable(origin.description)
    switch method?.value {
    case .apiKey: return Setting(.apiKey(key), origin)
    case .raw: return Setting(.raw(key), origin)
    case .bearer, nil: return Setting(.bearer(key), origin)
    case .clientCredentials:
      throw SettingsError(
        "SKYDECK_AUTH is client-credentials, which needs a profile: set it to bearer, api-key or raw.")
    }
  }
}
