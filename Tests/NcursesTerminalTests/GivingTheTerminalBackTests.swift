import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// However the program ends or pauses, the terminal is restored as it was found.
@Suite struct GivingTheTerminalBackTests {
  /// The probe under a shell that prints the terminal's settings before and after it.
  private func probe(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> TerminalSession {
    let command = "stty -a | cksum; \"$@\"; echo \"status $?\"; stty -a | cksum; echo the end"
    let session = try TerminalSession(
      executable: "/bin/sh",
      arguments: ["-c", command, "sh", BuiltProduct.path(of: "terminal-probe")] + arguments,
      environment: environment)
    try session.waitFor("ready")
    return session
  }

  private func expectGivenBack(_ session: TerminalSession) throws {
    let screen = try session.waitFor("the end")
    #expect(!screen.isAlternate)
    #expect(screen.cursor != nil)
    #expect(session.emulator.modes.isDisjoint(with: [1000, 1006, 2004]))
    let checksums = screen.rows.filter {
      $0.split(separator: " ").count == 2 && $0.allSatisfy { "0"..."9" ~= $0 || $0 == " " }
    }
    #expect(checksums.count == 2 && Set(checksums).count == 1, "\(screen.text)")
    #expect(session.emulator.unknown == [])
  }

  @Test func afterQuitting() throws {
    let session = try probe()
    try session.press(.character("q"))
    try expectGivenBack(session)
    #expect(session.screen.contains("bye"))
    #expect(session.screen.contains("status 0"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func afterASignal(number: Int32) throws {
    let session = try probe()
    try session.signalProbe(number)
    try expectGivenBack(session)
    #expect(session.screen.contains("ended: signal(\(number))"))
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGTRAP])
  func afterACrash(number: Int32) throws {
    let session = try probe()
    try session.signalProbe(number)
    try expectGivenBack(session)
    #expect(session.screen.contains("status \(128 + number)"))
  }

  @Test func afterACrashInTheProgramItself() throws {
    let session = try probe()
    try session.press(.character("x"))
    try expectGivenBack(session)
    #expect(session.screen.contains("status 139"))
  }

  @Test func afterAStackOverflow() throws {
    let session = try probe()
    try session.press(.character("o"))
    try expectGivenBack(session)
    #expect(session.screen.contains("status 139"))
  }

  @Test(arguments: [nil, SIGTERM, SIGSEGV])
  func theMouseIsGivenBackToo(number: Int32?) throws {
    let session = try probe(environment: ["MOUSE": "1"])
    #expect(session.emulator.modes.isSuperset(of: [1000, 1006]))
    try session.send("\u{1B}[<0;3;2M")
    try session.waitFor("event: mouse(")
    if let number { try session.signalProbe(number) } else { try session.press(.character("q")) }
    try expectGivenBack(session)
  }

  @Test func anotherProgramGetsTheMouseOnlyByAskingForIt() throws {
    let session = try probe(["sh", "-c", "echo from the child; read line"], environment: ["MOUSE": "1"])
    try session.press(.character("!"))
    try session.waitFor("from the child")
    #expect(session.emulator.modes.isDisjoint(with: [1000, 1006]))
    try session.send("\n")
    try session.waitFor("status: 0")
    #expect(session.emulator.modes.isSuperset(of: [1000, 1006]))
    try session.press(.character("q"))
    try expectGivenBack(session)
  }

  @Test func controlCIsAKey() throws {
    let session = try probe()
    try session.press(.control("c"))
    try session.waitFor("control(\"c\")")
  }

  @Test func aClosedTerminalEndsTheProgram() throws {
    let session = try TerminalSession(executable: BuiltProduct.path(of: "terminal-probe"))
    try session.waitFor("ready")
    session.terminal.hangUp()
    #expect(try session.terminal.exitStatus(within: .seconds(5)) == .exited(0))
  }

