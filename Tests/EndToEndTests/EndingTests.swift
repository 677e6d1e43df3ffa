import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// The ways in which the console can end, in each of its states: it is gone within a second, and restores the terminal
/// if there is one. The tests run one after the other, because they measure the program's time, not the load by other
/// tests.
@Suite(.story, .serialized) struct EndingTests {
  enum State: String, CaseIterable {
    case list, dialog, form, requestInFlight, editor, suspended
  }

  enum End: CaseIterable {
    case hangUpSignal, terminationSignal, terminalGone, parentKilled
  }

  /// The folder for the editor's file when the console ends while it is open.
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Starts the console under a shell that prints its end, and brings it into a state.
  ///
  /// - Parameters:
  ///   - command: how the shell starts it.
  ///   - keyboard: the terminal for its input, if it isn't the one that shows it.
  private func session(
    _ simulator: SimulatorProcess, _ state: State, command: String = "\"$0\"", typing keyboard: TerminalSession? = nil
  ) throws -> TerminalSession {
    let session = try TerminalSession(
      executable: "/bin/sh",
      arguments: [
        "-c", "stty -g; \(command); echo \"status $?\"; stty -g; echo the end", BuiltProduct.path(of: "skydeck"),
      ],
      environment: [
        "SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key,
        "EDITOR": "sh -c 'echo editing; exec sleep 30' #", "TMPDIR": folder.path,
      ], size: .wide)
    try session.waitFor("4 Processors ───────────────── 8")
    let keyboard = keyboard ?? session
    switch state {
    case .list: break
    case .dialog:
      try keyboard.press(.character("D"))
      try session.waitFor("Type the name")
    case .form:
      try keyboard.press(.character("c"))
      try session.waitFor("╭ Create a cloud")
      try keyboard.send("half typed")
      try session.waitFor("half typed")
    case .requestInFlight:
      simulator.freeze()
      try keyboard.press(.character("r"))
      try session.waitFor("↓")
    case .editor:
      try keyboard.press(.character("E"))
      try session.waitFor("editing")
    case .suspended:
      // Stopped from outside: no shell is here to which Ctrl-Z could return.
      let console = try #require(session.console)
      kill(console, SIGSTOP)
      let start = ContinuousClock.now
      while !console.isStopped, start.duration(to: .now) < .seconds(10) { poll(nil, 0, 1) }
      try #require(console.isStopped)
    }
    try session.waitUntilQuiet()
    return session
  }

  /// Expects that the shell continues as before, with its screen and line settings.
  private func expectGivenBack(_ session: TerminalSession, status: Int32) throws {
    let screen = try session.waitFor("the end")
    #expect(screen.contains("status \(status)"))
    #expect(!screen.isAlternate)
    #expect(screen.cursor != nil)
    #expect(session.emulator.modes.isDisjoint(with: [1000, 1006, 2004]))
    let settings = screen.rows.filter { $0.count { $0 == ":" } > 20 }
    #expect(Set(settings).count == 1, "\(screen.text)")
  }

  @Test(arguments: State.allCases, End.allCases)
  func itIsGoneWithinASecond(state: State, end: End) throws {
    let simulator = try SimulatorProcess()
    let session = try session(simulator, state)
    let shell = session.terminal.processIdentifier
    let console = try #require(session.console)
    let editors = pid_t.children(of: console)
    #expect(editors.count == (state == .editor ? 1 : 0))
    let start = ContinuousClock.now
    switch end {
    case .hangUpSignal: kill(console, SIGHUP)
    case .terminationSignal: kill(console, SIGTERM)
    case .terminalGone: session.terminal.hangUp()
    // The end of the session leader takes the terminal away.
    case .parentKilled: kill(shell, SIGKILL)
    }
    // A stopped process handles no signal until it is continued; bash continues a stopped job to end it. If the
    // terminal goes away, the kernel does that itself.
    if state == .suspended, end == .hangUpSignal || end == .terminationSignal { kill(console, SIGCONT) }
    #expect(session.timeToEnd(of: console, since: start) < .seconds(1))
    #expect(!console.isRunning)
    // No remaining process reads what is typed into the shell.
    #expect(!editors.contains { $0.isRunning })
    switch end {
    case .hangUpSignal: try expectGivenBack(session, status: 128 + SIGHUP)
    case .terminationSignal: try expectGivenBack(session, status: 128 + SIGTERM)
    case .terminalGone, .parentKilled: break
    }
  }

