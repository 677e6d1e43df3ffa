import CloudAPI
import CloudViewModels

/// What a command works with while it runs.
struct CommandSession: Sendable {
  let connection: CommandConnection
  let format: OutputFormat
  let options: OutputOptions
  let terminal: OutputTerminal
  let output: OutputQueue
  let errors: OutputQueue
  /// Whether a person sits before it who can be asked.
  let canAsk: Bool

  /// Prints rows in the form that was asked for, all but JSON.
  func print(_ rows: [[FieldValue]], under headings: [ColumnHeading]) {
    let cells = rows.map { row in
      row.map { RowOutput.Cell(plainText: $0.plainText(short: true), machineText: $0.machineText) }
    }
    RowOutput(format: format, options: options, terminal: terminal, output: output).print(cells, under: headings)
  }

  /// Reports a failure of one of several things; the command goes on.
  func report(_ error: CloudAPIError) {
    report(ErrorReport(error))
  }

  func report(_ report: ErrorReport) {
    errors.line(report.line(asJSON: format == .json))
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
