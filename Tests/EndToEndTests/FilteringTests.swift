import TerminalTestSupport
import TerminalUI
import Testing

/// Finding rows by typing words.
@Suite(.story) struct FilteringTests {
  @Test func theListNarrowsWithEveryLetter() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.press(.character("/"))
    try skydeck.waitFor("╰ / ")
    try skydeck.press(.character("h"))
    try skydeck.waitUntilGone("Sandbox")
    try skydeck.waitFor("Harbour Lab")
    try skydeck.press(.character("a"))
    try skydeck.waitFor("╰ /ha ")
    try skydeck.press(.character("r"))
    try skydeck.waitUntilGone("Haussmann Tower")
    try skydeck.waitFor("Harbour Lab")
    try skydeck.waitFor("1 of 14 match")
    try skydeck.waitFor("╭ 2 Users · Harbour Lab ─")
    try skydeck.press(.enter)
    try skydeck.waitUntil("the field is closed") { $0.cursor == nil }
    try skydeck.quit()
  }

  @Test func wordsMatchInAnyOrderAndAnyCase() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.press(.character("/"))
    try skydeck.waitFor("╰ / ")
    try skydeck.session.send("TOWER hauss")
    try skydeck.waitFor("╰ /TOWER hauss  1 of 14 match")
    try skydeck.waitFor("▸ Haussmann Tower")
    try skydeck.press(.escape)
    try skydeck.waitFor("Sandbox")
    try skydeck.quit()
  }

  @Test func enterKeepsTheFilterAndEscClearsIt() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.press(.character("/"))
    try skydeck.waitFor("╰ / ")
    try skydeck.type("zurich")
    try skydeck.press(.enter)
    try skydeck.waitUntil("the field is closed") { $0.cursor == nil }
    try skydeck.waitFor("▸ Zürich Hauptbahnhof")
    try skydeck.waitFor("╰ /zurich  1 of 14 match")
    // Keys are commands again.
    try skydeck.open(.character("S"), "Sizes")
    try skydeck.close("Sizes")
    try skydeck.press(.escape)
    try skydeck.waitFor("Sandbox")
    try skydeck.waitFor("▸ Zürich Hauptbahnhof")
    try skydeck.quit()
  }

  @Test func peopleAreFoundByCompanyAndAddress() throws {
    let skydeck = try Skydeck.demo("--pane", "users")
    try skydeck.press(.character("/"))
    try skydeck.waitFor("╰ / ")
    try skydeck.session.send("gabarit lefevre")
    try skydeck.waitFor("/gabarit lefevre  1 of 60 match")
    try skydeck.waitFor("▸ Jean-Baptiste Lefèvre")
    try skydeck.press(.escape)
    try skydeck.waitFor("▸ Jean-Baptiste Lefèvre")
    try skydeck.waitFor("21 of 60")
    try skydeck.quit()
  }

  @Test func peopleAreFoundByTheirRole() throws {
    let skydeck = try Skydeck.demo("--pane", "users")
    try skydeck.press(.character("/"))
    try skydeck.waitFor("╰ / ")
    try skydeck.type("ro")
    try skydeck.press(.tab)
    try skydeck.waitFor("/role ")
    try skydeck.type("=admin")
    try skydeck.waitFor("/role=admin  ")
    try skydeck.waitFor(" of 60 match")
    try skydeck.press(.enter)
    try skydeck.waitUntil("the field is closed") { $0.cursor == nil }
    let found = try SkydeckCommand.demo(
      "users", "list", "1", "--filter", "role=admin", "--columns", "email", "--no-header")
    try skydeck.waitFor("/role=admin  \(found.lines.filter { !$0.isEmpty }.count) of 60 match")
    // What can't be read hides nothing, and nothing is marked by it.
    try skydeck.press(.character("/"))
    try skydeck.waitUntil("the field is open") { $0.cursor != nil }
    try skydeck.type(" rol=x")
    try skydeck.press(.enter)
    try skydeck.waitFor("Users have no column \"rol\"")
    try skydeck.press(.control("a"))
    try skydeck.waitFor("These aren't the rows of the filter.")
    try skydeck.press(.escape)
    try skydeck.waitUntilGone("no column")
    try skydeck.quit()
  }

  @Test func aFilterThatMatchesNothingSaysHowToClearIt() throws {
    let skydeck = try Skydeck.demo()
    try skydeck.press(.character("/"))
    try skydeck.waitFor("╰ / ")
    try skydeck.session.send("nowhere")
    try skydeck.waitFor("No clouds match \"nowhere\". Esc clears the")
    try skydeck.press(.escape)
    try skydeck.waitFor("▸ Gare du Nord")
    try skydeck.quit()
  }
}
