public import CloudAPI

/// The settings of a service besides its address and how to sign in. Each comes from the first of these that sets it:
/// its flag, its variable, the profile, the built-in default.
public struct ConnectionOptions: Equatable, Sendable {
  public let edition: Setting<EditionSetting>
  /// The file of authorities that are trusted in addition to the system's, in PEM form; `nil` for the system's only.
  public let caFile: Setting<String?>
  /// `nil` if nothing sets a proxy.
  public let proxy: Setting<ProxySetting?>
  /// The hosts that are reached without the environment's proxy, and the variable that lists them. An explicit proxy
  /// setting applies to every host.
  public let proxyExceptions: Setting<ProxyExceptions>
  /// Why the environment's proxy can't be used.
  public let proxyProblem: SettingsError?
  /// The time limit for one request; `nil` for the defaults, which depend on the kind of request.
  public let timeout: Setting<Duration?>
  /// The most requests in progress at once.
  public let concurrency: Setting<Int>
  /// Where invited people are redirected.
  public let redirectURI: Setting<String?>
  /// The user's own e-mail address in the service.
  public let me: Setting<String?>
  /// How often the console reloads lists by itself; `nil` if the profile doesn't say.
  public let refresh: Setting<RefreshSetting?>
  /// Whether every write is refused. One source that enables it is enough: no other source can disable it.
  public let isReadOnly: Setting<Bool>
  /// Whether the console sends as few bytes as possible. One source that enables it is enough.
  public let isLowBandwidth: Setting<Bool>
  /// What the header calls the service, such as `PRODUCTION`.
  public let label: Setting<String?>
  public let colour: Setting<ProfileColour?>

  /// The demo's options: without a profile, and only from the variables that can apply to it.
  public static func demo(
    _ arguments: ConnectionArguments, environment: [String: String]
  ) throws(SettingsError) -> ConnectionOptions {
    let names = [SettingName.concurrency, .redirectURI, .me, .readOnly, .lowBandwidth].compactMap(\.variable)
    return try ConnectionOptions(arguments, environment: environment.filter { names.contains($0.key) })
  }

  /// - Parameter profile: the profile whose settings apply; `nil` for none.
  /// - Throws: `SettingsError` for a variable that can't be used.
  public init(
    _ arguments: ConnectionArguments = ConnectionArguments(), environment: [String: String], profile: Profile? = nil,
    in configuration: Configuration = .empty
  ) throws(SettingsError) {
    let sources = SettingSources(environment: environment, profile: profile, configuration: configuration)
    let paths = PathExpansion(home: sources.variable("HOME"), directory: ".")
    edition = try sources.setting(.edition, profile?.edition, SettingText.choice) ?? Setting(.auto, .builtIn)
    caFile = try sources.optional(.caFile, profile?.caFile) { text throws(SettingText.Rejection) in try paths(text) }
    let explicit = try sources.optional(.proxy, profile?.proxy, SettingText.proxy)
    let common = EnvironmentProxy(sources)
    (proxy, proxyProblem) = explicit.value == nil ? (common.proxy, common.problem) : (explicit, nil)
    proxyExceptions = explicit.value == nil ? common.exceptions : Setting(ProxyExceptions(), .builtIn)
    timeout = try sources.optional(.timeout, profile?.timeout, SettingText.timeout)
    concurrency =
      try sources.setting(.concurrency, profile?.concurrency, SettingText.concurrency) ?? Setting(16, .builtIn)
    redirectURI = try sources.optional(.redirectURI, profile?.redirectURI, SettingText.redirectURI)
    me = try sources.optional(.me, profile?.me, SettingText.emailAddress)
    isReadOnly = try sources.enabled(.readOnly, profile?.isReadOnly, flag: arguments.isReadOnly)
    isLowBandwidth = try sources.enabled(.lowBandwidth, profile?.isLowBandwidth)
    refresh = sources.profileOnly(.refresh, profile?.refresh)
    label = sources.profileOnly(.label, profile?.label)
    colour = sources.profileOnly(.colour, profile?.colour)
  }
}
