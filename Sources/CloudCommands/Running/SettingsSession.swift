import CloudAPI
import CloudProfiles

/// What a command about settings works with while it runs.
struct SettingsSession: Sendable {
  let environment: [String: String]
  let service: ServiceOptions
  let format: OutputFormat
  let options: OutputOptions
  let terminal: OutputTerminal
  let output: OutputQueue
  let errors: OutputQueue
  /// Whether a person sits before it who can be asked.
  let canAsk: Bool

  func report(_ report: ErrorReport) {
    errors.line(report.line(asJSON: format == .json))
  }

  /// What `--verbose` and `--trace` say of requests.
  var lines: RequestLines { RequestLines(service, errors: errors) }

  /// - Throws: `configuration` where nothing says where it could be.
  func file() throws(CommandFailure) -> ConfigurationFile {
    guard let file = ConfigurationFile(option: service.config, environment: environment) else {
      throw .configuration("Where is the configuration? HOME is not set: name the file with --config PATH.")
    }
    return file
  }

  func configuration() throws(CommandFailure) -> Configuration {
    try configuring { () throws(SettingsError) in try service.configuration(environment: environment) }
  }

  /// Runs what throws errors of settings as what throws a command's.
  func configuring<Value>(_ body: () throws(SettingsError) -> Value) throws(CommandFailure) -> Value {
    do {
      return try body()
    } catch {
      throw .configuration(error.line)
    }
  }

  /// Prints a line for a person: `-o json` has none where something is changed.
  func say(_ line: String) {
    if format != .json { output.line(PlainText.harmless(line)) }
  }
}
