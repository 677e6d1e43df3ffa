public import ArgumentParser
public import CloudProfiles

/// The options that select the service, and how much is printed about requests. The console and every command accept
/// them, before the noun and after the verb.
public struct ServiceOptions: ParsableArguments, Sendable {
  @Option(help: ArgumentHelp("The service's address, instead of SKYDECK_API_URL.", valueName: "URL"))
  var apiURL: String?

  @Option(
    help: ArgumentHelp("Use this profile of the configuration file.", valueName: "NAME"),
    completion: ProfileName.completion)
  var profile: String?

  @Option(
    help: ArgumentHelp("Read this configuration file, instead of SKYDECK_CONFIG.", valueName: "PATH"),
    completion: .file())
  var config: String?

  @Flag(help: "Refuse every write.")
  var readOnly = false

  @Flag(help: "Show invented clouds from memory; nothing is sent anywhere.")
  public var demo = false

  @Flag(name: .shortAndLong, help: "Print every request on standard error, with status, size and time.")
  public var verbose = false

  @Flag(
    help: "Print every request with its header fields and bodies, too; keys and tokens are masked, all else is shown.")
  public var trace = false

  public init() {}

  public func validate() throws {
    for (name, value) in [("--api-url", apiURL), ("--profile", profile)] where demo && value != nil {
      throw ValidationError("--demo shows invented clouds: omit \(name).")
    }
  }

  /// The options for the connection.
  var connection: ConnectionArguments {
    ConnectionArguments(apiURL: apiURL, profile: profile, isReadOnly: readOnly)
  }

  /// The options that select the service.
  public var arguments: ServiceArguments {
    ServiceArguments(connection: connection, config: config, demo: demo)
  }

  /// Reads the configuration file.
  public func configuration(environment: [String: String]) throws(SettingsError) -> Configuration {
    try arguments.configuration(environment: environment)
  }
}
