import CloudAPI
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// One command from its start to its end: the session is made, signals and a reader that goes end it, a failure is
/// reported.
struct CommandRun {
  let service: ServiceOptions
  let options: OutputOptions
  let environment: [String: String]

  /// - Returns: the exit status of the process.
  func run(_ body: @escaping @Sendable (CommandSession) async throws(CommandFailure) -> Void) async -> Int32 {
    let output = OutputQueue(descriptor: STDOUT_FILENO)
    let errors = OutputQueue(descriptor: STDERR_FILENO)
    let terminal = OutputTerminal(descriptor: STDOUT_FILENO, environment: environment)
    let format = options.output ?? (terminal.isTerminal ? .table : .tsv)
    let result = await outcome(body, format: format, terminal: terminal, output: output, errors: errors)
    return await Self.written(result, output, errors, asJSON: format == .json)
  }

  /// The same for a command about settings, which may be such as can't be used.
  func runOnSettings(_ body: @escaping @Sendable (SettingsSession) async throws(CommandFailure) -> Void) async -> Int32
  {
    let terminal = OutputTerminal(descriptor: STDOUT_FILENO, environment: environment)
    let session = SettingsSession(
      environment: environment, service: service,
      format: options.output ?? (terminal.isTerminal ? .table : .tsv), options: options, terminal: terminal,
      output: OutputQueue(descriptor: STDOUT_FILENO), errors: OutputQueue(descriptor: STDERR_FILENO),
      canAsk: Self.canAsk)
    let report: (ErrorReport) -> Void = { session.report($0) }
    let result = await Self.end(output: session.output, report: report) { () async throws(CommandFailure) in
      try await body(session)
    }
    return await Self.written(result, session.output, session.errors, asJSON: session.format == .json)
  }

  /// Waits until everything is written.
  ///
  /// - Returns: the status, or that of output that can't be written where all else went well.
  private static func written(
    _ status: Int32, _ output: OutputQueue, _ errors: OutputQueue, asJSON: Bool
  ) async -> Int32 {
    await output.flush()
    var status = status
    if let reason = output.failure {
      errors.line(ErrorReport(unwritable: reason).line(asJSON: asJSON))
      if status == 0 { status = ExitStatus.output.rawValue }
    }
    await errors.flush()
    return status
  }

  /// Whether a person sits at both ends of a question.
  private static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  private func outcome(
    _ body: @escaping @Sendable (CommandSession) async throws(CommandFailure) -> Void, format: OutputFormat,
    terminal: OutputTerminal, output: OutputQueue, errors: OutputQueue
  ) async -> Int32 {
    let lines = RequestLines(service, errors: errors)
    let session: CommandSession
    do throws(CommandFailure) {
      let connection = try await CommandConnection(service, environment: environment, lines: lines)
      session = CommandSession(
        connection: connection, format: format, options: options, terminal: terminal, output: output, errors: errors,
        canAsk: Self.canAsk)
    } catch {
      if let report = ErrorReport(error) { errors.line(report.line(asJSON: format == .json)) }
      return error.status.rawValue
    }
    let report: (ErrorReport) -> Void = { session.report($0) }
    return await Self.end(output: output, report: report) { () async throws(CommandFailure) in
      try await body(session)
    }
  }

  /// Does the body until it ends, a signal comes, or whoever reads the output goes.
  ///
  /// - Parameter report: is given what is to be said of a failure.
  /// - Returns: the exit status of the process.
  private static func end(
    output: OutputQueue, report: (ErrorReport) -> Void,
    _ body: @escaping @Sendable () async throws(CommandFailure) -> Void
  ) async -> Int32 {
    let task = Task { () async -> CommandFailure? in
      do throws(CommandFailure) {
        try await body()
        return nil
      } catch {
        return error
      }
    }
    let interruption = Interruption { task.cancel() }
    output.onClose { task.cancel() }
    let failure = await task.value
    let signal = interruption.signalNumber

    guard let failure else { return signal.map { 128 + $0 } ?? ExitStatus.done.rawValue }
    let isCancelled = if case .api(let error) = failure { error.code == .cancelled } else { false }
    if let signal {
      // That a person's own Ctrl-C cancelled a read needs no saying; what became of a write does.
      if !isCancelled, let said = ErrorReport(failure) { report(said) }
      return 128 + signal
    }
    if output.isClosed, isCancelled { return ExitStatus.done.rawValue }
    if let said = ErrorReport(failure) { report(said) }
    return failure.status.rawValue
  }
}
