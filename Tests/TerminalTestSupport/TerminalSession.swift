import Glibc
import TerminalUI

/// A program on a terminal, driven like a story: press keys, wait until the screen shows something.
///
/// Nothing sleeps: a wait ends at once when the screen shows what is expected, and fails with the text of the screen
/// when the limit passes or the program ends.
public final class TerminalSession {
  public let terminal: PseudoTerminal
  public private(set) var emulator: ScreenEmulator
  /// The terminal's answers to queries. By default it knows no newer features.
  public var identity: TerminalIdentity {
    get { emulator.identity }
    set { emulator.identity = newValue }
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - executable: a path; see `BuiltProduct` for the package's own programs.
  ///   - environment: added to TERM, LANG, LC_ALL, PATH, SHELL and SWIFT_BACKTRACE; nothing else is inherited.
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

  /// The screen as far as output was read; wait first to get the current one.
  public var screen: TerminalScreen { TerminalScreen(emulator) }

  // MARK: Typing

  /// Types text unchanged, including escape sequences.
  public func send(_ text: String) throws {
    try terminal.write(Array(text.utf8))
    readAvailable()
  }

  /// Presses keys, in order and without pauses.
  public func press(_ keys: Key...) throws {
    try send(keys.map(\.xtermSequence).joined())
  }

  /// Pastes text as a terminal with bracketed paste does.
  public func paste(_ text: String) throws {
    try send("\u{1B}[200~\(text)\u{1B}[201~")
  }

  /// Writes text of another program, such as `wall`, on the screen.
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

  /// Waits until the screen meets a condition.
  ///
  /// - Parameter description: the condition in words, for the failure.
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

  /// Waits until nothing was written for a while, for counting bytes. To wait for content, use the other functions.
  public func waitUntilQuiet(for quiet: Duration = .milliseconds(100), within limit: Duration = .seconds(30)) throws {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      let bytes = terminal.read(within: quiet)
      if bytes.isEmpty { return }
      feed(bytes)
    }
    throw TerminalTestError.timedOut(waitingFor: "quiet", screen: picture)
  }

  /// Reads output for that time, to observe something other than the screen meanwhile.
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

  /// A position in the output, for `output(since:)`.
  public var mark: Int { terminal.output.count }

  /// The output since a mark, as far as it was read.
  public func output(since mark: Int) -> [UInt8] {
    Array(terminal.output[mark...])
  }

  /// The row's text and the style of each of its columns.
  public func styledRow(_ row: Int) -> (text: String, styles: [EmulatedStyle]) {
    (screen.rows[row], emulator.cells[row].map(\.style))
  }

  /// The program's output to standard error, if it is captured.
  public var standardError: String { terminal.standardError }

  /// Shows output on the screen, and answers queries. It doesn't matter if an answer is no longer read.
  private func feed(_ bytes: [UInt8]) {
    emulator.feed(bytes)
    let answers = emulator.takeAnswers()
    if !answers.isEmpty { try? terminal.write(answers) }
  }

  /// Reads the rest of a frame, which arrives in parts if it is longer than the terminal's buffer, unless that ends the
  /// condition.
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
