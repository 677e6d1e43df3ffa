import FoundationEssentials
import TerminalTestSupport
import TerminalUI
import Testing

@testable import NcursesTerminal

@Suite struct ClipboardTests {
  @Test func textIsBase64BetweenOSCAndST() {
    #expect(Clipboard.sequence(setting: "Grüße") == Array("\u{1B}]52;c;R3LDvMOfZQ==\u{1B}\\".utf8))
  }

  @Test func screenPassesItOnInPieces() throws {
    let text = String(repeating: "x", count: 300)
    let sequence = try #require(Clipboard.sequence(setting: text, isInScreen: true))
    let pieces = String(decoding: sequence, as: UTF8.self).split(separator: "\u{1B}P")
    #expect(pieces.count == 3)
    #expect(pieces.allSatisfy { $0.hasSuffix("\u{1B}\\") && $0.utf8.count <= 252 })
    let passed = pieces.map { String($0.dropLast(2)) }.joined()
    #expect(passed == "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}")
  }

  @Test func whatTerminalsDontTakeIsNotSent() throws {
    let longest = try #require(Clipboard.sequence(setting: String(repeating: "x", count: Clipboard.limit)))
    // xterm's limit applies to the bytes between introducer and terminator, which take two bytes each.
    #expect(longest.count - 4 <= 100_000)
    #expect(Clipboard.sequence(setting: String(repeating: "x", count: Clipboard.limit + 1)) == nil)
  }

  @Test(arguments: [
    ("xterm-256color", true), ("tmux-256color", true), ("screen", true), ("alacritty", true), ("linux", false),
    ("vt100", false), ("vt220", false), ("dumb", false), ("ansi", false), ("vte-256color", true),
  ])
  func terminalsThatKnowNoClipboardAreNotAsked(name: String, isKnown: Bool) {
    #expect(Clipboard.isKnown(to: name) == isKnown)
  }

  @Test func theTerminalGetsItBetweenFramesAndTheScreenStays() throws {
    let session = try TerminalSession(executable: BuiltProduct.path(of: "terminal-probe"))
    try session.waitFor("ready")
    try session.press(.character("c"))
    try session.waitFor("copied: sent")
    #expect(session.emulator.systemCommands == ["52;c;" + Data("Grüße".utf8).base64EncodedString()])
    #expect(session.emulator.unknown == [])
    #expect(session.screen.rows[1].hasPrefix("│ 東京 item 1"))
  }

  @Test func aTerminalWithoutAClipboardGetsNothing() throws {
    let session = try TerminalSession(
      executable: BuiltProduct.path(of: "terminal-probe"), environment: ["TERM": "vt100"])
    try session.waitFor("ready")
    try session.press(.character("c"))
    try session.waitFor("copied: unsupported")
    #expect(session.emulator.systemCommands == [])
  }
}
