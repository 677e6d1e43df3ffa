import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

/// Esc is never lost, and keys that arrive in one burst with it confirm, destroy and open nothing.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct EscapeTests {
  private func console(at cloud: Cloud.ID = 3, settings: Console.Settings = .init()) async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest(console: settings)
    await test.start(at: cloud)
    return test
  }

  /// Esc and other keys as they are read: together, or in pieces as tmux passes them on.
  nonisolated static let keysBehindEsc: [[String]] = [
    ["\u{1B}jy"], ["\u{1B}j", "y"], ["\u{1B}\u{1B}[B", "y"], ["\u{1B}\u{1B}OB", "y"], ["\u{1B}[1;3B", "y"],
    ["\u{1B}[1;3H", "y"], ["\u{1B}y"], ["\u{1B}y", "y"], ["\u{1B} ", "y"], ["\u{1B}/", "y", "\r"], ["\u{1B}/y\r"],
    ["\u{1B}#y"], ["\u{1B}Dy"], ["\u{1B}\u{1B}[3~", "y"], ["\u{1B}[3;3~y"], ["\u{1B}\r", "y"], ["\u{1B}\ry"],
    ["\u{1B}\u{1B}", "y"], ["\u{1B}\u{1B}y"], ["\u{1B}\t", "y"], ["\u{1B}\u{7F}", "y"], ["\u{1B}b", "y"],
    ["\u{1B}[", "y"], ["\u{1B}O", "y"], ["\u{1B}P", "y"], ["\u{1B}é", "y"], ["\u{1B}[121;3u", "y"],
    ["\u{1B}\u{1}", "y"],
    ["\u{1B}\u{1B}[15~", "y"], ["\u{1B}[", "\u{1B}y"], ["\u{1B}[y", "y"], ["\u{1B}Py", "y"], ["\u{1B}]y", "y"],
    ["\u{1B}[1", "y"],
    ["\u{1B}[yy"],
  ]

  @Test(arguments: ["2D", "2  D", "3D", "3R", "M", "D", "  D"], keysBehindEsc)
  func aQuestionThatWasLeftIsNeverConfirmed(opening: String, pieces: [String]) async throws {
    let test = try await console(at: opening.hasPrefix("3") ? 1 : 3)
    for key in opening { await test.press(key) }
    #expect(test.text.contains("Enter cancel"))
    await test.read(pieces)
    #expect(test.service.transport.writes == [])
    #expect(!test.text.contains("Enter cancel"))
  }

  /// Esc, `O` and a letter are the bytes of a keypad key.
  @Test(arguments: ["2D", "2  D", "3D", "3R", "M"], [["\u{1B}Oyy"], ["\u{1B}Oy", "y"]])
  func aKeyOfTheKeypadLeavesAQuestion(opening: String, pieces: [String]) async throws {
    try await aQuestionThatWasLeftIsNeverConfirmed(opening: opening, pieces: pieces)
  }

  /// The name is typed already, so that Enter would confirm.
  @Test(arguments: keysBehindEsc + [["\u{1B}\u{1B}[D", "\r"], ["\u{1B}d", "\r"], ["\u{1B}\u{7F}", "\r"]])
  func aQuestionWhoseNameIsTypedIsLeftByEsc(pieces: [String]) async throws {
    let test = try await console()
    await test.press("D")
    await test.type("Haussmann Tower")
    #expect(test.text.contains("Enter delete"))
    await test.read(pieces)
    #expect(test.service.transport.writes == [])
    #expect(!test.text.contains("Enter delete"))
  }

  @Test(arguments: [
    ["\u{1B}q\r"], ["\u{1B}q", "\r"], ["\u{1B}\r"], ["\u{1B}\ry\r"], ["\u{1B}j\r\r"], ["\u{1B}\u{1B}\r"],
  ])
  func aFormThatWasChangedIsNeitherSentNorLost(pieces: [String]) async throws {
    let test = try await console()
    await test.press("e")
    await test.type(" III")
    await test.read(pieces)
    #expect(test.service.transport.writes == [])
    #expect(test.line(with: "Name  ")?.contains("Haussmann Tower III") == true)
    #expect(!test.hasQuit)
  }

  @Test(arguments: ["c", "i", "e"], ["\u{1B}\r", "\u{1B}\rj", "\u{1B}\u{1B}OM"])
  func enterWithEscOverAFormOpensNothing(form: Character, keys: String) async throws {
    let test = try await console()
    await test.press(form)
    #expect(test.console.layers.count == 1)
    await test.read(keys)
    #expect(test.console.layers.isEmpty)
    #expect(test.service.transport.writes == [])
  }

  @Test(arguments: ["\u{1B}\u{1B}[3~", "\u{1B}[3;3~", "\u{1B}D", "\u{1B}\u{1B}OB\u{1B}[3~"])
  func nothingIsAskedBehindAnEsc(keys: String) async throws {
    let test = try await console()
    await test.read(keys)
    #expect(test.console.layers.isEmpty)
    #expect(test.text.contains("arrived together with Esc and was ignored: press it again."))
    await test.press("D")
    #expect(test.text.contains("Delete "))
  }

  @Test func aFilterThatWasLeftIsTypedAnew() async throws {
    let test = try await console()
    await test.press("/")
    await test.type("tower")
    await test.read("\u{1B}/", "c", "e", "i")
    #expect(test.workspace.clouds.filter.text == "cei")
    await test.read("\u{1B}/pont")
    #expect(test.workspace.clouds.filter.text == "pont")
    #expect(test.console.layers.isEmpty)
    await test.read("\u{1B}:", "q")
    #expect(test.workspace.clouds.filter.text == "")
    #expect(test.line(with: "╭ Commands") != nil)
    #expect(!test.hasQuit)
  }

  @Test(arguments: ["\u{1B}\r", "\u{1B}j\r", "\u{1B}\u{1B}[B\r", "\u{1B}:\r"])
  func thePaletteRunsNothingOnceItWasLeft(keys: String) async throws {
    let test = try await console()
    await test.press(":")
    await test.type("invite")
    await test.read(keys)
    #expect(test.line(with: "╭ Invite") == nil)
    #expect(!test.console.layers.contains { $0.layer is FormLayer })
  }

  @Test func keysBehindAnEscDoTheirHarmlessJob() async throws {
    let test = try await console()
    for key: Character in ["?", "S", "L", "y"] {
      let row = test.workspace.clouds.selectedRow ?? 0
      await test.press(key)
      #expect(test.console.layers.count == 1)
      await test.read("\u{1B}j")
      #expect(test.console.layers.isEmpty)
      #expect(test.workspace.clouds.selectedRow == row + 1)
    }
    await test.press(.enter)
    await test.read("\u{1B}\u{1B}[A")
    #expect(test.console.layers.isEmpty)
    await test.read("\u{1B}?")
    #expect(test.line(with: "╭ Keys") != nil)
    await test.read("\u{1B}2")
    #expect(test.console.focus == 1)
    await test.read("\u{1B}i")
    #expect(test.line(with: "╭ Invite") != nil)
    await test.read("\u{1B}q")
    #expect(test.hasQuit)
  }

  @Test func whatStaysOverThePanesScrollsBehindAnEsc() async throws {
    let test = try await console()
    await test.press("L")
    let row = try #require(test.rows.firstIndex { $0.contains("│ ▸") })
    await test.press(.enter)
    #expect(test.console.layers.count == 2)
    await test.read("\u{1B}j")
    #expect(test.console.layers.count == 1)
    #expect(test.rows.firstIndex { $0.contains("│ ▸") } == row + 1)
    await test.press(.enter)
    await test.read("\u{1B}\r")
    #expect(test.console.layers.count == 1)
    // Esc clears the search first.
    await test.press(.character("/"), .character("x"))
    await test.read("\u{1B}q")
    #expect(test.console.layers.isEmpty)
  }

  @Test(arguments: ["D\u{1B}", "D\u{1B}y", "D\u{1B}jy", "M\u{1B}\u{1B}[By", "c\u{1B}", ":\u{1B}", "E\u{1B}"])
  func escTypedBeforeADialogWasSeenLeavesIt(keys: String) async throws {
    let test = try await console()
    let terminal = TerminalUnderTest()
    terminal.editing = { $0 }
    test.console.host = terminal
    await test.read(keys)
    let titles = ["Delete", "Make", "Create a cloud", "Commands"]
    #expect(titles.allSatisfy { test.line(with: "╭ \($0)") == nil })
    #expect(terminal.documents == [])
    await test.press("y")
    #expect(test.service.transport.writes == [])
  }

  // MARK: Alt

  /// The sequences of xterm, rxvt, PuTTY and iTerm2.
  nonisolated static let wordsLeft = [
    "\u{1B}b", "\u{1B}\u{1B}[D", "\u{1B}\u{1B}OD", "\u{1B}[1;3D", "\u{1B}[1;9D", "\u{1B}[1;5D", "\u{1B}Od",
  ]

  @Test(arguments: wordsLeft) func fieldsAreEditedByWords(keys: String) async throws {
    let test = try await console()
    await test.press("c")
    await test.type("one two")
    await test.read("\(keys)x")
    #expect(test.line(with: "Name  ")?.contains("one xtwo") == true)
    await test.read("\u{1B}\u{7F}")
    #expect(test.line(with: "Name  ")?.contains("one two") == true)
    await test.read("\u{1B}\u{1B}[3~")
    #expect(test.line(with: "Name  ")?.contains("one  ") == true)
    #expect(test.console.layers.count == 1)
  }

  @Test(arguments: wordsLeft) func filterPaletteAndSearchAreEditedByWords(keys: String) async throws {
    let test = try await console()
    await test.press("/")
    await test.type("a bc")
    await test.read("\(keys)x")
    #expect(test.workspace.clouds.filter.text == "a xbc")
    await test.press(.escape, .character(":"))
    await test.type("a bc")
    await test.read("\(keys)x")
    #expect(test.line(with: "│ : a xbc") != nil)
    await test.press(.escape, .character("?"), .character("/"))
    await test.type("a bc")
    await test.read("\(keys)x")
    #expect(test.text.contains("a xbc"))
  }

  @Test func theKeypadTypesIntoFieldsAndIsItsCharactersElsewhere() async throws {
    let test = try await console()
    await test.press("c")
    await test.read("\u{1B}Or\u{1B}Op", "\u{1B}Oq", "\u{1B}[32;2u", "\u{1B}Ox")
    #expect(test.line(with: "Name  ")?.contains("201 8") == true)
    await test.press(.escape, .character("y"))
    await test.read("\u{1B}Or")
    #expect(test.console.focus == 1)
    await test.read("\u{1B}Oo", "\u{1B}Or")
    #expect(test.workspace.users.filter.text == "2")
    await test.press(.escape, .character("1"))
    await test.press("D")
    await test.read("\u{1B}Or")
    #expect(test.text.contains("Type the name or “delete cloud 3” to confirm:  2"))
  }

  @Test func aKeyThatAPersonBoundIsOneEventWhereItDoesSomething() async throws {
    var settings = Console.Settings()
    settings.keymap = try Keymap.standard.overridden(by: [
      KeymapOverride(command: "sizes", keys: ["alt-j"]), KeymapOverride(command: "edit", keys: ["alt-e"]),
    ])
    let test = try await console(settings: settings)
    await test.press("/")
    await test.type("a")
    await test.press(.enter)
    await test.read("\u{1B}j")
    #expect(test.line(with: "╭ Sizes") != nil)
    #expect(test.workspace.clouds.filter.text == "a")
    await test.read("\u{1B}j")
    #expect(test.console.layers.isEmpty)
    await test.press(.enter)
    await test.read("\u{1B}e")
    #expect(test.line(with: "╭ Edit") != nil)
    await test.read("\u{1B}j")
    #expect(test.console.layers.isEmpty)
  }
}
