/// The settings of a service. The raw value is the name in the configuration file.
public enum SettingName: String, CaseIterable, Hashable, Sendable {
  case apiURL = "api_url"
  case edition
  case auth
  case key
  case keyEnv = "key_env"
  case keyFile = "key_file"
  case keyCommand = "key_command"
  case clientID = "client_id"
  case clientSecret = "client_secret"
  case clientSecretEnv = "client_secret_env"
  case clientSecretFile = "client_secret_file"
  case clientSecretCommand = "client_secret_command"
  case tokenURL = "token_url"
  case scope
  case audience
  case caFile = "ca_file"
  case proxy
  case timeout
  case concurrency
  case redirectURI = "redirect_uri"
  case me
  case readOnly = "read_only"
  case lowBandwidth = "low_bandwidth"
  case refresh
  case label
  case colour

  /// Whether the value of the environment variable is a secret or contains one.
  var holdsSecret: Bool { self == .key || self == .proxy }
}

/// A key of the configuration file, with the variable and the option that set the same. Help, manual and README are
/// made from this table.
struct FileKey: Sendable {
  let name: String
  /// The environment variable; `nil` if there is none.
  var variable: String?
  /// The command-line option; `nil` if there is none.
  var flag: String?
  /// Whether the variable is a switch, which the documentation shows as `=1`.
  var isSwitch = false
}

extension SettingName {
  var variable: String? { key.variable }
  var flag: String? { key.flag }

  var key: FileKey {
    switch self {
    case .apiURL: FileKey(name: rawValue, variable: "SKYDECK_API_URL", flag: "--api-url")
    case .edition: FileKey(name: rawValue, variable: "SKYDECK_EDITION")
    case .auth: FileKey(name: rawValue, variable: "SKYDECK_AUTH")
    case .key: FileKey(name: rawValue, variable: "SKYDECK_API_KEY")
    case .caFile: FileKey(name: rawValue, variable: "SKYDECK_CA_FILE")
    case .proxy: FileKey(name: rawValue, variable: "SKYDECK_PROXY")
    case .timeout: FileKey(name: rawValue, variable: "SKYDECK_TIMEOUT")
    case .concurrency: FileKey(name: rawValue, variable: "SKYDECK_CONCURRENCY")
    case .redirectURI: FileKey(name: rawValue, variable: "SKYDECK_REDIRECT_URI")
    case .me: FileKey(name: rawValue, variable: "SKYDECK_ME")
    case .readOnly: FileKey(name: rawValue, variable: "SKYDECK_READ_ONLY", flag: "--read-only", isSwitch: true)
    case .lowBandwidth:
      FileKey(name: rawValue, variable: "SKYDECK_LOW_BANDWIDTH", flag: "--low-bandwidth", isSwitch: true)
    // Only a profile can set these.
    case .keyEnv, .keyFile, .keyCommand, .clientID, .clientSecret, .clientSecretEnv, .clientSecretFile,
      .clientSecretCommand, .tokenURL, .scope, .audience, .refresh, .label, .colour:
      FileKey(name: rawValue)
    }
  }
}

extension Configuration {
  /// The keys at the top level of the file.
  enum TopName: String, CaseIterable {
    case defaultProfile = "default_profile"
    case profiles
    case console

    var key: FileKey {
      self == .defaultProfile
        ? FileKey(name: rawValue, variable: "SKYDECK_PROFILE", flag: "--profile") : FileKey(name: rawValue)
    }
  }
}

extension ConsoleSettings {
  /// The keys of the section `console`.
  enum Name: String, CaseIterable {
    case theme, keymap, refresh, ascii, mouse
    case screenReader = "screen_reader"
    case lowBandwidth = "low_bandwidth"

    var key: FileKey {
      switch self {
      case .theme: FileKey(name: rawValue, flag: "--theme")
      case .ascii: FileKey(name: rawValue, flag: "--ascii")
      case .screenReader: FileKey(name: rawValue, flag: "--screen-reader")
      case .lowBandwidth: SettingName.lowBandwidth.key
      case .keymap, .refresh, .mouse: FileKey(name: rawValue)
      }
    }
  }
}
