public import CloudAPI
public import FoundationEssentials
public import TerminalUI

/// The surroundings of a command as values: the program passes those of its process, a test its own.
public struct CommandEnvironment: Sendable {
  public let variables: [String: String]
  /// The base of relative paths.
  let directory: String
  public let output: OutputQueue
  public let errors: OutputQueue
  let input: any CommandInput
  let terminal: CommandTerminal
  let signals: any CommandSignals
  let clock: any Clock<Duration>
  let now: @Sendable () -> Date
  /// Creates the transport for requests to a service.
  let transport: @Sendable (HTTPTransport.Configuration) -> any Transport

  public init(
    variables: [String: String], directory: String, output: OutputQueue, errors: OutputQueue, input: any CommandInput,
    terminal: CommandTerminal, signals: any CommandSignals, clock: any Clock<Duration> = ContinuousClock(),
    now: @escaping @Sendable () -> Date = { Date() },
    transport: @escaping @Sendable (HTTPTransport.Configuration) -> any Transport = { HTTPTransport(configuration: $0) }
  ) {
    self.variables = variables
    self.directory = directory
    self.output = output
    self.errors = errors
    self.input = input
    self.terminal = terminal
    self.signals = signals
    self.clock = clock
    self.now = now
    self.transport = transport
  }

  /// Waits until all output is written.
  ///
  /// - Returns: the status; if it is 0 and output could not be written, the status for that.
  func written(_ status: Int32, asJSON: Bool) async -> Int32 {
    await output.flush()
    var status = status
    if let reason = output.failure {
      errors.line(ErrorReport(unwritable: reason).line(asJSON: asJSON))
      if status == 0 { status = ExitStatus.output.rawValue }
    }
    await errors.flush()
    return status
  }
}

/// Which standard streams are terminals, and the size of the terminal.
public struct CommandTerminal: Hashable, Sendable {
  let isInput: Bool
  let isOutput: Bool
  let areErrors: Bool
  /// The columns of standard output; `nil` if it is no terminal or doesn't report them.
  let outputWidth: Int?
  /// The size of the first stream that is a terminal; zero if none reports it.
  let size: Size

  public init(isInput: Bool, isOutput: Bool, areErrors: Bool, outputWidth: Int?, size: Size) {
    self.isInput = isInput
    self.isOutput = isOutput
    self.areErrors = areErrors
    self.outputWidth = outputWidth
    self.size = size
  }

  /// Whether questions are possible: input and errors are terminals.
  var canAsk: Bool { isInput && areErrors }
}

/// Standard input, typed or piped.
public protocol CommandInput: Sendable {
  /// Reads everything to the end of the input.
  ///
  /// - Returns: `nil` if the task was cancelled.
  func bytes(upTo limit: Int) async throws(CommandInputError) -> [UInt8]?

  /// Reads the next line, without its end.
  ///
  /// - Returns: `nil` at the end of the input, or if the task was cancelled.
  func line() async -> String?

  /// Discards input that was typed at a terminal but not read yet.
  func dropTypedAhead()

  /// Shows the prompt and reads a line without echo.
  ///
  /// - Returns: `nil` at the end of the input, if there is no terminal, or if the task was cancelled.
  func hiddenLine(_ prompt: String, on errors: OutputQueue) async -> String?
}

/// The reason why input can't be read.
public enum CommandInputError: Error {
  case tooLarge
  /// Reading failed, with the system's reason.
  case unreadable(String)
}

/// Ctrl-C and the other signals that end a command.
public protocol CommandSignals: Sendable {
  /// - Parameter handler: called once, on the first signal.
  func onFirst(_ handler: @escaping @Sendable () -> Void)

  /// The number of the first signal; `nil` if there was none.
  var number: Int32? { get }
}
