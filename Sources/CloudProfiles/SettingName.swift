/// A setting of a service, under its name in the file.
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
  case readOnly = "read_only"
  case lowBandwidth = "low_bandwidth"
  case refresh
  case label
  case colour

  /// The environment variable that sets it; `nil` if only a profile can.
  public var variable: String? {
    switch self {
    case .apiURL: "SKYDECK_API_URL"
    case .edition: "SKYDECK_EDITION"
    case .auth: "SKYDECK_AUTH"
    case .key: "SKYDECK_API_KEY"
    case .caFile: "SKYDECK_CA_FILE"
    case .proxy: "SKYDECK_PROXY"
    case .timeout: "SKYDECK_TIMEOUT"
    case .concurrency: "SKYDECK_CONCURRENCY"
    case .redirectURI: "SKYDECK_REDIRECT_URI"
    case .readOnly: "SKYDECK_READ_ONLY"
    case .lowBandwidth: "SKYDECK_LOW_BANDWIDTH"
    case .keyEnv, .keyFile, .keyCommand, .clientID, .clientSecret, .clientSecretEnv, .clientSecretFile,
      .clientSecretCommand, .tokenURL, .scope, .audience, .refresh, .label, .colour:
      nil
    }
  }

  /// Whether its variable holds a secret, or a value that contains one.
  var holdsSecret: Bool {
    switch self {
    case .key, .proxy: true
    default: false
    }
  }

  /// The command-line option that sets it.
  public var flag: String? {
    switch self {
    case .apiURL: "--api-url"
    case .readOnly: "--read-only"
    case .lowBandwidth: "--low-bandwidth"
    default: nil
    }
  }
}
