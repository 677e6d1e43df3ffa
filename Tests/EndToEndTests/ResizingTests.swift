import TerminalTestSupport
import TerminalUI
import Testing

/// Windows that are resized while something is shown.
@Suite(.story) struct ResizingTests {
  @Test func everyLayoutKeepsTheCursorAndTheFilter() throws {
    let skydeck = try Skydeck.demo("--cloud", "3")
    try skydeck.press(.character("/"))
    try skydeck.waitFor("╰ / ")
    try skydeck.type("a")
    try skydeck.press(.enter)
    for size in [Size.medium, .narrow, Size(columns: 20, rows: 5), .narrow, Size(columns: 200, rows: 50), .wide] {
      skydeck.session.resize(to: size)
      if size.columns < 40 {
        try skydeck.waitFor("The window is too")
      } else {
        // A single pane has no corners.
        let corner = size == .narrow ? "─" : "╰"
        try skydeck.waitFor("▸ Haussmann Tower", "\(corner) /a ")
        try skydeck.waitUntil("it fills the window") { $0.rows[size.rows - 3].hasPrefix(corner) }
      }
    }
    try skydeck.quit()
  }

  @Test func nothingIsAnsweredThatAWindowIsTooSmallToShow() throws {
    let skydeck = try Skydeck.demo("--cloud", "3", "--pane", "users")
    try skydeck.waitFor("▸ Ada Lovelace")
    try skydeck.open(.character("D"), "Remove Ada Lovelace from Haussmann Tower?")
    try skydeck.waitFor("Just re-checked")
    skydeck.session.resize(to: Size(columns: 20, rows: 5))
    try skydeck.waitFor("The window is too")
    try skydeck.press(.character("y"))
    skydeck.session.resize(to: .wide)
    try skydeck.waitFor("╭ Remove Ada Lovelace from Haussmann Tower?", "▸ Ada Lovelace")
    try skydeck.close("Remove Ada Lovelace from Haussmann Tower?")
    try skydeck.quit()
  }

  @Test func withoutAShellTheConsoleIsNotStopped() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.press(.control("z"))
    try skydeck.waitFor("There is no shell to return to.")
    try skydeck.press(.down)
    try skydeck.waitFor("2 of 14")
    try skydeck.quit()
  }

  @Test func aStormOfSizesEndsInTheRightScreen() throws {
    let skydeck = try Skydeck.demo()
    for step in 0..<60 {
      skydeck.session.resize(to: Size(columns: 30 + (step * 37) % 150, rows: 8 + (step * 11) % 40))
      if step % 7 == 0 { try skydeck.press(.down) }
    }
    skydeck.session.resize(to: .wide)
    try skydeck.waitFor("? help", inRow: 33)
    try skydeck.expectRedrawChangesNothing()
    try skydeck.quit()
  }

  @Test func aWindowThatIsSmallerForAMomentShowsEverythingAgain() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.session.waitUntilQuiet()
    let before = skydeck.screen.cells
    for _ in 0..<10 {
      // Together, so that the program may only see the last size.
      skydeck.session.resize(to: .narrow)
      skydeck.session.resize(to: .wide)
      try skydeck.waitUntil("everything is there again") { $0.cells == before }
    }
    try skydeck.quit()
  }

  @Test func aDialogStaysOpenAndKeepsWhatWasTyped() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.open(.character("c"), "Create a cloud")
    try skydeck.type("Half typed")
    for size in [Size.medium, .narrow, Size(columns: 10, rows: 2), .wide] {
      skydeck.session.resize(to: size)
      if size.columns >= 40 {
        try skydeck.waitFor("╭ Create a cloud ─", "Name      Half typed")
      } else {
        try skydeck.waitFor("The window")
      }
    }
    try skydeck.press(.control("u"))
    try skydeck.waitUntilGone("Half typed")
    try skydeck.close("Create a cloud")
    try skydeck.expectRedrawChangesNothing()
    try skydeck.quit()
  }

  @Test func whatSomethingElseWroteOnTheScreenIsGoneAfterCtrlL() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.session.waitUntilQuiet()
    let before = skydeck.screen.cells
    skydeck.session.scribble(
      "\u{1B}[5;5HBroadcast message from root\u{1B}[10;1H\u{1B}[31mThe system is going down\u{1B}[m")
    #expect(skydeck.screen.contains("Broadcast message"))
    try skydeck.press(.control("l"))
    try skydeck.waitUntil("the screen is as before") { $0.cells == before }
    try skydeck.quit()
  }
}

extension Skydeck {
  /// Expects that a forced redraw shows exactly the same cells.
  fileprivate func expectRedrawChangesNothing() throws {
    try session.waitUntilQuiet(for: .milliseconds(300))
    let before = screen.cells
    let mark = session.mark
    try press(.control("l"))
    try waitUntil("it is drawn anew") { _ in session.mark > mark }
    try waitUntil("the redrawn screen is the same") { $0.cells == before }
  }
}
