import FoundationEssentials
import TerminalTestSupport
import TerminalUI
import Testing

/// Copying from the screen for use in scripts.
@Suite(.story) struct CopyingTests {
  @Test func theCommandForACloudGoesToTheClipboard() throws {
    let skydeck = try Skydeck.demo("--cloud", "3")
    try skydeck.open(.character("Y"), "Copy as command")
    try skydeck.waitFor("skydeck --demo clouds get 3", "Sent to the terminal's clipboard by OSC 52.")
    #expect(skydeck.copied == ["skydeck --demo clouds get 3"])
    try skydeck.close("Copy as command")
    try skydeck.quit()
  }

  @Test func aShellReadsWhatWasDoneAsItWasMeant() throws {
    let skydeck = try Skydeck.demo("--cloud", "3")
    let name = #"it's "$HOME" `x` \ & 東京"#
    try skydeck.open(.character("e"), "Edit Haussmann Tower")
    try skydeck.press(.control("u"))
    try skydeck.type(name)
    try skydeck.press(.enter)
    try skydeck.waitFor("Renamed \"Haussmann Tower\" to")
    try skydeck.open(.character("Y"), "Copy as command")
    try skydeck.waitFor("▸1 Just done", " 2 Under the cursor")
    try skydeck.press(.enter)
    try skydeck.waitFor("Just done: sent to the terminal's clipboard")
    let command = try #require(skydeck.copied.first)
    let shell = try TerminalSession(
      executable: "/bin/sh", arguments: ["-c", "skydeck() { for word; do echo \"<$word>\"; done; }; \(command)"])
    #expect(try shell.exitStatus() == .exited(0))
    #expect(shell.screen.rows.prefix(6) == ["<--demo>", "<clouds>", "<update>", "<3>", "<--name>", "<\(name)>"])
    try skydeck.close("Copy as command")
    try skydeck.quit()
  }

  @Test func aFieldAndAColumnGoToTheClipboard() throws {
    let skydeck = try Skydeck.demo("--cloud", "3")
    try skydeck.open(.character("y"), "Copy")
    try skydeck.waitFor("▸ Name            Haussmann Tower")
    try skydeck.press(.enter)
    try skydeck.waitFor("Name: sent to the terminal's clipboard by OSC 52.")
    try skydeck.press(.end)
    try skydeck.waitFor("▸ Column UPDATED")
    try skydeck.press(.up, .up, .up)
    try skydeck.waitFor("▸ Column NAME")
    try skydeck.press(.enter)
    try skydeck.waitFor("Column NAME: sent to")
    #expect(skydeck.copied.first == "Haussmann Tower")
    let names = try #require(skydeck.copied.last).split(separator: "\n")
    #expect(names.count == 14)
    #expect(names.contains("東京駅 再開発"))
    try skydeck.close("Copy")
    try skydeck.quit()
  }

  @Test func aTerminalWithoutAClipboardIsSaidToHaveNone() throws {
    let skydeck = try Skydeck.started("--demo", "--cloud", "3", environment: ["TERM": "linux"])
    try skydeck.waitFor("► Haussmann Tower")
    try skydeck.press(.character("Y"))
    try skydeck.waitFor("skydeck --demo clouds get 3", "This terminal has no clipboard that programs can set")
    #expect(skydeck.copied == [])
    try skydeck.press(.escape)
    try skydeck.waitUntilGone("Copy as command")
    try skydeck.press(.character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
  }
}

extension Skydeck {
  /// The texts that the terminal's clipboard received.
  fileprivate var copied: [String] {
    session.emulator.systemCommands.compactMap { command in
      guard command.hasPrefix("52;c;"), let data = Data(base64Encoded: String(command.dropFirst(5))) else { return nil }
      return String(decoding: data, as: UTF8.self)
    }
  }
}
