import TerminalTestSupport
import TerminalUI

/// A program that runs on a terminal, and its output in response to keys.
final class ProgramRun {
  /// Its output from the start until it had rows and was silent.
  let start: Recording
  /// When it was started.
  let began: ContinuousClock.Instant
  private let terminal: PseudoTerminal
  private var emulator: ScreenEmulator

  /// Starts the program and waits until it shows rows and is silent.
  ///
  /// - Parameter silence: how long it must write nothing to count as silent. The default covers the requests that the
  ///   console sends once the cursor has rested on a cloud.
  /// - Throws: a `BenchmarkError` if there are no rows within 20 seconds.
  init(_ program: Program, size: Size, silence: Duration = .milliseconds(500)) throws {
    let usual = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin",
      "HOME": "/nonexistent",
    ]
    let blank = ScreenEmulator(size: size)
    began = ContinuousClock.now
    terminal = try PseudoTerminal(
      executable: program.executable, arguments: program.arguments,
      environment: usual.merging(program.environment) { $1 }, size: size)
    var recording = Recording(before: blank, pieces: [])
    repeat {
      recording.pieces += Self.read(terminal, since: began, silence: silence)
      guard began.duration(to: .now) < .seconds(20), !terminal.isClosed else {
        throw BenchmarkError.noRows(program: program.name, screen: TerminalScreen(recording.after).text)
      }
    } while recording.time(when: { $0.contains(program.rows) }) == nil
    start = recording
    emulator = recording.after
    if !program.preparation.isEmpty { _ = try type(program.preparation, silence: silence) }
  }

  /// The bytes of the Down key in the mode that the program requested.
  var down: String { emulator.modes.contains(1) ? "\u{1B}OB" : "\u{1B}[B" }

  var screen: TerminalScreen { TerminalScreen(emulator) }

  var usage: ProcessUsage? { ProcessUsage(of: terminal.processIdentifier) }

  /// Types text as fast as the terminal accepts it, and records until the program has been silent for a while.
  ///
  /// - Parameter patience: how long to wait for the first byte, if output is certain and the machine may be busy.
  func type(_ text: String, silence: Duration, patience: Duration? = nil) throws -> Recording {
    let mark = terminal.output.count
    let began = ContinuousClock.now
    try terminal.write(Array(text.utf8))
    var recording = Recording(before: emulator, pieces: [])
    // Output that arrived while text was still being typed.
    let meanwhile = Array(terminal.output[mark...])
    if !meanwhile.isEmpty { recording.pieces.append(Recording.Piece(bytes: meanwhile, time: began.duration(to: .now))) }
    recording.pieces += Self.read(terminal, since: began, silence: silence, patience: patience)
    emulator = recording.after
    return recording
  }

  /// Types text and reads until the screen meets a condition, whatever else arrives meanwhile.
  ///
  /// - Returns: the time that took; nil if the condition isn't met within the limit.
  func type(
    _ text: String, within limit: Duration = .seconds(1), until condition: (TerminalScreen) -> Bool
  ) throws -> Duration? {
    let typed = ContinuousClock.now
    try terminal.write(Array(text.utf8))
    while typed.duration(to: .now) < limit {
      let bytes = terminal.read(within: .milliseconds(50))
      let time = typed.duration(to: .now)
      emulator.feed(bytes)
      if condition(screen) { return time }
    }
    return nil
  }

  /// Filters the list, character by character.
  ///
  /// - Returns: for each character, the time to the last byte that changed the screen.
  func filter(_ text: String) throws -> [Duration] {
    _ = try type("/", silence: .milliseconds(100))
    let times = try text.map { character in
      let answer = try type(String(character), silence: .milliseconds(60), patience: .seconds(5))
      guard let time = answer.pieces.last?.time else {
        throw BenchmarkError.notShown("the filter", screen: screen.text)
      }
      return time
    }
    guard screen.contains(text) else { throw BenchmarkError.notShown("the filter", screen: screen.text) }
    return times
  }

  /// Types text without reading output.
  func send(_ text: String) throws {
    try terminal.write(Array(text.utf8))
  }

  /// Reads output for a time without typing anything.
  func watch(for time: Duration) {
    let end = ContinuousClock.now + time
    while ContinuousClock.now < end {
      emulator.feed(terminal.read(within: ContinuousClock.now.duration(to: end)))
    }
  }

  func resize(to size: Size) {
    emulator.resize(to: size)
    terminal.resize(to: size)
  }

  /// The output since the last reading, without typing anything.
  func readUnasked() -> Recording {
    let recording = Recording(
      before: emulator, pieces: Self.read(terminal, since: .now, silence: .zero))
    emulator = recording.after
    return recording
  }

  private static func read(
    _ terminal: PseudoTerminal, since began: ContinuousClock.Instant, silence: Duration, patience: Duration? = nil
  ) -> [Recording.Piece] {
    var pieces: [Recording.Piece] = []
    while true {
      let bytes = terminal.read(within: pieces.isEmpty ? patience ?? silence : silence)
      if bytes.isEmpty { return pieces }
      pieces.append(Recording.Piece(bytes: bytes, time: began.duration(to: .now)))
    }
  }
}

/// A program's output, in the pieces in which it arrived.
///
/// The bytes are put on an emulated screen only afterwards, so that the emulator's time isn't measured.
struct Recording {
  struct Piece {
    let bytes: [UInt8]
    /// When it was read, from the start of the recording: a program's start or a key.
    let time: Duration
  }

  /// The screen before the output.
  let before: ScreenEmulator
  var pieces: [Piece]

  var byteCount: Int { pieces.reduce(0) { $0 + $1.bytes.count } }
  var firstByte: Duration? { pieces.first?.time }

  /// The screen after the output.
  var after: ScreenEmulator {
    pieces.reduce(into: before) { $0.feed($1.bytes) }
  }

  /// When the screen first met a condition; nil if it never did.
  func time(when condition: (TerminalScreen) -> Bool) -> Duration? {
    var emulator = before
    for piece in pieces {
      emulator.feed(piece.bytes)
      if condition(TerminalScreen(emulator)) { return piece.time }
    }
    return nil
  }
}

/// Why a measurement failed.
enum BenchmarkError: Error, CustomStringConvertible {
  /// A program showed no rows in time, or ended before.
  case noRows(program: String, screen: String)
  /// A program ended while it was measured.
  case ended(program: String)
  /// The benchmark couldn't start its service.
  case noService(reason: String)
  /// The screen doesn't show what is to be measured.
  case notShown(String, screen: String)
  /// A command can't be started (127) or ended with a status other than 0.
  case failed(command: String, status: Int32)

  var description: String {
    switch self {
    case .noRows(let program, let screen): "\(program) shows no rows. Its screen:\n\(screen)"
    case .ended(let program): "\(program) ended while it was measured."
    case .noService(let reason): "The benchmark can't serve on this machine: \(reason)."
    case .notShown(let what, let screen): "\(what) is not shown:\n\(screen)"
    case .failed(let command, let status):
      "Status \(status) of: \(command)\nThe commands are measured beside curl and python3: install both."
    }
  }
}
