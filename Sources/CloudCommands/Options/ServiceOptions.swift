public import ArgumentParser

/// Which service is meant, and how much is said of what goes to and fro. The console and every command take them, before
/// the noun as well as after the verb.
public struct ServiceOptions: ParsableArguments, Sendable {
  @Option(help: ArgumentHelp("The service's address, instead of SKYDECK_API_URL.", valueName: "URL"))
  public var apiURL: String?

  @Flag(help: "Show invented clouds from memory; nothing is sent anywhere.")
  public var demo = false

  @Flag(name: .shortAndLong, help: "Say every request on standard error, with status, size and time.")
  public var verbose = false

  public init() {}

  public func validate() throws {
    if demo, apiURL != nil { throw ValidationError("--demo shows invented clouds: leave --api-url away.") }
  }
}
