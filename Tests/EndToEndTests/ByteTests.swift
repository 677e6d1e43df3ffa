import TerminalTestSupport
import TerminalUI
import Testing

/// How many bytes a key costs on an 80 by 24 terminal. The counts are the same on every machine.
@Suite(.story) struct ByteTests {
  /// Opens a cloud with more users than the screen has rows.
  private func users(_ arguments: [String] = [], count: Int = 2001) throws -> (Skydeck, SimulatorProcess) {
    let simulator = try SimulatorProcess("--clouds", "3", "--users", String(count))
    let skydeck = try Skydeck.opened(at: simulator.address, more: arguments, size: .medium)
    try skydeck.waitFor(" \(count) ╮")
    try skydeck.press(.character("2"))
    try skydeck.session.waitUntilQuiet(for: .milliseconds(500))
    return (skydeck, simulator)
  }

  /// The bytes for each of several presses of Down, one at a time.
  private func bytes(ofDowns count: Int, _ skydeck: Skydeck) throws -> [Int] {
    try (0..<count).map { _ in
      let row = skydeck.screen.rows
      let mark = skydeck.session.mark
      try skydeck.press(.down)
      try skydeck.waitUntil("the cursor moved") { $0.rows != row }
      try skydeck.session.waitUntilQuiet()
      return skydeck.session.output(since: mark).count
    }
  }

  @Test func aMoveInsideThePageRepaintsTwoRows() throws {
    let (skydeck, simulator) = try users()
    let moves = try bytes(ofDowns: 10, skydeck)
    #expect(moves.allSatisfy { $0 <= 200 }, "\(moves)")
    try skydeck.quit()
    simulator.stop()
  }

  @Test func onASlowLineAMoveIsAMarkAndAScrollIsARow() throws {
    let (skydeck, simulator) = try users(["--low-bandwidth"])
    try skydeck.press(.character("z"))
    try skydeck.waitFor("─ 2 Users · ")
    try skydeck.session.waitUntilQuiet()
    let moves = try bytes(ofDowns: 10, skydeck)
    #expect(moves.allSatisfy { $0 <= 35 }, "\(moves)")
    _ = try bytes(ofDowns: 10, skydeck)
    let scrolls = try bytes(ofDowns: 10, skydeck)
    #expect(scrolls.allSatisfy { 60...140 ~= $0 }, "\(scrolls)")
    try skydeck.quit()
    simulator.stop()
  }

  @Test(arguments: [[], ["--low-bandwidth"]])
  func everyOneOfTwoThousandKeysCountsAndFewFramesAreDrawn(arguments: [String]) throws {
    let (skydeck, simulator) = try users(arguments)
    let mark = skydeck.session.mark
    try skydeck.press(.character("k"))
    try skydeck.session.send(String(repeating: "j", count: 2000))
    try skydeck.session.waitUntilQuiet(for: .milliseconds(500))
    let bytes = skydeck.session.output(since: mark).count
    #expect(bytes <= 2500)
    // The last row is under the cursor only if no key was lost.
    let last = skydeck.screen
    try skydeck.press(.character("G"))
    try skydeck.session.waitUntilQuiet()
    #expect(skydeck.screen.rows == last.rows)
    try skydeck.quit()
    simulator.stop()
  }

  @Test func scrollingAPaneLeavesTheOneBesideItAlone() throws {
    let skydeck = try Skydeck.demo("--cloud", "1", "--pane", "users", size: .medium)
    try skydeck.press(.end)
    try skydeck.session.waitUntilQuiet()
    let clouds = skydeck.screen.cells.map { $0.prefix(36) }
    try skydeck.press(.home)
    try skydeck.session.waitUntilQuiet()
    for _ in 0..<30 {
      let mark = skydeck.session.mark
      try skydeck.press(.down)
      try skydeck.session.waitUntilQuiet()
      // No intermediate frame either: nothing of the other pane is sent.
      let output = String(decoding: skydeck.session.output(since: mark), as: UTF8.self)
      #expect(!output.contains("Gare du Nord") && !output.contains("GB"), "\(output.debugDescription)")
    }
    #expect(skydeck.screen.cells.map { $0.prefix(36) } == clouds)
    try skydeck.quit()
  }
}
