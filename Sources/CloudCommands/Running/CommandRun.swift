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
    await output.flush()
    await errors.flush()
    return result
  }

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
        canAsk: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1)
    } catch {
      if let report = ErrorReport(error) { errors.line(report.line(asJSON: format == .json)) }
      return error.status.rawValue
    }

    let task = Task { () async -> CommandFailure? in
      do throws(CommandFailure) {
        try await body(session)
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
      if !isCancelled, let report = ErrorReport(failure) { session.report(report) }
      return 128 + signal
    }
    if output.isClosed, isCancelled { return ExitStatus.done.rawValue }
    if let report = ErrorReport(failure) { session.report(report) }
    return failure.status.rawValue
  }
}
