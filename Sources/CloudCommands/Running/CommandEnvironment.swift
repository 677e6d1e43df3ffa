public import CloudAPI
public import FoundationEssentials
public import TerminalUI

/// What a command finds around it, as values: the program passes those of its process, a test those it wants.
public struct CommandEnvironment: Sendable {
  public let variables: [String: String]
  /// What relative paths are relative to.
  let directory: String
  public let output: OutputQueue
  public let errors: OutputQueue
  let input: any CommandInput
  let terminal: CommandTerminal
  let signals: any CommandSignals
  let clock: any Clock<Duration>
  let now: @Sendable () -> Date
  /// Makes what carries requests to a service.
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

  /// Waits until everything is written.
  ///
  /// - Returns: the status, or that of output that can't be written where all else went well.
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

/// Which of a command's three ends are a terminal, and how large that is.
public struct CommandTerminal: Hashable, Sendable {
  let isInput: Bool
  let isOutput: Bool
  let areErrors: Bool
  /// How many columns standard output has; `nil` where it doesn't say.
  let outputWidth: Int?
  /// That of whichever end is one; zero where none says.
  let size: Size

  public init(isInput: Bool, isOutput: Bool, areErrors: Bool, outputWidth: Int?, size: Size) {
    self.isInput = isInput
    self.isOutput = isOutput
    self.areErrors = areErrors
    self.outputWidth = outputWidth
    self.size = size
  }

  /// Whether a person sits at both ends of a question.
  var canAsk: Bool { isInput && areErrors }
}

/// What a person types, or is piped in.
public protocol CommandInput: Sendable {
  /// Everything to the end of the input.
  ///
  /// - Returns: `nil` if the task was cancelled meanwhile.
  func bytes(upTo limit: Int) async throws(CommandInputError) -> [UInt8]?

  /// The next line, without its end.
  ///
  /// - Returns: `nil` at the end of the input, or if the task was cancelled meanwhile.
  func line() async -> String?

  /// Drops what was typed at a terminal and not read yet.
  func dropTypedAhead()

  /// Shows the prompt, and reads a line that isn't shown.
  ///
  /// - Returns: `nil` at the end of the input, where there is no terminal, and if the task was cancelled meanwhile.
  func hiddenLine(_ prompt: String, on errors: OutputQueue) async -> String?
}

/// Why input can't be read.
public enum CommandInputError: Error {
  case tooLarge
  /// With the system's reason.
  case unreadable(String)
}

/// Ctrl-C and what else asks a command to end.
public protocol CommandSignals: Sendable {
  /// - Parameter handler: is called once, with the first signal.
  func onFirst(_ handler: @escaping @Sendable () -> Void)

  /// The signal that came, if one did.
  var number: Int32? { get }
}

extension Clock where Duration == Swift.Duration {
  /// Begins to measure.
  ///
  /// - Returns: how long ago that was.
  func stopwatch() -> @Sendable () -> Duration {
    let start = now
    return { start.duration(to: now) }
  }
}
