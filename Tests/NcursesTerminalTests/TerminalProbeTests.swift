import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// The terminal from a program's point of view, driven from outside through the probe.
@Suite struct TerminalProbeTests {
  private func probe(
    _ arguments: [String] = [], environment: [String: String] = [:], size: Size = Size(columns: 80, rows: 24)
  ) throws -> TerminalSession {
    try TerminalSession(
      executable: BuiltProduct.path(of: "terminal-probe"), arguments: arguments, environment: environment, size: size)
  }

  @Test func aFrameIsShownAsItWasDrawn() throws {
    let session = try probe()
    let screen = try session.waitFor("ready")
    #expect(screen.isAlternate)
    #expect(screen.cursor == nil)
    #expect(screen.rows[0].hasPrefix("╭ Probe ───"))
    #expect(screen.rows[0].hasSuffix("─── 80×24 ╮"))
    #expect(screen.rows[1].hasPrefix("│ 東京 item 1"))
    #expect(screen.rows[1].contains(String(repeating: "█", count: 20)))
    #expect(screen.rows[22].hasPrefix("╰──"))
    #expect(session.emulator.modes.contains(2004))
    #expect(session.emulator.unknown == [])
  }

  @Test func stylesReachTheScreenAsColoursAndAttributes() throws {
    let session = try probe()
    let screen = try session.waitFor("ready")
    #expect(screen.style(of: "Probe")?.foreground == 33)
    #expect(screen.style(of: "ready")?.foreground == 244)
    let selected = screen.style(of: "東京 item 1")
    #expect(selected?.bold == true && selected?.reverse == true)
    #expect(screen.style(of: "東京 item 2") == EmulatedStyle())
  }

  @Test func withoutColourTonesAreAttributes() throws {
    let session = try probe(environment: ["NO_COLOR": "1"])
    let screen = try session.waitFor("ready")
    #expect(screen.style(of: "Probe")?.bold == true)
    #expect(screen.style(of: "ready")?.dim == true)
    #expect(screen.cells.joined().allSatisfy { $0.style.foreground == nil && $0.style.background == nil })
  }

  @Test(arguments: ["xterm", "linux", "screen-256color", "tmux-256color", "vt100"])
  func otherTerminalsShowTheSameText(terminal: String) throws {
    let session = try probe(environment: ["TERM": terminal])
    let screen = try session.waitFor("ready")
    #expect(screen.rows[1].hasPrefix("│ 東京 item 1"))
    try session.press(.down)
    #expect(try session.waitFor("down").rows[2].hasPrefix("│ 東京 item 2"))
  }

  @Test func aCursorThatCannotBeHiddenWaitsInACorner() throws {
    let session = try probe(environment: ["TERM": "vt100"])
    try session.waitFor("ready")
    try session.press(.down, .down)
    try session.waitUntil("it is in the corner") { $0.cursor == Point(column: 0, row: 23) && $0.contains("down") }
  }

  @Test func aCursorMoveSendsFewBytes() throws {
    let session = try probe()
    try session.waitFor("ready")
    try session.press(.down)
    try session.waitFor("Key.down")
    try session.waitUntilQuiet()
    let mark = session.mark
    try session.press(.down)
    try session.waitUntil("the third row is selected") { $0.style(of: "東京 item 3")?.reverse == true }
    try session.waitUntilQuiet()
    let count = session.output(since: mark).count
    #expect(count <= 200, "\(count) bytes")
  }

  @Test func aSameFrameSendsNothing() throws {
    let session = try probe()
    try session.waitFor("ready")
    try session.press(.function(5))
    try session.waitFor("function(5)")
    try session.waitUntilQuiet()
    let mark = session.mark
    try session.press(.function(5), .function(5))
    try session.waitUntilQuiet()
    #expect(session.output(since: mark) == [])
  }

  @Test func escapeAloneIsTold() throws {
    let session = try probe()
    try session.waitFor("ready")
    try session.press(.escape)
    try session.waitFor("Key.escape", within: .seconds(2))
  }

  @Test func aPasteIsOneEvent() throws {
    let session = try probe()
    try session.waitFor("ready")
    try session.paste("q\nx")
    try session.waitFor(#"paste("q\nx")"#)
  }

  @Test func resizingIsToldOnceAndRedrawn() throws {
    let session = try probe()
    try session.waitFor("ready")
    session.resize(to: Size(columns: 100, rows: 30))
    let screen = try session.waitFor("resize(TerminalUI.Size(columns: 100, rows: 30))")
    #expect(screen.contains("100×30 ╮"))
    #expect(screen.rows[28].hasPrefix("╰─"))
    #expect(session.emulator.unknown == [])
  }

  @Test func repaintingSendsTheWholeScreen() throws {
    let session = try probe()
    try session.waitFor("ready")
    try session.waitUntilQuiet()
    let mark = session.mark
    try session.press(.control("l"))
    try session.waitFor("control(\"l\")")
    try session.waitUntilQuiet()
    #expect(session.output(since: mark).count > 1500)
    #expect(session.screen.rows[1].hasPrefix("│ 東京 item 1"))
  }

  @Test func keysTypedBeforeADialogAreDrained() throws {
    let session = try probe()
    try session.waitFor("ready")
    // `q` is there before the probe has read `s`, or arrives while the probe is blocked.
    try session.send("s")
    try session.send("q")
    let screen = try session.waitFor("drained")
    #expect(screen.row(containing: "drained")?.contains("character(\"q\")") == true)
    try session.press(.down)
    try session.waitFor("Key.down")
  }

  @Test func anEscTypedBeforeADialogStaysOne() throws {
    let session = try probe()
    try session.waitFor("ready")
    try session.send("s\u{1B}")
    try session.waitFor("Key.escape")
    try session.press(.down)
    try session.waitFor("Key.down")
  }

  @Test func anIdleTerminalIsSilent() throws {
    let session = try probe()
    try session.waitFor("ready")
    try session.waitUntilQuiet()
    let mark = session.mark
    try session.waitUntilQuiet(for: .milliseconds(500))
    #expect(session.output(since: mark) == [])
  }

  /// As over a serial line.
  @Test(arguments: [
    (["LINES": "20", "COLUMNS": "60"], "60×20"), ([:], "80×24"), (["LINES": "0", "COLUMNS": "many"], "80×24"),
    (["LINES": "-5", "COLUMNS": "100000000"], "80×24"), (["COLUMNS": "40"], "40×24"),
  ])
  func aTerminalThatTellsNoSizeIsAsLargeAsTheEnvironmentSays(environment: [String: String], size: String) throws {
    let session = try TerminalSession(
      executable: "/bin/sh",
      arguments: ["-c", "stty rows 0 cols 0; exec \"$0\"", BuiltProduct.path(of: "terminal-probe")],
      environment: environment)
    try session.waitFor(size)
  }
}
