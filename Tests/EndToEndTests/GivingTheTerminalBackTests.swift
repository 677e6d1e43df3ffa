import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// However the console ends, the terminal is as it was found, and no process remains.
@Suite(.story) struct GivingTheTerminalBackTests {
  /// The console under a shell that prints the terminal's settings before and after it.
  private func underAShell() throws -> TerminalSession {
    let command = "stty -g; \"$0\" --demo; echo \"status $?\"; stty -g; echo the end"
    let session = try TerminalSession(
      executable: "/bin/sh", arguments: ["-c", command, BuiltProduct.path(of: "skydeck")], size: .wide)
    try session.waitFor("4 Processors ───────────────── 8")
    // A signal from outside may interrupt a thread other than the one that draws, whose later output would follow.
    try session.waitUntilQuiet()
    return session
  }

  private func expectGivenBack(_ session: TerminalSession, status: Int32) throws {
    let screen = try session.waitFor("the end")
    #expect(screen.contains("status \(status)"))
    #expect(!screen.isAlternate)
    #expect(screen.cursor != nil)
    #expect(!session.emulator.modes.contains(2004))
    let settings = screen.rows.filter { $0.count { $0 == ":" } > 20 }
    #expect(settings.count == 2 && Set(settings).count == 1, "\(screen.text)")
    #expect(session.emulator.unknown == [])
  }

  @Test(arguments: [Key.character("q"), .control("c")])
  func afterLeaving(key: Key) throws {
    let session = try underAShell()
    try session.press(key)
    try expectGivenBack(session, status: 0)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func afterASignalAndWithinASecond(signal: Int32) throws {
    let session = try underAShell()
    let console = try #require(session.console)
    let start = ContinuousClock.now
    kill(console, signal)
    #expect(session.timeToEnd(of: console, since: start) < .seconds(1))
    try expectGivenBack(session, status: 128 + signal)
  }

  @Test func afterTheScriptThatStartedItWasKilled() throws {
    // The terminal's own shell continues.
    let command = "echo before; sh -c '\"$0\" --demo; true' \"$0\"; exec cat"
    let session = try TerminalSession(
      executable: "/bin/sh", arguments: ["-c", command, BuiltProduct.path(of: "skydeck")], size: .wide)
    try session.waitFor("4 Processors ───────────────── 8")
    try session.waitUntilQuiet()
    let script = try #require(session.console)
    let console = try #require(pid_t.children(of: script).first)
    let start = ContinuousClock.now
    kill(script, SIGKILL)
    #expect(session.timeToEnd(of: console, since: start) < .seconds(1))
    let screen = try session.waitFor("before")
    #expect(!screen.isAlternate)
    #expect(screen.cursor != nil)
    #expect(!session.emulator.modes.contains(2004))
  }

  @Test func afterASignalWhileADialogIsOpen() throws {
    let session = try underAShell()
    try session.press(.character("D"))
    try session.waitFor("Type the name")
    kill(try #require(session.console), SIGTERM)
    try expectGivenBack(session, status: 128 + SIGTERM)
  }

  @Test(arguments: [SIGSEGV, SIGABRT])
  func afterACrash(signal: Int32) throws {
    let session = try underAShell()
    kill(try #require(session.console), signal)
    try expectGivenBack(session, status: 128 + signal)
  }

  @Test func aTerminalThatIsClosedEndsTheProgramWithinASecond() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator)
    simulator.freeze()
    try skydeck.press(.character("r"))
    let start = ContinuousClock.now
    skydeck.session.terminal.hangUp()
    let status = try skydeck.session.terminal.exitStatus()
    #expect(start.duration(to: .now) < .seconds(1))
    #expect(status == .exited(129))
  }

  @Test func ctrlZGivesTheShellItsTerminalAndFgComesBack() throws {
    let session = try TerminalSession(
      executable: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"], environment: ["PS1": "prompt$ "], size: .wide
    )
    try session.waitFor("prompt$")
    try session.send("\(BuiltProduct.path(of: "skydeck")) --demo --cloud 3\r")
    try session.waitFor("▸ Haussmann Tower")
    try session.waitUntil("it is in the foreground") { $0.isAlternate }
    try session.press(.control("z"))
    try session.waitFor("Stopped")
    try session.waitUntil("the shell has its terminal") { !$0.isAlternate && $0.cursor != nil }
    #expect(!session.emulator.modes.contains(2004) || session.screen.contains("prompt$"))
    try session.send("echo a$((40 + 2))b\r")
    try session.waitFor("a42b")
    session.resize(to: .medium)
    try session.send("fg\r")
    try session.waitUntil("the console is back, in the new size") { screen in
      screen.isAlternate && screen.contains("▸ Haussmann Tower") && screen.rows[23].contains("? help")
    }
    try session.press(.character("q"))
    try session.waitUntil("the shell is back") { !$0.isAlternate }
    try session.send("exit\r")
    #expect(try session.exitStatus() == .exited(0))
  }
}
