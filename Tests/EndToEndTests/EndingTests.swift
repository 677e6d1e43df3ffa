import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// The ways the line can end, in every state the console can be in: gone within a second, and the terminal given back
/// where there is one.
@Suite(.story) struct EndingTests {
  enum State: String, CaseIterable {
    case list, dialog, form, requestInFlight, editor
  }

  enum End: CaseIterable {
    case hangUpSignal, terminationSignal, terminalGone, parentKilled
  }

  /// The console under a shell that tells when it ended, in that state.
  private func session(_ simulator: SimulatorProcess, _ state: State) throws -> TerminalSession {
    let session = try TerminalSession(
      executable: "/bin/sh",
      arguments: [
        "-c", "stty -g; \"$0\"; echo \"status $?\"; stty -g; echo the end", BuiltProduct.path(of: "skydeck"),
      ],
      environment: [
        "SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key,
        "EDITOR": "sh -c 'echo editing; exec sleep 30' #",
      ], size: .wide)
    try session.waitFor("4 Processors ───────────────── 8")
    switch state {
    case .list: break
    case .dialog:
      try session.press(.character("D"))
      try session.waitFor("Type the name")
    case .form:
      try session.press(.character("c"))
      try session.waitFor("╭ Create a cloud")
      try session.send("half typed")
      try session.waitFor("half typed")
    case .requestInFlight:
      simulator.freeze()
      try session.press(.character("r"))
      try session.waitFor("↓")
    case .editor:
      try session.press(.character("E"))
      try session.waitFor("editing")
    }
    try session.waitUntilQuiet()
    return session
  }

  @Test(arguments: State.allCases, End.allCases)
  func itIsGoneWithinASecond(state: State, end: End) throws {
    let simulator = try SimulatorProcess()
    let session = try session(simulator, state)
    let shell = session.terminal.processIdentifier
    let console = try #require(pid_t.children(of: shell).first)
    let start = ContinuousClock.now
    switch end {
    case .hangUpSignal: kill(console, SIGHUP)
    case .terminationSignal: kill(console, SIGTERM)
    case .terminalGone: session.terminal.hangUp()
    // The session leader's end takes the terminal away.
    case .parentKilled: kill(shell, SIGKILL)
    }
    while console.isRunning, start.duration(to: .now) < .seconds(10) {
      // What it writes is read for the screen; without a terminal there is only the time.
      if end == .terminalGone { poll(nil, 0, 5) } else { try? session.waitUntilQuiet(for: .milliseconds(5)) }
    }
    #expect(start.duration(to: .now) < .seconds(1))
    #expect(!console.isRunning)
    guard end == .hangUpSignal || end == .terminationSignal else { return }
    let screen = try session.waitFor("the end")
    #expect(screen.contains("status \(128 + (end == .hangUpSignal ? SIGHUP : SIGTERM))"))
    #expect(!screen.isAlternate)
    #expect(screen.cursor != nil)
    #expect(session.emulator.modes.isDisjoint(with: [1000, 1006, 2004]))
    let settings = screen.rows.filter { $0.count { $0 == ":" } > 20 }
    #expect(Set(settings).count == 1, "\(screen.text)")
  }

  @Test func aTerminalThatReadsNothingDoesNotKeepItFromEndingNorSpinning() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator)
    let terminal = skydeck.session.terminal
    // Whole screens, more than a pseudo-terminal takes; from now on nothing is read.
    for _ in 0..<60 { terminal.type([0x0C]) }
    poll(nil, 0, 300)
    let before = try #require(ProcessUsage(of: terminal.processIdentifier))
    poll(nil, 0, 300)
    let after = try #require(ProcessUsage(of: terminal.processIdentifier))
    #expect(after.processorTicks - before.processorTicks <= 1)
    let start = ContinuousClock.now
    terminal.send(signal: SIGTERM)
    while terminal.processIdentifier.isRunning, start.duration(to: .now) < .seconds(10) { poll(nil, 0, 5) }
    #expect(start.duration(to: .now) < .seconds(1))
  }
}

extension pid_t {
  /// Whether it runs; one that has ended and waits to be asked for does not.
  fileprivate var isRunning: Bool {
    guard let stat = Self.text(of: "/proc/\(self)/stat"), let name = stat.lastIndex(of: ")") else { return false }
    return !stat[name...].dropFirst(2).hasPrefix("Z")
  }

  fileprivate static func children(of process: pid_t) -> [pid_t] {
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