  @Test func suspendingGivesTheTerminalToTheShellAndContinuingTakesItAgain() throws {
    let session = try TerminalSession(
      executable: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"], environment: ["PS1": "prompt$ "])
    try session.waitFor("prompt$")
    try session.send("\(BuiltProduct.path(of: "terminal-probe"))\n")
    try session.waitFor("ready")
    try session.press(.control("z"))
    let shell = try session.waitFor("Stopped")
    let isAlternate = shell.isAlternate
    #expect(!isAlternate)
    try session.send("fg\n")
    let again = try session.waitFor("continued")
    let (isTakenAgain, firstRow) = (again.isAlternate, again.rows[1])
    #expect(isTakenAgain)
    #expect(firstRow.hasPrefix("│ 東京 item 1"))
    try session.press(.down)
    try session.waitFor("Key.down")
    try session.press(.character("q"))
    try session.waitFor("bye")
  }

  @Test func anotherProgramHasTheTerminalUntilItEnds() throws {
    let session = try probe(["sh", "-c", "echo from the child; read line; echo \"got $line\"; exit 3"])
    try session.press(.character("!"))
    #expect(try !session.waitFor("from the child").isAlternate)
    try session.send("q\n")
    let screen = try session.waitFor("status: 3")
    #expect(screen.isAlternate)
    #expect(screen.rows[1].hasPrefix("│ 東京 item 1"))
    try session.press(.character("q"))
    try expectGivenBack(session)
    #expect(session.screen.contains("got q"))
  }

  @Test func aResizeDuringAnotherProgramIsToldAfterwards() throws {
    let session = try probe(["sh", "-c", "echo from the child; read line"])
    try session.press(.character("!"))
    try session.waitFor("from the child")
    session.resize(to: Size(columns: 90, rows: 20))
    try session.send("\n")
    let screen = try session.waitFor("90×20 ╮")
    #expect(screen.rows[18].hasPrefix("╰─"))
  }

  @Test func aProgramThatDoesNotExistIsAnError() throws {
    let session = try probe(["/nonexistent/editor"])
    try session.press(.character("!"))
    try session.waitFor("error: /nonexistent/editor can't be started: No such file or directory.")
  }

  @Test func aChildHasNoSignalsIgnoredOrBlocked() throws {
    let session = try probe(["sh", "-c", "grep -E 'Sig(Ign|Blk)' /proc/self/status; read line"])
    try session.press(.character("!"))
    let screen = try session.waitFor("SigIgn")
    // The C library makes children ignore the two signals that it uses itself.
    let ignored = screen.row(containing: "SigIgn")?.split(separator: " ").last.flatMap { UInt64($0, radix: 16) }
    #expect(ignored.map { $0 & ~0x1_8000_0000 } == 0)
    #expect(screen.row(containing: "SigBlk")?.hasSuffix("0000000000000000") == true)
  }

  @Test func aTerminalThatReadsNothingHoldsNothingUp() throws {
    let terminal = try PseudoTerminal(
      executable: BuiltProduct.path(of: "terminal-probe"),
      environment: ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"], size: Size(columns: 80, rows: 24),
      standardError: .captured)
    #expect(!terminal.read(within: .seconds(10)).isEmpty)
    // More frames than a pseudo-terminal buffers; from now on nothing is read.
    try terminal.write(Array("f".utf8))
    try terminal.waitForStandardError("presented")
    let before = try #require(ProcessUsage(of: terminal.processIdentifier))
    // The time span of the measurement.
    poll(nil, 0, 300)
    let after = try #require(ProcessUsage(of: terminal.processIdentifier))
    #expect(after.processorTicks - before.processorTicks <= 1)

    terminal.send(signal: SIGTERM)
    #expect(try terminal.exitStatus(within: .seconds(5)) == .exited(0))
  }

  @Test func theNewestFrameIsShownWhenASlowTerminalReadsAgain() throws {
    let session = try TerminalSession(
      executable: BuiltProduct.path(of: "terminal-probe"), standardError: .captured)
    try session.waitFor("ready")
    try session.terminal.write(Array("f".utf8))
    try session.terminal.waitForStandardError("presented")
    try session.waitFor("frame 1000 ")
    #expect(session.emulator.unknown == [])
  }
}

extension TerminalSession {
  /// Sends a signal to the probe that a shell started.
  fileprivate func signalProbe(_ number: Int32) throws {
    let children = "/proc/\(terminal.processIdentifier)/task/\(terminal.processIdentifier)/children"
    let descriptor = open(children, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
    }
    let child = try #require(Int32(String(decoding: bytes, as: UTF8.self).split(separator: " ").first ?? ""))
    kill(child, number)
  }
}
