import CloudAPI
import CloudTestSupport
import TerminalUI
import Testing

@testable import CloudConsole

/// The help that opens over a dialog.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct DialogHelpTests {
  private func console(at cloud: Cloud.ID = 3) async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest()
    await test.start(at: cloud)
    return test
  }

  @Test func theHelpOverAQuestionBeginsWithItsKeysAndChangesNothing() async throws {
    let test = try await console()
    await test.press(.character("D"))
    let question = test.text
    // Where something may be typed, ? is typed.
    await test.press(.function(1))
    #expect(test.line(with: " Keys ─") != nil)
    let rows = test.rows
    let title = try #require(rows.firstIndex { $0.contains("Haussmann Tower") && !$0.contains("─") })
    let pane = try #require(rows.firstIndex { $0.contains("In Clouds") })
    #expect(title < pane && rows[title..<pane].contains { $0.contains("Cancel.") })
    await test.press(.function(1))
    #expect(test.text == question, "the same key closes it")
  }

  @Test func theHelpOverAFormNamesTheKeysOfItsField() async throws {
    let test = try await console()
    await test.press(.character("i"), .character("?"))
    #expect(test.line(with: " Keys ─") == nil, "typed")
    await test.press(.function(1))
    #expect(test.line(with: "Ctrl-U Ctrl-K") != nil && test.line(with: "Shift-Tab") != nil)
    await test.press(.escape, .backspace, .escape, .character("2"), .character("e"), .character("?"))
    #expect(test.line(with: " Keys ─") != nil && test.line(with: "Ctrl-U Ctrl-K") == nil)
    #expect(test.line(with: "Take the next choice") != nil)
  }

  @Test(arguments: [Character("L"), "S", "s", "y"])
  func everyListHasItsHelp(key: Character) async throws {
    let test = try await console()
    await test.press(.character(key))
    let before = test.text
    await test.press(.character("?"))
    #expect(test.line(with: " Keys ─") != nil && test.line(with: "Close.") != nil)
    await test.press(.character("?"))
    #expect(test.text == before)
  }

  @Test func whatTheFooterSaysIsSaidInSentences() {
    let footer = DialogFooter(
      keys: [KeyHint("↑↓ PgUp PgDn", "scroll"), KeyHint("R", "ask again about 3")],
      alternative: KeyHint("Esc", "leave"),
      consequence: "it will be reported", condition: "Type it in full")
    let content = DialogContent(title: "Title", lines: [], footer: footer, extent: .large)
    let help = DialogHelp(content, further: [KeyHint("Home", "Go up.")], isTyping: false)
    #expect(help.keys.map(\.keys) == ["", "↑↓ PgUp PgDn", "R", "Esc", "Home"])
    #expect(
      help.keys.map(\.label)
        == ["Type it in full.", "Scroll.", "Ask again about 3.", "Leave: it will be reported.", "Go up."])
    #expect(DialogHelp(content, further: [], isTyping: true).keys.contains { $0.keys == "Ctrl-Y" })
  }
}
