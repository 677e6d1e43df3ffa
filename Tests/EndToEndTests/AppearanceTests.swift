import TerminalTestSupport
import TerminalUI
import Testing

/// The user's settings for appearance and input.
@Suite(.story) struct AppearanceTests {
  @Test func inASCIILinesAndSignsAreASCIIAndNamesStay() throws {
    let settings = try ConsoleFile("ascii: true")
    let skydeck = try Skydeck.started("--demo", environment: settings.environment)
    try skydeck.waitFor(
      "+ 1 Clouds ---", "> merge", "| > Gare du Nord", "東京駅 再開発", " ########")
    try skydeck.waitFor("3.2 TB   as of ", inRow: 0)
    try skydeck.session.waitUntilQuiet()
    let drawn = skydeck.screen.text.unicodeScalars.filter { 0x2000...0x2BFF ~= $0.value }
    #expect(drawn.isEmpty, "\(String(String.UnicodeScalarView(drawn)))")
    try skydeck.quit()
  }

  @Test func aScreenReaderFindsTheCursorOnTheRowAndNoBoxes() throws {
    let skydeck = try Skydeck.started("--demo", "--screen-reader", "--cloud", "3", size: .medium)
    try skydeck.waitFor("Clouds, 14 rows, by size, descending", "Haussmann Tower, 512 GB, ")
    try skydeck.waitUntil("the cursor is on the row") { $0.rowOfCursor.hasPrefix("Haussmann Tower") }
    try skydeck.press(.down)
    try skydeck.waitFor("Row 4 of 14.", inRow: -2)
    try skydeck.waitUntil("the cursor is on the row") { $0.rowOfCursor.hasPrefix("Zürich Hauptbahnhof") }
    try skydeck.press(.character("D"))
    try skydeck.waitFor("Delete Zürich Hauptbahnhof? This permanently deletes, for everyone: ")
    try skydeck.waitFor("to confirm:", inRow: -2)
    try skydeck.type("Zür")
    try skydeck.waitUntil("the cursor is in the field") { $0.rowOfCursor.hasSuffix("Zür") }
    try skydeck.press(.escape)
    try skydeck.waitFor("Closed. Clouds, 14 rows.", inRow: -2)
    let output = String(decoding: skydeck.session.output(since: 0), as: UTF8.self)
    #expect(!output.unicodeScalars.contains { 0x2500...0x25FF ~= $0.value })
    try skydeck.quit()
  }

  @Test func theLinuxConsoleGetsTheSignsOfItsFonts() throws {
    let skydeck = try Skydeck.started("--demo", environment: ["TERM": "linux"])
    try skydeck.waitFor("┌ 1 Clouds ───", "│ ► Gare du Nord", "size ▼  14 ┐", "東京駅 再開発")
    try skydeck.session.waitUntilQuiet()
    let drawn = skydeck.screen.text.unicodeScalars
    #expect(!drawn.contains { "╭╮╰╯▸▾▴▏▎▍▋▊▉…–—".unicodeScalars.contains($0) })
    try skydeck.press(.character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
  }

  @Test func withThemeNoneNothingHasAColour() throws {
    let settings = try ConsoleFile("theme: none")
    let skydeck = try Skydeck.demo(environment: settings.environment)
    #expect(skydeck.screen.cells.joined().allSatisfy { $0.style.foreground == nil && $0.style.background == nil })
    try skydeck.quit()
  }

  @Test(arguments: [("dark", 75), ("light", 25), ("colour-blind", 30), ("auto", 33)])
  func aThemeHasItsOwnAccent(theme: String, colour: Int) throws {
    let settings = try ConsoleFile("theme: \(theme)")
    let skydeck = try Skydeck.demo(environment: settings.environment)
    #expect(skydeck.screen.style(of: "skydeck")?.foreground == colour)
    try skydeck.quit()
  }

  @Test func aFlagWinsOverTheFileAndOverNO_COLOR() throws {
    let settings = try ConsoleFile("theme: dark")
    let plain = ["NO_COLOR": "1"].merging(settings.environment) { $1 }
    let skydeck = try Skydeck.started("--demo", "--theme", "light", "--ascii", environment: plain)
    try skydeck.waitFor("+ 1 Clouds ---", "| > Gare du Nord")
    #expect(skydeck.screen.style(of: "skydeck")?.foreground == 25)
    try skydeck.quit()
  }

  @Test func aThemeThatIsNotThereIsRefusedWithThoseThatAre() throws {
    let skydeck = try Skydeck.started("--demo", "--theme", "drak")
    #expect(try skydeck.session.exitStatus() == .exited(64))
    let message = skydeck.session.standardError
    for name in ["auto", "dark", "light", "colour-blind", "none"] { #expect(message.contains(name), "\(message)") }
  }

  @Test(arguments: [("--theme", "dark"), ("--ascii", nil)])
  func whatIsTheConsolesAloneIsRefusedBeforeACommand(flag: String, value: String?) throws {
    let result = try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), ["--demo", flag] + [value].compactMap { $0 } + ["clouds", "list"])
    #expect(result.status == .exited(64))
    #expect(result.errors.contains("\(flag) is for the console"))
  }

  @Test(arguments: [("rgb:ffff/ffff/ffff", 25), ("rgb:0000/0000/0000", 75)])
  func theThemeFollowsTheBackgroundThatTheTerminalTells(background: String, accent: Int) throws {
    let skydeck = try Skydeck.started("--demo")
    skydeck.session.identity.background = background
    try skydeck.waitUntil("the accent is that of the background") { $0.style(of: "skydeck")?.foreground == accent }
    try skydeck.waitFor("▸ merge")
    try skydeck.quit()
  }