  @Test(arguments: [State.list, .dialog, .form, .requestInFlight])
  func theEndOfTheTerminalIsNoticedWithoutASignalToo(state: State) throws {
    let simulator = try SimulatorProcess()
    // In a session without a controlling terminal there is no hang-up.
    let session = try session(simulator, state, command: "setsid \"$0\"")
    let console = try #require(session.console)
    let start = ContinuousClock.now
    session.terminal.hangUp()
    #expect(session.timeToEnd(of: console, since: start) < .seconds(1))
    #expect(!console.isRunning)
  }

  @Test(arguments: [State.list, .dialog, .form, .requestInFlight])
  func theEndOfTheInputGivesTheTerminalThatIsStillThereBack(state: State) throws {
    let simulator = try SimulatorProcess()
    let keyboard = try TerminalSession(executable: "/bin/sh", arguments: ["-c", "tty; exec sleep 60"])
    let path = try #require(try keyboard.waitFor("/dev/pts/").row(containing: "/dev/pts/"))
    let session = try session(simulator, state, command: "\"$0\" <\(path)", typing: keyboard)
    let console = try #require(session.console)
    let start = ContinuousClock.now
    keyboard.terminal.hangUp()
    #expect(session.timeToEnd(of: console, since: start) < .seconds(1))
    try expectGivenBack(session, status: 129)
  }

  @Test func aTerminalThatReadsNothingDoesNotKeepItFromEndingNorSpinning() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator)
    try expectAnEnd(of: skydeck.session.terminal, by: SIGTERM)
  }

  /// As after `su`: the terminal belongs to another user and can't be opened again.
  @Test(arguments: [SIGTERM, SIGHUP]) func norDoesOneThatIsAnotherUsers(signal: Int32) throws {
    let simulator = try SimulatorProcess()
    let other = geteuid() == 0 ? "setpriv --reuid=65534 --clear-groups" : ""
    let session = try TerminalSession(
      executable: "/bin/sh",
      arguments: ["-c", "chmod 0 \"$(tty)\"; exec \(other) \"$0\"", BuiltProduct.path(of: "skydeck")],
      environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key], size: .wide)
    try session.waitFor("4 Processors ───────────────── 8")
    try expectAnEnd(of: session.terminal, by: signal)
  }

  private func expectAnEnd(of terminal: PseudoTerminal, by signal: Int32) throws {
    // More whole screens than a pseudo-terminal buffers; from now on nothing is read.
    for _ in 0..<60 { terminal.type([0x0C]) }
    poll(nil, 0, 300)
    let before = try #require(ProcessUsage(of: terminal.processIdentifier))
    poll(nil, 0, 300)
    let after = try #require(ProcessUsage(of: terminal.processIdentifier))
    #expect(after.processorTicks - before.processorTicks <= 1)
    let start = ContinuousClock.now
    terminal.send(signal: signal)
    while terminal.processIdentifier.isRunning, start.duration(to: .now) < .seconds(10) { poll(nil, 0, 2) }
    let time = start.duration(to: .now)
    #expect(time < .seconds(1))
  }
}

extension TerminalSession {
  /// The process that the session's shell started.
  var console: pid_t? { pid_t.children(of: terminal.processIdentifier).first }

  /// How long a process still runs, up to ten seconds, reading its output meanwhile. The end is checked before anything
  /// else, so that other work isn't measured.
  func timeToEnd(of process: pid_t, since start: ContinuousClock.Instant) -> Duration {
    while process.isRunning, start.duration(to: .now) < .seconds(10) {
      // A terminal that is gone can't be read; then it only waits.
      if terminal.isClosed { poll(nil, 0, 2) } else { readOutput(within: .milliseconds(2)) }
    }
    return start.duration(to: .now)
  }
}

extension pid_t {
  /// Whether it runs; a zombie doesn't.
  var isRunning: Bool { state.map { $0 != "Z" } ?? false }

  fileprivate var isStopped: Bool { state == "T" }

  /// Linux's letter for the process state; `nil` if the process doesn't exist.
  private var state: Character? {
    guard let stat = Self.text(of: "/proc/\(self)/stat"), let name = stat.lastIndex(of: ")") else { return nil }
    return stat[name...].dropFirst(2).first
  }

  static func children(of process: pid_t) -> [pid_t] {
    (text(of: "/proc/\(process)/task/\(process)/children") ?? "").split(separator: " ").compactMap { pid_t($0) }
  }

  private static func text(of path: String) -> String? {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { Glibc.close(descriptor) }
    return String(
      decoding: [UInt8](unsafeUninitializedCapacity: 512) { buffer, count in
        count = Swift.max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
      }, as: UTF8.self)
  }
}
