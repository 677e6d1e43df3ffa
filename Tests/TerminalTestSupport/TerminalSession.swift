import Glibc
import TerminalUI

/// A program on a terminal, as a story: press keys, wait until the screen shows something.
///
/// Nothing sleeps: a wait ends at once when the screen shows what is expected, and fails with a picture of the screen when
/// the limit passes or the program ends.
public final class TerminalSession {
  public let terminal: PseudoTerminal
  public private(set) var emulator: ScreenEmulator
  /// What the terminal answers when it is asked. By default it is one that knows nothing new.
  public var identity: TerminalIdentity {
    get { emulator.identity }
    set { emulator.identity = newValue }
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - executable: a path; see `BuiltProduct` for the package's own.
  ///   - environment: added to TERM, LANG, PATH and SHELL; nothing else is inherited.
  public init(
    executable: String, arguments: [String] = [], environment: [String: String] = [:],
    size: Size = Size(columns: 80, rows: 24), standardError: PseudoTerminal.StandardError = .terminal
  ) throws {
    let usual = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin",
      "SHELL": "/bin/sh", "SWIFT_BACKTRACE": "enable=no",
    ]
    terminal = try PseudoTerminal(
      executable: executable, arguments: arguments, environment: usual.merging(environment) { $1 }, size: size,
      standardError: standardError)
    emulator = ScreenEmulator(size: size)
  }

  /// The screen as far as it was read; call a wait before to have it current.
  public var screen: TerminalScreen { TerminalScreen(emulator) }

  // MARK: Typing

  /// Types text as it is, also escape sequences.
  public func send(_ text: String) throws {
    try terminal.write(Array(text.utf8))
    readAvailable()
  }

  /// Presses keys, one after the other and all at once.
  public func press(_ keys: Key...) throws {
    try send(keys.map(\.xtermSequence).joined())
  }

  /// Pastes text as a terminal with bracketed paste does.
  public func paste(_ text: String) throws {
    try send("\u{1B}[200~\(text)\u{1B}[201~")
  }

  /// Puts on the screen what another program writes, `wall` for instance.
  public func scribble(_ text: String) {
    emulator.feed(Array(text.utf8))
  }

  public func resize(to size: Size) {
    emulator.resize(to: size)
    terminal.resize(to: size)
  }

  // MARK: Waiting

  /// Waits until the screen shows `text` in one row.
  @discardableResult
  public func waitFor(_ text: String, within limit: Duration = .seconds(30)) throws -> TerminalScreen {
    try waitUntil("\"\(text)\" is shown", within: limit) { $0.contains(text) }
  }

  /// Waits until no row shows `text`.
  @discardableResult
  public func waitUntilGone(_ text: String, within limit: Duration = .seconds(30)) throws -> TerminalScreen {
    try waitUntil("\"\(text)\" is gone", within: limit) { !$0.contains(text) }
  }

  /// Waits until the screen is as it should be.
  ///
  /// - Parameter description: what is waited for, as it stands in the failure.
  @discardableResult
  public func waitUntil(
    _ description: String, within limit: Duration = .seconds(30), _ condition: (TerminalScreen) -> Bool
  ) throws -> TerminalScreen {
    let end = ContinuousClock.now + limit
    readAvailable()
    while true {
      let screen = screen
      if condition(screen) { return wholeFrame(after: screen, condition) }
      if terminal.isClosed { throw TerminalTestError.ended(waitingFor: description, screen: picture) }
      let rest = ContinuousClock.now.duration(to: end)
      guard rest > .zero else { throw TerminalTestError.timedOut(waitingFor: description, screen: picture) }
      feed(terminal.read(within: rest))
      readAvailable()
    }
  }

  /// Waits until nothing was written for a while, for counting bytes. What is to be seen is better waited for itself.
  public func waitUntilQuiet(for quiet: Duration = .milliseconds(100), within limit: Duration = .seconds(30)) throws {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      let bytes = terminal.read(within: quiet)
      if bytes.isEmpty { return }
      feed(bytes)
    }
    throw TerminalTestError.timedOut(waitingFor: "quiet", screen: picture)
  }

  /// Reads what is written within that time, to look at something else than the screen meanwhile.
  public func readOutput(within limit: Duration) {
    feed(terminal.read(within: limit))
  }

  /// Waits for the program's end.
  public func exitStatus(within limit: Duration = .seconds(30)) throws -> ExitStatus {
    let start = terminal.output.count
    defer { emulator.feed(terminal.output[start...]) }
    do {
      return try terminal.exitStatus(within: limit)
    } catch {
      throw TerminalTestError.timedOut(waitingFor: "the end of the program", screen: picture)
    }
  }

  // MARK: Looking

  /// A place in the output, for `output(since:)`.
  public var mark: Int { terminal.output.count }

  /// What was written since then, as far as it was read.
  public func output(since mark: Int) -> [UInt8] {
    Array(terminal.output[mark...])
  }

  /// The row's text and how each of its columns looks.
  public func styledRow(_ row: Int) -> (text: String, styles: [EmulatedStyle]) {
    (screen.rows[row], emulator.cells[row].map(\.style))
  }

  /// What the program wrote to standard error, if that is captured.
  public var standardError: String { terminal.standardError }

  /// Shows what was written, and answers what was asked. An answer that nobody takes any more is no matter here.
  private func feed(_ bytes: [UInt8]) {
    emulator.feed(bytes)
    let answers = emulator.takeAnswers()
    if !answers.isEmpty { try? terminal.write(answers) }
  }

  /// A frame longer than the terminal's buffer comes in parts: reads the rest of it, unless that ends what was waited for.
  private func wholeFrame(after first: TerminalScreen, _ condition: (TerminalScreen) -> Bool) -> TerminalScreen {
    var screen = first
    while true {
      let bytes = terminal.read(within: .milliseconds(5))
      guard !bytes.isEmpty else { return screen }
      feed(bytes)
      let next = self.screen
      guard condition(next) else { return screen }
      screen = next
    }
  }

  private var picture: String {
    let lines = screen.rows.map { "│\($0)" }.joined(separator: "\n")
    let errors = standardError
    return errors.isEmpty ? lines : "\(lines)\nStandard error:\n\(errors)"
  }

  private func readAvailable() {
    while true {
      let bytes = terminal.read(within: .zero)
      if bytes.isEmpty { return }
      feed(bytes)
    }
  }
}
