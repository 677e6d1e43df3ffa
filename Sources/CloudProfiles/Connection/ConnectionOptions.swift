public import CloudAPI

/// What is set of a service besides its address and how to sign in. Each comes from its flag, its variable, the profile
/// or what is built in, the first of these that says anything.
public struct ConnectionOptions: Equatable, Sendable {
  public let edition: Setting<EditionSetting>
  /// Of authorities to trust beside the system's, in PEM form; `nil` for the system's alone.
  public let caFile: Setting<String?>
  /// `nil` where nothing says anything of one.
  public let proxy: Setting<ProxySetting?>
  /// The hosts that a proxy of the environment isn't for, and the variable that names them; an explicit setting holds
  /// for every host.
  public let proxyExceptions: Setting<ProxyExceptions>
  /// Why the proxy that the environment names can't be used.
  public let proxyProblem: SettingsError?
  /// For one request; `nil` for what suits each kind of request.
  public let timeout: Setting<Duration?>
  /// How many requests are under way at once at most.
  public let concurrency: Setting<Int>
  /// Where invited people land.
  public let redirectURI: Setting<String?>
  /// How often the console reads lists again by itself; `nil` where the profile doesn't say.
  public let refresh: Setting<RefreshSetting?>
  /// Whether every write is refused. One source that says so is enough: nothing takes it back.
  public let isReadOnly: Setting<Bool>
  /// Whether the console sends as few bytes as can be. One source that says so is enough.
  public let isLowBandwidth: Setting<Bool>
  /// What the header says of the service, such as `PRODUCTION`.
  public let label: Setting<String?>
  public let colour: Setting<ProfileColour?>

  /// Those of the demo: of no profile, and from those variables alone that can mean it.
  public static func demo(
    _ arguments: ConnectionArguments, environment: [String: String]
  ) throws(SettingsError) -> ConnectionOptions {
    let names = [SettingName.concurrency, .redirectURI, .readOnly, .lowBandwidth].compactMap(\.variable)
    return try ConnectionOptions(arguments, environment: environment.filter { names.contains($0.key) })
  }

  /// - Parameter profile: the one whose settings hold; `nil` for none.
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
    isReadOnly = try sources.enabled(.readOnly, profile?.isReadOnly, flag: arguments.isReadOnly)
    isLowBandwidth = try sources.enabled(.lowBandwidth, profile?.isLowBandwidth)
    refresh = sources.profileOnly(.refresh, profile?.refresh)
    label = sources.profileOnly(.label, profile?.label)
    colour = sources.profileOnly(.colour, profile?.colour)
  }
}
