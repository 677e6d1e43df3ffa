import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// A key that is typed at a prompt is never shown, even if the program is stopped and continued, and the terminal
/// echoes again after the prompt.
@Suite(.story) struct HiddenAnswerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let prompt = "The key for https://one.example, which is not shown:"

  /// Starts a shell with job control, and in it the command, which shows the prompt.
  private func inAShell() throws -> TerminalSession {
    let session = try TerminalSession(
      executable: "/bin/bash", arguments: ["--norc", "--noprofile", "--noediting", "-i"],
      environment: ["XDG_CONFIG_HOME": folder.path, "PS1": "shell: "], size: .wide)
    try session.waitFor("shell:")
    try session.send("'\(BuiltProduct.path(of: "skydeck"))' profiles add one --api-url https://one.example\n")
    try session.waitFor(Self.prompt)
    return session
  }

  private func expectAddedAndNotShown(_ session: TerminalSession) throws {
    try session.waitFor("Added the profile one")
    try session.waitUntil("the shell asks for the next command") { screen in
      screen.rows.last { !$0.isEmpty }?.hasPrefix("shell:") == true
    }
    try session.send("echo seen\n")
    try session.waitUntil("the shell's own echo is there") { screen in
      screen.rows.contains { $0.hasPrefix("shell: echo seen") } && screen.rows.contains { $0.hasPrefix("seen") }
    }
    #expect(!String(decoding: session.output(since: 0), as: UTF8.self).contains("s3cr"))
  }

  /// Waits until the prompt is on the screen so many times.
  private func waitForPrompts(_ count: Int, _ session: TerminalSession) throws {
    try session.waitUntil("it asks \(count) times") { screen in
      screen.rows.count { $0.contains(Self.prompt) } == count
    }
  }

  @Test func afterCtrlZAndFgTheKeyIsNotShown() throws {
    let session = try inAShell()
    try session.send("s3cr\u{1A}")
    try session.waitFor("Stopped")
    // The shell's own terminal echoes input.
    try session.send("fg\n")
    try session.waitFor("shell: fg")
    try waitForPrompts(2, session)
    try session.send("s3cret-key\n")
    try expectAddedAndNotShown(session)
  }

  @Test func fromTheBackgroundItComesBackAsSilent() throws {
    let session = try inAShell()
    try session.send("\u{1A}")
    try session.waitFor("Stopped")
    try session.send("bg\n")
    // Reading in the background stops the command, which the shell reports before its next prompt.
    try session.waitUntilQuiet()
    try session.send("\n")
    try session.waitUntil("it is stopped again") { $0.rows.count { $0.contains("Stopped") } == 2 }
    try session.send("fg\n")
    try waitForPrompts(2, session)
    try session.send("s3cret-key\n")
    try expectAddedAndNotShown(session)
  }

  @Test(arguments: [SIGTSTP, SIGSTOP]) func stoppedFromOutsideItIsSilentWhenItGoesOn(signal: Int32) throws {
    let session = try inAShell()
    let command = try #require(session.console)
    kill(command, signal)
    try session.waitFor("Stopped")
    try session.send("fg\n")
    try session.waitFor("shell: fg")
    try session.waitUntilQuiet()
    try session.send("s3cret-key\n")
    try expectAddedAndNotShown(session)
  }

  @Test(arguments: [SIGQUIT, SIGABRT, SIGSEGV, SIGUSR1, SIGALRM, SIGXCPU, SIGTERM, SIGHUP, SIGINT])
  func whateverSignalEndsItTheTerminalShowsWhatIsTyped(signal: Int32) throws {
    let script = #"trap : INT QUIT; "$0" profiles add one --api-url https://one.example; echo "left with $?"; stty -a"#
    let session = try TerminalSession(
      executable: "/bin/sh", arguments: ["-c", script, BuiltProduct.path(of: "skydeck")],
      environment: ["XDG_CONFIG_HOME": folder.path, "SWIFT_BACKTRACE": "enable=yes,interactive=no"], size: .wide)
    try session.waitFor(Self.prompt)
    try session.send("s3cr")
    try session.waitUntilQuiet()
    kill(try #require(session.console), signal)
    try session.waitFor("left with \(128 + signal)")
    _ = try session.exitStatus()
    #expect(session.screen.text.contains(#/[^-]echo /#))
    let output = String(decoding: session.output(since: 0), as: UTF8.self)
    #expect(!output.contains("s3cr") && !output.contains("Backtrace") && !output.contains("Crash"))
  }
}
