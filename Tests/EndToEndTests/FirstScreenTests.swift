import TerminalTestSupport
import TerminalUI
import Testing

/// What a person sees first, on windows of every kind.
@Suite(.story) struct FirstScreenTests {
  @Test func aWideWindowShowsAllFourPanes() throws {
    let skydeck = try Skydeck.demo()
    let screen = try skydeck.waitFor("4 Processors ───────────────── 8")
    #expect(screen.rows[0].hasPrefix(" skydeck  Demo (simulated)"))
    #expect(screen.rows[0].contains("14 clouds   3.2 TB   as of "))
    #expect(screen.contains("▸ Gare du Nord, extensi…     1.2 TB █████████"))
    #expect(screen.contains("╭ 2 Users · Gare du Nord, extension ─"))
    #expect(screen.contains("╭ 3 Invitations ─"))
    #expect(screen.rows[33].hasPrefix(" c create  e edit  D delete  i invite  / filter  S sizes"))
    try skydeck.quit()
  }

  @Test func overHTTPTheSameIsSeenAsInTheDemo() throws {
    let simulator = try SimulatorProcess()
    let remote = try Skydeck.on(simulator)
    let demo = try Skydeck.demo()
    let panes = try demo.waitFor("4 Processors ───────────────── 8").rows.dropFirst()
    try remote.waitUntil("the panes are those of the demo") { $0.rows.dropFirst() == panes }
    #expect(remote.screen.rows[0].hasPrefix(" skydeck  127.0.0.1:\(simulator.port) "))
    try remote.quit()
    try demo.quit()
  }
}
