public import ArgumentParser
public import CloudProfiles

/// Which service is meant, and how much is said of what goes to and fro. The console and every command take them, before
/// the noun as well as after the verb.
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

  @Flag(name: .shortAndLong, help: "Say every request on standard error, with status, size and time.")
  public var verbose = false

  @Flag(
    help: "Say every request with its header fields and bodies, too; keys and tokens are masked, all else is shown.")
  public var trace = false

  public init() {}

  public func validate() throws {
    for (name, value) in [("--api-url", apiURL), ("--profile", profile)] where demo && value != nil {
      throw ValidationError("--demo shows invented clouds: leave \(name) away.")
    }
  }

  /// What they say of the service.
  var connection: ConnectionArguments {
    ConnectionArguments(apiURL: apiURL, profile: profile, isReadOnly: readOnly)
  }

  /// The same without what says how much to say.
  public var arguments: ServiceArguments {
    ServiceArguments(connection: connection, config: config, demo: demo)
  }

  /// Reads the configuration file.
  public func configuration(environment: [String: String]) throws(SettingsError) -> Configuration {
    try arguments.configuration(environment: environment)
  }
}
