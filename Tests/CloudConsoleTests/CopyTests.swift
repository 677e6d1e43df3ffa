import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

/// Tests of copying to the clipboard.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct CopyTests {
  private let terminal = TerminalUnderTest()

  private func console(_ data: DataSet = .odd, size: Size = Size(columns: 80, rows: 24)) async throws
    -> ConsoleUnderTest
  {
    let test = try await ConsoleUnderTest(data, size: size)
    test.console.host = terminal
    await test.start(at: 3)
    return test
  }

  /// Moves the cursor of the list to the row with this title.
  private func choose(_ title: String, on test: ConsoleUnderTest) async {
    await test.press(.home)
    for _ in 0..<30 where test.line(with: "▸ \(title)") == nil { await test.press(.down) }
  }

  @Test func everyFieldRowAndColumnIsOfferedAndNoneIsCopiedUnasked() async throws {
    let test = try await console()
    await test.press("y")
    #expect(terminal.copied == [])
    try expectRecorded(test.present(), as: "copy-values-80x24")
  }

  @Test func aFieldIsCopiedAsTheServiceHasIt() async throws {
    let test = try await console()
    await test.press("y")
    for (title, value) in [("Name", "Haussmann Tower"), ("Id", "3"), ("Size", "549755813888")] {
      await choose(title, on: test)
      await test.press(.enter)
      #expect(terminal.copied.last == value)
    }
    #expect(test.text.contains("Size: sent to the terminal's clipboard by OSC 52."))
    await test.press(.escape)
    #expect(test.console.layers.isEmpty)
  }

  @Test(arguments: [("1", "Haussmann Tower"), ("2", "ada@atelier.example"), ("3", "@"), ("4", ""), ("5", "@")])
  func theKeyTwiceCopiesTheLikeliestField(pane: Character, value: String) async throws {
    let test = try await console()
    await test.press(.character(pane))
    // In one burst: nothing was drawn in between.
    await test.burst([.character("y"), .character("y")])
    let copied = try #require(terminal.copied.last)
    #expect(value.isEmpty ? !copied.isEmpty : copied.contains(value))
    #expect(terminal.copied.count == 1)
    await test.press(.escape)
    await test.press("y", "y")
    #expect(terminal.copied == [copied, copied])
  }

  @Test func aRowIsItsColumnsWithTabs() async throws {
    let test = try await console()
    await test.press("2", "y")
    await choose("Row", on: test)
    await test.press(.enter)
    let cells = try #require(terminal.copied.last).split(separator: "\t", omittingEmptySubsequences: false)
    #expect(cells.count == test.workspace.users.headers.count)
    #expect(cells.contains("admin") || cells.contains("user"))
  }

  @Test func aColumnIsThatOfTheRowsThatTheFilterLeaves() async throws {
    let test = try await console()
    await test.press("/")
    await test.type("lot")
    await test.press(.enter, .character("y"))
    await choose("Column NAME", on: test)
    await test.press(.enter)
    let names = (0..<test.workspace.clouds.rowCount).map { test.workspace.clouds.row(at: $0).values[0].plainText() }
    #expect(names.count < 14 && !names.isEmpty)
    #expect(terminal.copied.last == names.joined(separator: "\n"))
  }

  @Test func controlCharactersBecomeBlanksAndThatIsSaid() async throws {
    let test = try await console(.empty)
    _ = try await test.service.client.createCloud(CloudDraft(name: "a\u{1B}[2Jb\u{3}c\u{202E}d"))
    await test.press("r", "y")
    await test.press(.enter)
    #expect(terminal.copied == ["a [2Jb c\u{202E}d"])
    #expect(test.line(with: "OSC 52. 2 control") != nil && test.line(with: "became blanks") != nil, "\(test.text)")
  }

  @Test func aListLongerThanTheScreenScrollsWithTheCursor() async throws {
    let test = try await console(size: Size(columns: 40, rows: 10))
    await test.press("y")
    await test.press(.end)
    #expect(test.line(with: "▸ Column UPDATED") != nil)
    await test.press(.enter)
    #expect(test.line(with: "▸ Column UPDATED") != nil)
    #expect(test.line(with: "UPDATED: sent to the") != nil)
    await test.press(.home)
    #expect(test.line(with: "▸ Name") != nil)
  }

  @Test func whereThereAreNoRowsThereIsNothingToCopy() async throws {
    let test = try await console(.empty)
    await test.press("y")
    #expect(test.text.contains("There is nothing to copy."))
    #expect(test.console.layers.isEmpty)
  }

  @Test func fromARecordToo() async throws {
    let test = try await console()
    await test.press(.enter, .character("y"))
    #expect(test.line(with: "▸ Name")?.contains("Haussmann Tower") == true)
  }
}

extension ConsoleUnderTest {
  fileprivate func press(_ characters: Character...) async {
    for character in characters { await press(.character(character)) }
  }
}