  @Test func theMouseIsSwitchedOnAndOffInThePalette() throws {
    let skydeck = try Skydeck.demo("--cloud", "3")
    for (isOn, said) in [(true, "To select text, hold Shift"), (false, "Mouse support is off")] {
      try skydeck.open(.character(":"), "Commands")
      try skydeck.type("mouse")
      try skydeck.press(.enter)
      try skydeck.waitFor(said)
      #expect(skydeck.session.emulator.modes.isSuperset(of: [1000, 1006]) == isOn)
      if isOn {
        let row = try #require(skydeck.screen.rows.firstIndex { $0.contains("Pont de l'Alma") })
        try skydeck.click(column: 5, row: row)
        try skydeck.waitFor("▸ Pont de l'Alma")
      }
    }
    try skydeck.quit()
    #expect(skydeck.session.emulator.modes.isDisjoint(with: [1000, 1006, 2004]))
  }

  @Test func theMouseGoesToRowsAndOpensThem() throws {
    let settings = try ConsoleFile("mouse: true")
    let skydeck = try Skydeck.demo("--cloud", "3", environment: settings.environment)
    #expect(skydeck.session.emulator.modes.isSuperset(of: [1000, 1006]))
    let row = try #require(skydeck.screen.rows.firstIndex { $0.contains("Pont de l'Alma") })
    try skydeck.click(column: 5, row: row)
    try skydeck.waitFor("▸ Pont de l'Alma", "2 Users · Pont de l'Alma")
    try skydeck.click(column: 5, row: row)
    try skydeck.click(column: 5, row: row)
    try skydeck.waitFor("╭ Pont de l'Alma ─")
    try skydeck.close("Pont de l'Alma")
    try skydeck.session.send("\u{1B}[<64;6;\(row + 1)M")
    try skydeck.waitFor("▸ Київ")
    try skydeck.quit()
    #expect(skydeck.session.emulator.modes.isDisjoint(with: [1000, 1006, 2004]))
  }

  @Test func theMouseIsTheTerminalsOwnUnlessAskedFor() throws {
    let skydeck = try Skydeck.demo()
    #expect(skydeck.session.emulator.modes.isDisjoint(with: [1000, 1002, 1003, 1006]))
    try skydeck.quit()
  }

  @Test func commandsHaveTheKeysThatThePersonGaveThem() throws {
    let settings = try ConsoleFile("keymap:", "  create: n", "  delete: [X, Delete]")
    let skydeck = try Skydeck.demo("--cloud", "3", environment: settings.environment)
    try skydeck.waitFor(" n create  e edit  X delete", inRow: -1)
    try skydeck.open(.character("X"), "Delete Haussmann Tower?")
    try skydeck.close("Delete Haussmann Tower?")
    try skydeck.open(.character("n"), "Create a cloud")
    try skydeck.close("Create a cloud")
    try skydeck.quit()
    let keys = try Skydeck.started("keys", environment: settings.environment)
    #expect(try keys.session.exitStatus() == .exited(0))
    keys.expectOnScreen("X, Delete  ")
  }

  @Test(arguments: [
    ("delte: X", "line 3, column 5", "did you mean \"delete\"?"),
    ("delete: Ctrl-D", "line 3", "can't be on Ctrl chords"), ("sort: [s, r]", "line 3", "it is refresh"),
    ("sort: [s, hyper-x]", "line 3, column 15", "There is no key \"hyper-x\""),
  ])
  func aKeyThatCannotBeIsSaidWithItsPlace(setting: String, place: String, advice: String) throws {
    let settings = try ConsoleFile("keymap:", "  " + setting)
    let service = ["SKYDECK_API_URL": "http://127.0.0.1:9", "SKYDECK_API_KEY": "key"]
    for arguments in ["--read-only", "keys"] {
      let skydeck = try Skydeck.started(arguments, environment: settings.environment.merging(service) { $1 })
      #expect(try skydeck.session.exitStatus() == .exited(78))
      #expect(skydeck.session.standardError.contains(place), "\(skydeck.session.standardError)")
      #expect(skydeck.session.standardError.contains(advice), "\(skydeck.session.standardError)")
    }
  }

  @Test func whereOnlyReadingIsAllowedNothingElseIsOffered() throws {
    let skydeck = try Skydeck.demo("--cloud", "3", "--read-only")
    try skydeck.waitFor("read-only", inRow: 0)
    try skydeck.press(.character("D"))
    try skydeck.waitFor("skydeck was started read-only.")
    #expect(skydeck.screen.rows.last?.contains("delete") == false)
    try skydeck.quit()
  }
}

/// A configuration file with console settings.
private final class ConsoleFile {
  private let file: TemporaryFile

  init(_ lines: String...) throws {
    file = try TemporaryFile("console:\n" + lines.map { "  \($0)\n" }.joined())
  }

  /// The environment that names the file.
  var environment: [String: String] { ["SKYDECK_CONFIG": file.path] }
}

extension TerminalScreen {
  /// The text of the cursor's row; empty while the cursor is hidden.
  fileprivate var rowOfCursor: String { cursor.map { rows[$0.row] } ?? "" }
}

extension Skydeck {
  /// Presses and releases the left button, at a position counted from 0.
  fileprivate func click(column: Int, row: Int) throws {
    try session.send("\u{1B}[<0;\(column + 1);\(row + 1)M\u{1B}[<0;\(column + 1);\(row + 1)m")
  }
}
