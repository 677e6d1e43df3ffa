import TerminalTestSupport
import TerminalUI
import Testing

/// After another program had the terminal, the screen, its modes and open dialogs are as before.
@Suite(.story) struct ComingBackTests {
  @Test func afterAnEditorThatLeftTheScreenInAMess() throws {
    let script = try TemporaryFile(
      "printf '\\033[2J\\033[5;5Hmess\\033[31m\\033(0\\033[?25h\\033[?7l\\033[3;7r'; read -r line\n")
    let skydeck = try Skydeck.demo("--cloud", "3", environment: ["EDITOR": "sh \(script.path)"])
    try switchMouseOn(skydeck)
    try skydeck.session.waitUntilQuiet()
    let before = skydeck.screen.cells
    try skydeck.press(.character("E"))
    try skydeck.waitFor("mess")
    #expect(skydeck.session.emulator.modes.isDisjoint(with: [1000, 2004]))
    try skydeck.session.send("\r")
    try skydeck.waitFor("Nothing was changed, so nothing was sent.")
    try skydeck.press(.escape)
    try skydeck.waitUntil("the screen is as before") { $0.cells == before && $0.cursor == nil }
    #expect(skydeck.session.emulator.modes.isSuperset(of: [1000, 1006, 2004]))
    try skydeck.press(.control("l"))
    try skydeck.waitUntil("drawn anew it is the same") { $0.cells == before }
    try skydeck.quit()
  }

  @Test func afterCtrlZAndFgWithAFormOpen() throws {
    let session = try TerminalSession(
      executable: "/bin/bash", arguments: ["--norc", "--noprofile", "-i"], environment: ["PS1": "prompt$ "], size: .wide
    )
    try session.waitFor("prompt$")
    try session.send("\(BuiltProduct.path(of: "skydeck")) --demo --cloud 3\r")
    try session.waitFor("▸ Haussmann Tower")
    try session.waitFor("4 Processors ───")
    try session.press(.character("c"))
    try session.waitFor("╭ Create a cloud ─")
    try session.send("Half typed")
    try session.waitFor("Name      Half typed")
    try session.waitUntilQuiet()
    let (before, cursor) = (session.screen.cells, session.screen.cursor)
    try session.press(.control("z"))
    try session.waitUntil("the shell has its terminal") { !$0.isAlternate && $0.contains("Stopped") }
    try session.send("stty sane; printf '\\033[1;5r\\033[7m mess'\r")
    try session.waitUntil("the shell did it") { $0.rows.count { $0.contains("mess") } > 1 }
    try session.send("fg\r")
    try session.waitUntil("the form is there as it was") { screen in
      screen.isAlternate && screen.cells == before && screen.cursor == cursor
    }
    try session.send("!")
    try session.waitFor("Half typed!")
    try session.press(.control("c"))
    try session.waitFor("Discard your input?")
    try session.press(.character("y"))
    try session.waitUntilGone("Create a cloud")
    try session.press(.character("q"))
    try session.waitUntil("the shell is back") { !$0.isAlternate }
    try session.send("exit\r")
    #expect(try session.exitStatus() == .exited(0))
  }

  @Test func afterWallWroteOverADialog() throws {
    let skydeck = try Skydeck.demo("--cloud", "3")
    try skydeck.open(.character("D"), "Delete Haussmann Tower?")
    try skydeck.type("Haus")
    try skydeck.session.waitUntilQuiet()
    let (before, cursor) = (skydeck.screen.cells, skydeck.screen.cursor)
    skydeck.session.scribble("\r\nBroadcast message from root@host (pts/1):\r\n\r\nGoing down!\r\n")
    #expect(skydeck.screen.contains("Going down!"))
    try skydeck.press(.control("l"))
    try skydeck.waitUntil("the dialog is as before") { $0.cells == before && $0.cursor == cursor }
    try skydeck.close("Delete Haussmann Tower?")
    try skydeck.quit()
  }

  private func switchMouseOn(_ skydeck: Skydeck) throws {
    try skydeck.open(.character(":"), "Commands")
    try skydeck.type("mouse")
    try skydeck.press(.enter)
    try skydeck.waitFor("To select text, hold Shift")
    try skydeck.press(.escape)
    try skydeck.waitUntilGone("To select text, hold Shift")
  }
}
