import TerminalTestSupport
import TerminalUI
import Testing

/// Finding out what can be done.
@Suite(.story) struct HelpTests {
  @Test func theHelpShowsTheKeysByTask() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.open(.character("?"), "Keys")
    // The focused pane's keys come first.
    try skydeck.waitFor("In Clouds", "D, Delete  ", "Delete the cloud with all that is in it, or the ")
    try skydeck.press(.pageDown)
    try skydeck.waitFor("Show every field of the record")
    try skydeck.press(.end)
    try skydeck.waitFor("Quit skydeck.")
    try skydeck.press(.character("q"))
    try skydeck.waitUntilClosed("Keys")
    try skydeck.quit()
  }

  @Test func theHelpIsSearched() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.open(.character("?"), "Keys")
    try skydeck.press(.character("/"))
    try skydeck.waitFor("Enter keep")
    try skydeck.session.send("demo project")
    try skydeck.waitUntilGone("Moving about")
    try skydeck.waitFor("Create a demo project in the cloud, after a question.")
    try skydeck.press(.escape)
    try skydeck.waitFor("Moving about")
    try skydeck.close("Keys")
    try skydeck.quit()
  }

  @Test func at80By24TheHelpComesInPages() throws {
    let skydeck = try Skydeck.demo(size: .medium)
    try skydeck.open(.function(1), "Keys")
    try skydeck.waitFor("1–20 of ")
    try skydeck.press(.pageDown)
    try skydeck.waitFor("21–40 of ")
    try skydeck.waitUntilGone("In Clouds")
    try skydeck.close("Keys")
    try skydeck.quit()
  }

  @Test func theHelpOverAFormBeginsWithItsKeysAndLosesNothing() throws {
    let skydeck = try Skydeck.demo(size: .medium)
    try skydeck.open(.character("c"), "Create a cloud")
    try skydeck.session.send("Quai?")
    try skydeck.waitFor("Quai?")
    try skydeck.open(.function(1), "Keys")
    try skydeck.waitFor("Delete to the start or to the end of the line.", "In Clouds")
    try skydeck.press(.function(1))
    try skydeck.waitUntilGone("In Clouds")
    try skydeck.session.send("!")
    try skydeck.waitFor("Quai?!")
    try skydeck.press(.enter)
    try skydeck.waitFor("▸ Quai?!")
    try skydeck.quit()
  }

  @Test func thePaletteRunsACommandByItsName() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.open(.character(":"), "Commands")
    try skydeck.session.send("sizes")
    try skydeck.waitFor("▸ sizes")
    try skydeck.press(.enter)
    try skydeck.waitFor("╭ Sizes ─")
    try skydeck.waitUntilGone("╭ Commands")
    try skydeck.close("Sizes")
    try skydeck.quit()
  }

  @Test func thePaletteSaysWhyACommandIsNotForHereAndNow() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.open(.character(":"), "Commands")
    try skydeck.session.send("invitation-again")
    try skydeck.waitFor("select one in the Invitations pane.")
    try skydeck.close("Commands")
    try skydeck.quit()
  }
}
