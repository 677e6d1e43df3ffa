import TerminalTestSupport
import TerminalUI
import Testing

/// Clicks, on a console that has the mouse.
@Suite(.story) struct MouseTests {
  /// Clicks where a text is shown.
  private func click(_ text: String, _ skydeck: Skydeck) throws {
    let rows = skydeck.screen.rows
    let row = try #require(rows.firstIndex { $0.contains(text) }, "\(text) isn't shown")
    let before = try #require(rows[row].firstRange(of: text)).lowerBound
    let column = TextWidth.builtIn.columns(of: String(rows[row][..<before]))
    for end in ["M", "m"] { try skydeck.session.send("\u{1B}[<0;\(column + 1);\(row + 1)\(end)") }
  }

  private func withMouse(size: Size) throws -> Skydeck {
    let skydeck = try Skydeck.demo(size: size)
    try skydeck.open(.character(":"), "Commands")
    try skydeck.type("mouse")
    try skydeck.press(.enter)
    try skydeck.waitFor("hold Shift")
    try skydeck.press(.escape)
    try skydeck.waitUntilGone("hold Shift")
    return skydeck
  }

  @Test(arguments: [Size.medium, Size(columns: 120, rows: 34)])
  func headingsHintsAndButtonsAreClicked(size: Size) throws {
    let skydeck = try withMouse(size: size)
    try click("NAME", skydeck)
    try skydeck.waitFor("name ▴")
    try skydeck.waitFor("▸ Archive 2018", inRow: 3)
    try click("NAME", skydeck)
    try skydeck.waitFor("name ▾")
    try click("S sizes", skydeck)
    try skydeck.waitFor("╭ Sizes ─")
    try click("Esc close", skydeck)
    try skydeck.waitUntilClosed("Sizes")
    try click("E-MAIL", skydeck)
    try skydeck.waitFor("e-mail ▴")
    try skydeck.press(.character("e"))
    try skydeck.waitFor("( ) User")
    try click("( ) User", skydeck)
    try skydeck.waitFor("(•) User")
    try click("Esc leave", skydeck)
    try skydeck.waitFor("Discard your input?")
    try click("y leave", skydeck)
    try skydeck.waitUntilGone("Discard your input?")
    try skydeck.quit()
  }
}
