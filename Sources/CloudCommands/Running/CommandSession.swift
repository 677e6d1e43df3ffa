import CloudAPI
import CloudProfiles
import CloudViewModels
import FoundationEssentials

/// What every command works with while it runs.
protocol Session: Sendable {
  var environment: CommandEnvironment { get }
  var service: ServiceOptions { get }
  var options: OutputOptions { get }
  /// Where the output goes.
  var terminal: OutputTerminal { get }
}

extension Session {
  var output: OutputQueue { environment.output }
  var errors: OutputQueue { environment.errors }
  var now: Date { environment.now() }
  /// Whether a person sits before it who can be asked.
  var canAsk: Bool { environment.terminal.canAsk }
  /// Unless said, a table where a person reads it.
  var format: OutputFormat { options.output ?? (terminal.isTerminal ? .table : .tsv) }
  /// What `--verbose` and `--trace` say of requests.
  var lines: RequestLines { RequestLines(service, errors: errors) }

  /// The failure of one of several things; the command goes on.
  func report(_ error: CloudAPIError) {
    report(ErrorReport(error, now: now))
  }

  func report(_ failure: CommandFailure) {
    if let report = ErrorReport(failure, now: now) { self.report(report) }
  }

  func report(_ report: ErrorReport) {
    errors.line(report.line(asJSON: format == .json))
  }

  /// Prints rows in the form that was asked for, all but JSON.
  func print(_ rows: [[RowOutput.Cell]], under headings: [ColumnHeading]) {
    RowOutput(format: format, options: options, terminal: terminal, output: output).print(rows, under: headings)
  }

  /// Prints a line for a person: `-o json` has none where something is changed.
  func say(_ line: String) {
    if format != .json { output.line(PlainText.harmless(line)) }
  }

  /// Runs what throws errors of settings as what throws a command's.
  func configuring<Value>(_ body: () throws(SettingsError) -> Value) throws(CommandFailure) -> Value {
    do {
      return try body()
    } catch {
      throw .configuration(error.line)
    }
  }
}

/// What a command about settings works with, which needs none that can be used.
struct SettingsSession: Session {
  let environment: CommandEnvironment
  let service: ServiceOptions
  let options: OutputOptions
  let terminal: OutputTerminal

  init(_ environment: CommandEnvironment, _ service: ServiceOptions, _ options: OutputOptions) {
    self.environment = environment
    self.service = service
    self.options = options
    terminal = OutputTerminal(environment)
  }

  /// - Throws: `configuration` where nothing says where it could be.
  func file() throws(CommandFailure) -> ConfigurationFile {
    guard let file = ConfigurationFile(option: service.config, environment: environment.variables) else {
      throw .configuration("Where is the configuration? HOME is not set: name the file with --config PATH.")
    }
    return file
  }

  func configuration() throws(CommandFailure) -> Configuration {
    try configuring { () throws(SettingsError) in try service.configuration(environment: environment.variables) }
  }
}

/// What a command that talks to the service works with.
struct CommandSession: Session {
  let environment: CommandEnvironment
  let service: ServiceOptions
  let options: OutputOptions
  let terminal: OutputTerminal
  let connection: CommandConnection

  /// - Throws: `configuration` where the settings can't be used.
  init(_ session: SettingsSession) async throws(CommandFailure) {
    environment = session.environment
    service = session.service
    options = session.options
    terminal = session.terminal
    connection = try await CommandConnection(session)
  }

  func print(_ rows: [[FieldValue]], under headings: [ColumnHeading]) {
    let cells = rows.map { row in
      row.map { RowOutput.Cell(plainText: $0.plainText(short: true), machineText: $0.machineText) }
    }
    print(cells, under: headings)
  }

  /// Refuses a write before anything is read or asked for it, where only reading is allowed.
  func requireWriting(_ call: Call) throws(CommandFailure) {
    guard connection.isReadOnly else { return }
    let request = try? call.request(in: connection.client.knownEdition ?? .classic)
    throw .api(CloudAPIError(.readOnly, request: request?.name ?? call.operation.documentedName))
  }

  /// Runs what throws the client's errors as what throws a command's.
  func calling<Value>(
    _ body: () async throws(CloudAPIError) -> Value
  ) async throws(CommandFailure) -> Value {
    do {
      return try await body()
    } catch {
      throw .api(error)
    }
  }
}
