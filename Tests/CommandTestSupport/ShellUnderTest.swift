public import ArgumentParser
import CloudAPI
public import CloudCommands
public import CloudSimulator
public import CloudTestSupport
import FoundationEssentials
import HTTPTypes
import Synchronization
import TerminalUI

#if canImport(Glibc)
  import Glibc
#endif

/// Runs the shell's commands in process, against the simulator and in an environment that the test sets.
public struct ShellUnderTest: Sendable {
  /// The caller of a command.
  public enum Caller: Sendable {
    /// A script: no stream is a terminal.
    case script(input: String = "")
    /// A user at a terminal who types these lines, and Ctrl-C if more input is asked for.
    case person(typing: [String] = [])
  }

  /// The result of a command.
  public struct Result: Sendable {
    public let status: Int32
    public let output: String
    public let errors: String
    /// The requests other than GET.
    public let writes: [String]

    public var lines: [Substring] { output.split(separator: "\n") }
  }

  public static let key = "secret-key"

  public let simulator: Simulator
  public let transport: RecordingTransport
  /// The clock for the waits and the time of day of commands.
  public let clock = ManualClock()
  public let signals = TestSignals()
  public var variables: [String: String]
  public var directory = "/nowhere"
  public var root: any ParsableCommand.Type = Commands.self
  /// Why the output can't be written; `nil` if it can.
  public var outputEnd: OutputQueue.End?

  /// - Parameters:
  ///   - edition: the edition of the service, which `SKYDECK_EDITION` also states.
  ///   - faults: the faults between client and service: `reset-after:POST`.
  public init(
    _ data: DataSet = .demo, edition: Simulator.Edition = .classic, faults: String...
  ) async throws {
    _ = Self.utc
    simulator = Simulator(data: data, key: Self.key, edition: edition, now: { WorkspaceUnderTest.start })
    await simulator.setFaultPlan(FaultPlan(try faults.map { try FaultSpec($0) }))
    transport = RecordingTransport(SimulatorTransport(simulator, clock: ManualClock()))
    variables = [
      "SKYDECK_API_URL": "http://localhost", "SKYDECK_API_KEY": Self.key,
      "SKYDECK_EDITION": edition == .classic ? "classic" : "current",
    ]
  }

  /// Runs a command until it ends.
  public func run(_ words: String..., by caller: Caller = .script()) async -> Result {
    await run(words, by: caller)
  }

  public func run(_ words: [String], by caller: Caller = .script()) async -> Result {
    let (output, errors) = (Collected(), Collected())
    let former = transport.writes.count
    let status = await CommandLineRun(root, words, in: environment(caller, output, errors)).status()
    return Result(
      status: status, output: output.text, errors: errors.text, writes: Array(transport.writes.dropFirst(former)))
  }

  /// The service's response to a read, as JSON.
  public func read(_ path: String) async -> String {
    var request = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: path)
    request.headerFields[.authorization] = "Bearer \(Self.key)"
    return String(decoding: await simulator.respond(to: request, body: []).body, as: UTF8.self)
  }

  private func environment(_ caller: Caller, _ output: Collected, _ errors: Collected) -> CommandEnvironment {
    let (clock, transport, outputEnd) = (clock, transport, outputEnd)
    let isPerson = if case .person = caller { true } else { false }
    return CommandEnvironment(
      variables: variables, directory: directory,
      output: OutputQueue { bytes, _ in
        output.append(bytes)
        return outputEnd
      },
      errors: OutputQueue { bytes, _ in
        errors.append(bytes)
        return nil
      },
      input: TestInput(caller, signals),
      terminal: CommandTerminal(
        isInput: isPerson, isOutput: isPerson, areErrors: isPerson, outputWidth: isPerson ? 80 : nil,
        size: Size(columns: isPerson ? 80 : 0, rows: isPerson ? 24 : 0)),
      signals: signals, clock: clock,
      now: { WorkspaceUnderTest.start + Double(clock.now.offset.components.seconds) },
      transport: { _ in transport })
  }

  private static let utc: Void = {
    setenv("TZ", "UTC", 1)
    tzset()
  }()
}

/// The commands of the shell, without the console.
public struct Commands: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "skydeck", version: "1", subcommands: CloudCommands.subcommands)

  @OptionGroup var service: ServiceOptions

  public init() {}
}

/// The signals that a test sends.
public final class TestSignals: CommandSignals {
  private let state = Mutex((number: Int32?.none, handler: (@Sendable () -> Void)?.none))

  public init() {}

  public var number: Int32? { state.withLock { $0.number } }

  public func onFirst(_ handler: @escaping @Sendable () -> Void) {
    state.withLock { $0.handler = handler }
  }

  public func send(_ number: Int32) {
    let handler = state.withLock { state in
      state.number = number
      return state.handler
    }
    handler?()
  }
}

private struct TestInput: CommandInput {
  private let lines: LineQueue
  private let text: String
  private let signals: TestSignals?

  init(_ caller: ShellUnderTest.Caller, _ signals: TestSignals) {
    switch caller {
    case .script(let input):
      text = input
      lines = LineQueue(input.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
      self.signals = nil
    case .person(let typed):
      text = ""
      lines = LineQueue(typed)
      self.signals = signals
    }
  }

  func bytes(upTo limit: Int) async throws(CommandInputError) -> [UInt8]? {
    guard text.utf8.count <= limit else { throw .tooLarge }
    return Array(text.utf8)
  }

  func line() async -> String? {
    if let line = lines.next() { return line }
    signals?.send(SIGINT)
    return nil
  }

  /// Does nothing: a caller's lines are typed only when they are asked for.
  func dropTypedAhead() {}

  func hiddenLine(_ prompt: String, on errors: OutputQueue) async -> String? {
    errors.write(prompt)
    return await line()
  }
}

private final class LineQueue: Sendable {
  private let lines: Mutex<[String]>

  init(_ lines: [String]) {
    self.lines = Mutex(lines)
  }

  func next() -> String? {
    lines.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }
}

private final class Collected: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

  func append(_ more: [UInt8]) {
    bytes.withLock { $0 += more }
  }
}
