import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

/// Tests of the palette: what it finds, the arguments that it takes, and its place on the screen.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct PaletteTests {
  private let terminal = TerminalUnderTest()
  private let services = ServicesUnderTest()

  private func console(size: Size = Size(columns: 120, rows: 34), reader: Bool = false) async throws
    -> ConsoleUnderTest
  {
    var settings = Console.Settings()
    settings.screenReader = reader
    let test = try await ConsoleUnderTest(size: size, console: settings, services: services)
    test.console.host = terminal
    await test.start(at: 3)
    return test
  }

  private func notice(_ test: ConsoleUnderTest) -> String? { test.workspace.context.notices.current?.text }

  private func commands(_ text: String) -> [Command] {
    guard case .commands(let found) = Keymap.standard.paletteLine(text) else { return [] }
    return found.map(\.command)
  }

  // MARK: Finding

  @Test(arguments: [
    ("add", Command.create), ("new", .create), ("rename", .edit), ("remove", .delete), ("role", .edit),
    ("admin", .edit), ("promote", .edit), ("exit", .quit), ("bye", .quit), ("dark", .theme), ("light", .theme),
    ("colour", .theme), ("color", .theme), ("save", .export), ("csv", .export), ("write", .export),
    ("resend", .resend), ("remind", .resend), ("cancel", .delete), ("revoke", .delete), ("withdraw", .delete),
    ("who", .focusPeople), ("find", .filter), ("search", .filter), ("grep", .filter), ("select", .mark),
    ("undo", .back), ("reload", .refresh), ("yank", .copy), ("largest", .sizes), ("quota", .sizes),
    ("keys", .help), ("service", .services), ("history", .log), ("members", .focusUsers), ("fullscreen", .zoom),
    ("DARK", .theme), ("Rôle", .edit), ("shell command", .copyCommand), ("send invitation again", .resend),
  ])
  func aCommandIsFoundByAnotherWordForIt(text: String, command: Command) {
    #expect(commands(text).first == command, "\(commands(text).prefix(4))")
  }

  @Test(arguments: [
    ("q", Command.quit), ("q!", .quit), ("qu", .quit), ("h", .help), ("d", .delete), ("e", .edit), ("i", .invite),
    ("r", .refresh), ("th", .theme), ("exp", .export), ("cl", .focusClouds),
  ])
  func theBeginningOfANameIsEnough(text: String, command: Command) {
    #expect(commands(text).first == command, "\(commands(text).prefix(4))")
  }

  @Test func everyCommandSaysInAFewWordsWhatItDoes() {
    for binding in Keymap.standard.bindings {
      #expect(1...38 ~= TextWidth.builtIn.columns(of: binding.summary), "\(binding.command)")
      #expect(binding.synonyms.allSatisfy { $0 == $0.lowercased() }, "\(binding.command)")
      // No argument is sent to the service.
      #expect(binding.argument == nil || !binding.command.writes, "\(binding.command)")
      if binding.command != .palette { #expect(commands(binding.command.rawValue).first == binding.command) }
    }
  }

  @Test func nameDescriptionAndKeyAreOnOneLine() async throws {
    let test = try await console(size: Size(columns: 80, rows: 24))
    await test.press(":")
    await test.type("rename")
    let line = try #require(test.line(with: "▸ edit"))
    #expect(line.contains("rename it, or change a role") && line.contains(" e "))
    #expect(test.line(with: "Edit the record in a form, or the marked users' role.") != nil)
  }

  @Test func inANarrowWindowNamesKeysAndTheHelpStay() async throws {
    let test = try await console(size: Size(columns: 40, rows: 10))
    await test.press(":")
    await test.type("resend")
    let line = try #require(test.line(with: "▸ send-invitation-again"))
    #expect(line.contains(" R "))
    #expect(test.text.contains("resends an invitation"))
    await test.press(.escape)
    await test.press(":")
    await test.press(.end)
    #expect(test.line(with: "▸ people") != nil)
  }

  @Test func pageKeysHomeAndEndMoveThroughTheRows() async throws {
    let test = try await console(size: Size(columns: 80, rows: 24))
    await test.press(":")
    let count = Command.allCases.count - 1
    await test.press(.end)
    #expect(test.line(with: "▸ people") != nil && test.text.contains("of \(count)"))
    await test.press(.home)
    #expect(test.line(with: "▸ create") != nil)
    await test.press(.pageDown)
    #expect(test.line(with: "▸ create ") == nil)
    await test.press(.pageUp)
    #expect(test.line(with: "▸ create ") != nil)
  }

  // MARK: Commands that write

  @Test(arguments: [
    "delete 12", "create Tower", "edit name", "invite ada@example.org", "send-invitation-again 3",
    "create-demo-project now", "edit-as-json x", "remove 12", "delete record", "del 12", "new Tower 7",
  ])
  func aCommandThatWritesTakesNoArgumentAndSaysSo(text: String) async throws {
    let test = try await console()
    await test.press(":")
    await test.type(text)
    #expect(test.text.contains("takes no argument"))
    await test.press(.enter)
    #expect(test.console.layers.count == 1)
    #expect(test.line(with: ": \(text)") != nil)
    #expect(test.text.contains("takes no argument"))
    #expect(test.service.transport.writes == [])
  }

  // MARK: Arguments

  @Test(arguments: [
    ("theme light", Theme.light), ("theme dark", .dark), ("theme none", .none), ("theme colour-blind", .colourBlind),
    ("theme LIGHT", .light), ("th li", .light), ("theme col", .colourBlind), ("colors dark", .dark),
    ("theme  none ", .none),
  ])
  func aThemeIsChosenAtRunTime(text: String, theme: Theme) async throws {
    let test = try await console()
    await test.press(":")
    await test.type(text)
    await test.press(.enter)
    #expect(terminal.theme == theme)
    #expect(test.console.layers.isEmpty)
    #expect(notice(test)?.contains("The theme is \(theme.rawValue)") == true)
  }

  @Test(arguments: ["drak", "darkk", "lightest", "blue"])
  func aThemeThatIsNotThereSaysWhichAreAndTheLineStays(name: String) async throws {
    let test = try await console()
    await test.press(":")
    await test.type("theme \(name)")
    await test.press(.enter)
    let said = "There is no theme \"\(name)\"; there are auto, dark, light, colour-blind, none."
    #expect(test.text.contains(said))
    #expect(test.line(with: ": theme \(name)") != nil)
    #expect(terminal.theme == .auto)
  }

  @Test func aCommandThatNeedsAnArgumentShowsTheChoicesAndTabTakesOne() async throws {
    let test = try await console()
    await test.press(":")
    await test.type("theme")
    await test.press(.enter)
    #expect(test.line(with: "▸ auto") != nil && test.line(with: "colour-blind") != nil)
    await test.press(.down, .tab)
    #expect(test.line(with: ": theme dark") != nil)
    await test.press(.enter)
    #expect(terminal.theme == .dark)
  }

  @Test func aWordThatIsAChoiceIsTakenAsIt() async throws {
    let test = try await console()
    await test.press(":")
    await test.type("dark")
    await test.press(.enter, .enter)
    #expect(terminal.theme == .dark)
  }

  @Test(arguments: ["cloud 4", "clouds 4", "clouds Zürich Hauptbahnhof", "cloud zurich", "cl haupt"])
  func aCloudIsNamedByItsIdOrAPartOfItsName(text: String) async throws {
    let test = try await console()
    await test.press("2", ":")
    await test.type(text)
    await test.press(.enter)
    #expect(test.workspace.clouds.selection == 4)
    #expect(test.console.panes.focus == 0)
    #expect(test.console.layers.isEmpty)
  }

  @Test func aPartOfSeveralNamesIsNotTakenForOne() async throws {
    let test = try await console()
    await test.press(":")
    await test.type("cloud a")
    await test.press(.enter)
    #expect(test.text.contains("in their names: type more of it, or choose one."))
    #expect(test.workspace.clouds.selection == 3)
    await test.press(.down, .enter)
    #expect(test.console.layers.isEmpty)
    await test.press(":")
    await test.type("cloud 999")
    await test.press(.enter)
    #expect(test.text.contains("No cloud has the id or the name \"999\"."))
  }

  @Test func aCloudThatTheFilterHidesIsShown() async throws {
    let test = try await console()
    test.workspace.clouds.filter(by: "haussmann")
    await test.press(":")
    await test.type("cloud 4")
    await test.press(.enter)
    #expect(test.workspace.clouds.selection == 4)
  }

  @Test func aFilterIsTypedInOneGo() async throws {
    let test = try await console()
    await test.press("2", ":")
    await test.type("filter ro")
    await test.press(.tab)
    #expect(test.line(with: ": filter role") != nil)
    await test.type("=admin")
    await test.press(.enter)
    #expect(test.workspace.users.filter.text == "role=admin")
    await test.press(":")
    await test.type("filter rolle=admin")
    await test.press(.enter)
    #expect(notice(test) != nil)
  }

  @Test(arguments: [
    ("sort email", RowOrder(column: "email")), ("sort -email", RowOrder(column: "email", ascending: false)),
    ("so na", RowOrder(column: "name")), ("order role", RowOrder(column: "role")),
  ])
  func aColumnIsSortedByInTheShellsWords(text: String, order: RowOrder) async throws {
    let test = try await console()
    await test.press("2", ":")
    await test.type(text)
    await test.press(.enter)
    #expect(test.workspace.users.order == order)
    await test.press(":")
    await test.type("sort colour")
    await test.press(.enter)
    #expect(test.text.contains("There is no column \"colour\"; there are "))
  }

  @Test func aProfileIsSwitchedTo() async throws {
    let test = try await console()
    await test.press(":")
    await test.type("profile live")
    let old = test.console.panes.context.activity
    test.console.handle([.key(.enter)])
    await old.idle()
    let next = try #require(services.opened[ServicesUnderTest.live.source])
    next.watch()
    await next.idle()
    test.present()
    #expect(test.console.panes.context.service == ServicesUnderTest.live)
  }

  @Test func aProfileThatIsNotThereSaysWhichAre() async throws {
    let test = try await console()
    await test.press(":")
    await test.type("profile prod")
    await test.press(.enter)
    #expect(test.text.contains("There is no profile \"prod\"; there are staging, live"))
  }

  @Test func aScreenReaderHearsNameDescriptionAndKey() async throws {
    let test = try await console(reader: true)
    await test.press(":")
    await test.type("rename")
    #expect(test.text.contains("edit"))
    await test.press(.control("u"))
    await test.type("theme drak")
    await test.press(.enter)
    #expect(test.said.contains("There is no theme \"drak\""))
  }
}

extension ConsoleUnderTest {
  fileprivate func press(_ characters: Character...) async {
    for character in characters { await press(.character(character)) }
  }
}
