import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// What happens to the user's editor, and to its text, when the console is told to end while it is open.
@Suite(.story, .serialized) struct EditorEndingTests {
  /// The console under a shell that prints its end, with an open editor that runs this script and prints `editing`.
  private func session(_ script: TemporaryFile, in folder: TemporaryFolder) throws -> TerminalSession {
    let session = try TerminalSession(
      executable: "/bin/sh",
      arguments: [
        "-c", "trap : TERM INT; stty -g; \"$0\" --demo --cloud 3; echo \"status $?\"; stty -g; echo the end",
        BuiltProduct.path(of: "skydeck"),
      ],
      environment: ["EDITOR": "sh \(script.path)", "TMPDIR": folder.path], size: .wide)
    try session.waitFor("▸ Haussmann Tower")
    try session.press(.character("E"))
    try session.waitFor("editing")
    return session
  }

  private func expectGivenBack(_ session: TerminalSession, status: Int32) throws {
    let screen = try session.waitFor("the end")
    #expect(screen.contains("status \(status)"))
    #expect(!screen.isAlternate)
    let settings = screen.rows.filter { $0.count { $0 == ":" } > 20 }
    #expect(settings.count == 2 && Set(settings).count == 1, "\(screen.text)")
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func anEditorSavesWhatItHoldsWhenTheConsoleIsToldToEnd(number: Int32) throws {
    let folder = try TemporaryFolder()
    let script = try TemporaryFile(
      """
      found=$(stty -g)
      trap 'echo told >>"$1.save"; stty "$found"; exit 1' TERM HUP
      stty raw -echo; printf editing
      while :; do sleep 0.01; done

      """)
    let session = try session(script, in: folder)
    let console = try #require(session.console)
    let editor = try #require(pid_t.children(of: console).first)
    kill(console, number)
    try expectGivenBack(session, status: 128 + number)
    #expect(!editor.isRunning)
    let kept = try #require(folder.files.first { $0.hasSuffix(".json") })
    // Only once: vim ends at once on the second signal and deletes its swap file.
    #expect(try TemporaryFile.text(at: kept + ".save") == "told\n")
    try session.waitFor("skydeck: the editor was still open: what you saved is in \(kept)")
  }

  @Test func anEditorThatWasToldAsWellIsNotToldTwice() throws {
    let folder = try TemporaryFolder()
    let script = try TemporaryFile(
      """
      trap 'echo told >>"$1.save"; sleep 0.05; exit 1' TERM
      echo editing
      while :; do sleep 0.01; done

      """)
    let session = try session(script, in: folder)
    let console = try #require(session.console)
    // All processes on the terminal; the shell continues.
    kill(-session.terminal.processIdentifier, SIGTERM)
    #expect(console.hasEnded(within: .seconds(1)))
    let kept = try #require(folder.files.first { $0.hasSuffix(".save") })
    #expect(try TemporaryFile.text(at: kept) == "told\n")
  }

  @Test func anInterruptThatTheEditorHandlesLeavesItTheTerminal() throws {
    let folder = try TemporaryFolder()
    let script = try TemporaryFile(
      """
      trap 'echo interrupted' INT
      echo editing
      until read -r word; do :; done
      echo "$word" >"$1.read"

      """)
    let session = try session(script, in: folder)
    kill(-session.terminal.processIdentifier, SIGINT)
    try session.waitFor("interrupted")
    session.terminal.type(Array("saved\n".utf8))
    try session.waitFor("Nothing was changed")
    let read = try #require(folder.files.first { $0.hasSuffix(".read") })
    #expect(try TemporaryFile.text(at: read) == "saved\n")
  }

  @Test func anEditorThatDoesNotListenIsEndedAndTheTerminalGivenBack() throws {
    let folder = try TemporaryFolder()
    // Also an editor started by a script, with terminal settings as editors use.
    let script = try TemporaryFile(
      """
      trap '' TERM HUP
      stty raw -echo; printf '\\033[?1049h\\033[?25lediting'
      sh -c 'trap "" TERM HUP; while :; do sleep 1; done'

      """)
    let session = try session(script, in: folder)
    let console = try #require(session.console)
    let editor = try #require(pid_t.children(of: console).first)
    let inner = try #require(pid_t.children(of: editor).first)
    kill(console, SIGTERM)
    #expect(console.hasEnded(within: .seconds(1)))
    try expectGivenBack(session, status: 128 + SIGTERM)
    #expect(!editor.isRunning && !inner.isRunning)
    #expect(session.screen.cursor != nil)
  }
}

extension pid_t {
  fileprivate func hasEnded(within limit: Duration) -> Bool {
    let start = ContinuousClock.now
    while isRunning, start.duration(to: .now) < limit { poll(nil, 0, 2) }
    return !isRunning
  }
}
