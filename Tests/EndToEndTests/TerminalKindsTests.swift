import TerminalTestSupport
import TerminalUI
import Testing

/// Terminals of every kind, by their names and capabilities.
@Suite(.story) struct TerminalKindsTests {
  @Test(arguments: [
    "xterm-256color", "xterm", "xterm-mono", "screen", "screen-256color", "tmux-256color", "vt100", "vt220", "linux",
    "rxvt-unicode-256color", "ansi",
  ])
  func theConsoleWorksOn(terminal: String) throws {
    let skydeck = try started(on: terminal)
    try skydeck.press(.down)
    try skydeck.waitUntil("the cursor moves") { screen in
      screen.contains("▸ Zürich Hauptbahnhof") || screen.contains("► Zürich Hauptbahnhof")
    }
    try skydeck.press(.character("?"))
    try skydeck.waitFor(" Keys ─", "Go one row down.")
    try skydeck.press(.escape)
    try skydeck.waitUntilGone("Go one row down.")
    try leave(skydeck)
  }

  @Test func aDumbTerminalGetsAMessageAndNothingElse() throws {
    let skydeck = try Skydeck.started("--demo", environment: ["TERM": "dumb"])
    #expect(try skydeck.session.exitStatus() == .exited(69))
    #expect(skydeck.session.standardError.contains("The terminal \"dumb\" (TERM) can't show a full screen."))
    #expect(skydeck.session.output(since: 0) == [])
  }

  @Test(arguments: ["\u{1B}[31mred\u{1B}]0;title\u{7}", "xterm\u{202E}", "\u{9B}5A"])
  func aNameThatIsHarmfulIsShownHarmless(name: String) throws {
    let skydeck = try Skydeck.started("--demo", environment: ["TERM": name])
    #expect(try skydeck.session.exitStatus() == .exited(69))
    #expect(skydeck.session.standardError.contains("\u{FFFD}"))
    #expect(
      !skydeck.session.standardError.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control }
    )
    #expect(!skydeck.session.standardError.contains("\u{202E}"))
    #expect(skydeck.session.output(since: 0) == [])
  }

  @Test func withEightColoursTheyAreTheFirstEightAndGreyIsDim() throws {
    let skydeck = try started(on: "xterm")
    #expect(skydeck.screen.style(of: "skydeck")?.foreground == 6)
    #expect(skydeck.screen.style(of: "╭ 2 Users")?.foreground == nil)
    #expect(skydeck.screen.style(of: "╭ 2 Users")?.dim == true)
    try leave(skydeck)
  }

  @Test func withSixteenGreyIsOneOfThem() throws {
    // No description with sixteen colours is certain to be installed.
    let folder = try TemporaryFolder()
    let source = """
      sixteen|an xterm of sixteen colours,
      \tcolors#16, pairs#256, setaf=\\E[%?%p1%{8}%<%t3%p1%d%e9%p1%{8}%-%d%;m,
      \tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e10%p1%{8}%-%d%;m, use=xterm-256color,

      """
    let result = try ShellCommand.run("/usr/bin/env", ["tic", "-o", folder.path, "-"], input: source)
    try #require(result.status == .exited(0), "\(result.errors)")
    let skydeck = try started(on: "sixteen", environment: ["TERMINFO": folder.path])
    #expect(skydeck.screen.style(of: "skydeck")?.foreground == 6)
    #expect(skydeck.screen.style(of: "╭ 2 Users")?.foreground == 8)
    try leave(skydeck)
  }

  @Test(arguments: ["vt100", "xterm-mono"])
  func withoutColoursTonesAreAttributes(terminal: String) throws {
    let skydeck = try started(on: terminal)
    #expect(skydeck.screen.style(of: "skydeck")?.bold == true)
    #expect(skydeck.screen.cells.joined().allSatisfy { $0.style.foreground == nil && $0.style.background == nil })
    try leave(skydeck)
  }

  @Test func inTheCLocaleEverythingIsASCIIAndWhatIsNotIsAQuestionMark() throws {
    let skydeck = try Skydeck.started(
      "--demo", "--cloud", "3", environment: ["LC_ALL": "C", "LANG": "C"])
    try skydeck.waitFor("+ 1 Clouds ---", "| > Haussmann Tower", "Z?rich Hauptbahnhof", "4 Processors ------")
    try skydeck.session.waitUntilQuiet()
    #expect(skydeck.session.output(since: 0).allSatisfy { $0 < 0x80 })
    try skydeck.quit()
  }

  private func started(on terminal: String, environment: [String: String] = [:]) throws -> Skydeck {
    let skydeck = try Skydeck.started(
      "--demo", "--cloud", "3", environment: ["TERM": terminal].merging(environment) { $1 })
    try skydeck.waitUntil("it is loaded") { screen in
      screen.text.contains(/[▸►] Haussmann Tower/) && screen.contains("4 Processors ─") && screen.contains("? help")
    }
    try skydeck.session.waitUntilQuiet()
    return skydeck
  }

  /// Quits; it doesn't matter how xterm interprets other terminals' sequences.
  private func leave(_ skydeck: Skydeck) throws {
    try skydeck.press(.character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
    #expect(skydeck.session.standardError == "")
  }
}
