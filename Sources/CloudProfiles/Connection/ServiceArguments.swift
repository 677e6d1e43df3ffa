/// The options of a command line that select the service.
public struct ServiceArguments: Hashable, Sendable {
  public var connection: ConnectionArguments
  /// `--config`
  public var config: String?
  /// `--demo`
  public var demo: Bool

  public init(
    connection: ConnectionArguments = ConnectionArguments(), config: String? = nil, demo: Bool = false
  ) {
    self.connection = connection
    self.config = config
    self.demo = demo
  }

  /// Reads the configuration file; returns an empty configuration if there is none.
  public func configuration(environment: [String: String]) throws(SettingsError) -> Configuration {
    guard let file = ConfigurationFile(option: config, environment: environment) else { return .empty }
    return try file.load()
  }
}

/// The options of a command line about the connection.
public struct ConnectionArguments: Hashable, Sendable {
  /// `--api-url`
  public var apiURL: String?
  /// `--profile`
  public var profile: String?
  /// `--read-only`
  public var isReadOnly: Bool

  public init(apiURL: String? = nil, profile: String? = nil, isReadOnly: Bool = false) {
    self.apiURL = apiURL
    self.profile = profile
    self.isReadOnly = isReadOnly
  }
}
