import CloudAPI
import CloudProfiles
import CloudViewModels
import FoundationEssentials

/// What every command needs while it runs.
protocol Session: Sendable {
  var environment: CommandEnvironment { get }
  var service: ServiceOptions { get }
  var options: OutputOptions { get }
  /// The properties of standard output.
  var terminal: OutputTerminal { get }
}

extension Session {
  var output: OutputQueue { environment.output }
  var errors: OutputQueue { environment.errors }
  var now: Date { environment.now() }
  /// Whether the user can be asked on a terminal.
  var canAsk: Bool { environment.terminal.canAsk }
  /// The requested format; by default a table on a terminal, else TSV.
  var format: OutputFormat { options.output ?? (terminal.isTerminal ? .table : .tsv) }
  /// Prints requests for `--verbose` and `--trace`.
  var lines: RequestLines { RequestLines(service, errors: errors) }

  /// Reports one of several failures; the command continues.
  func report(_ error: CloudAPIError) {
    report(ErrorReport(error, now: now))
  }

  func report(_ failure: CommandFailure) {
    if let report = ErrorReport(failure, now: now) { self.report(report) }
  }

  func report(_ report: ErrorReport) {
    errors.line(report.line(asJSON: format == .json))
  }

  /// Prints rows in the requested format, except JSON.
  func print(_ rows: [[RowOutput.Cell]], under headings: [ColumnHeader]) {
    RowOutput(format: format, options: options, terminal: terminal, output: output).print(rows, under: headings)
  }

  /// Prints a message for the user; commands that change something print none with `-o json`.
  func say(_ line: String) {
    if format != .json { output.line(PlainText.harmless(line)) }
  }

  /// Runs a body that throws errors of settings, and throws them as failures of a command.
  func configuring<Value>(_ body: () throws(SettingsError) -> Value) throws(CommandFailure) -> Value {
    do {
      return try body()
    } catch {
      throw .configuration(error.line)
    }
  }
}

/// The session of a command about settings, which also runs if they can't be used.
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

  /// - Throws: `configuration` if the path of the file is unknown.
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

/// The session of a command that talks to the service.
struct CommandSession: Session {
  let environment: CommandEnvironment
  let service: ServiceOptions
  let options: OutputOptions
  let terminal: OutputTerminal
  let connection: CommandConnection

  /// - Throws: `configuration` if the settings can't be used.
  init(_ session: SettingsSession) async throws(CommandFailure) {
    environment = session.environment
    service = session.service
    options = session.options
    terminal = session.terminal
    connection = try await CommandConnection(session)
  }

  func print(_ rows: [[FieldValue]], under headings: [ColumnHeader]) {
    let cells = rows.map { row in
      row.map { RowOutput.Cell(plainText: $0.plainText(short: true), machineText: $0.machineText) }
    }
    print(cells, under: headings)
  }

  /// Throws if writes are forbidden, before anything is read or asked for the write.
  func requireWriting(_ call: Call) throws(CommandFailure) {
    guard connection.isReadOnly else { return }
    let request = try? call.request(in: connection.client.knownEdition ?? .classic)
    throw .api(CloudAPIError(.readOnly, request: request?.name ?? call.operation.documentedName))
  }

  /// Runs a body that throws errors of the client, and throws them as failures of a command.
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
