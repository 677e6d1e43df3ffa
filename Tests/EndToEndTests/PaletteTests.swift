import TerminalTestSupport
import TerminalUI
import Testing

/// Finding commands by what they do, and giving them arguments.
@Suite(.story) struct PaletteTests {
  /// Types a line into the palette and runs it.
  private func run(_ line: String, on skydeck: Skydeck) throws {
    try skydeck.open(.character(":"), "Commands")
    try skydeck.type(line)
    try skydeck.press(.enter)
  }

  @Test func aWordFindsTheCommandThatDoesIt() throws {
    let skydeck = try Skydeck.demo("--cloud", "3")
    for (word, command, description) in [
      ("rename", "▸ edit", "rename it, or change a role"), ("revoke", "▸ delete", "delete, remove or withdraw; asks"),
      ("exit", "▸ quit", "leave skydeck"), ("who", "▸ people", "who is in which cloud, and as what"),
    ] {
      try skydeck.open(.character(":"), "Commands")
      try skydeck.type(word)
      try skydeck.waitUntil("\(word) finds \(command)") { $0.row(containing: command)?.contains(description) == true }
      try skydeck.close("Commands")
    }
    try skydeck.quit()
  }

  @Test func theWholeScreenChangesItsColoursAtRunTime() throws {
    let skydeck = try Skydeck.demo("--cloud", "3", "--theme", "dark")
    for theme in ["light", "colour-blind", "none", "dark"] {
      try run("theme \(theme)", on: skydeck)
      try skydeck.waitFor("The theme is \(theme)")
      try skydeck.waitUntilClosed("Commands")
      // The keys take the message away.
      try skydeck.press(.down)
      try skydeck.waitFor("▸ Zürich Hauptbahnhof")
      try skydeck.press(.up)
      try skydeck.waitFor("▸ Haussmann Tower", "2 Users · Haussmann Tower")
      try skydeck.session.waitUntilQuiet()
      let fresh = try Skydeck.demo("--cloud", "3", "--theme", theme)
      try fresh.waitUntil("both screens look the same") { screen in
        // The time of the last reading may differ.
        screen.looks.dropFirst() == skydeck.screen.looks.dropFirst()
      }
      try fresh.quit()
    }
    try skydeck.quit()
  }

  @Test func withAutoTheTerminalIsAskedForItsBackground() throws {
    let skydeck = try Skydeck.started("--demo", "--theme", "dark")
    skydeck.session.identity.background = "rgb:ffff/ffff/ffff"
    try skydeck.waitFor("4 Processors ───────────────── 8")
    try run("theme auto", on: skydeck)
    try skydeck.waitUntil("the accent is that of a light background") { $0.style(of: "skydeck")?.foreground == 25 }
    try skydeck.waitUntilClosed("Commands")
    try skydeck.quit()
  }

  @Test func aThemeThatIsNotThereSaysWhichAre() throws {
    let skydeck = try Skydeck.demo()
    try run("theme drak", on: skydeck)
    try skydeck.waitFor("There is no theme \"drak\"; there are auto, dark, light, colour-blind, none.", ": theme drak")
    try skydeck.close("Commands")
    try skydeck.quit()
  }

  @Test func aCloudIsReachedByItsIdAndByItsName() throws {
    let skydeck = try Skydeck.demo("--cloud", "3")
    try run("cloud 12", on: skydeck)
    try skydeck.waitUntil("the cursor is on cloud 12") { !$0.contains("▸ Haussmann Tower") }
    try skydeck.waitUntilClosed("Commands")
    try run("cloud zurich", on: skydeck)
    try skydeck.waitFor("▸ Zürich Hauptbahnhof")
    try skydeck.waitUntilClosed("Commands")
    try skydeck.quit()
  }
}

extension TerminalScreen {
  /// The style of each cell in which it is seen.
  fileprivate var looks: [[EmulatedStyle?]] {
    cells.map { row in
      row.map { cell in
        let isSeen = cell.text != " " || cell.style.background != nil || cell.style.reverse || cell.style.underline
        return isSeen ? cell.style : nil
      }
    }
  }
}
