import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

/// Tests of the screen in lines, for screen readers.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct ScreenReaderTests {
  private func console(
    _ data: DataSet = .odd, size: Size = Size(columns: 80, rows: 24), at cloud: Cloud.ID? = 3
  ) async throws -> ConsoleUnderTest {
    var settings = Console.Settings()
    settings.screenReader = true
    let test = try await ConsoleUnderTest(data, size: size, console: settings)
    await test.start(at: cloud)
    return test
  }

  /// The announcement of the last change.
  private func said(_ test: ConsoleUnderTest) -> String { test.said }

  /// The text of the line with the cursor.
  private func read(_ test: ConsoleUnderTest) -> String {
    let frame = test.present()
    guard let cursor = frame.cursor else { return "" }
    return frame.text().split(separator: "\n", omittingEmptySubsequences: false)[cursor.row].description
  }

  @Test func onePaneAtATimeInLinesWithTheCursorOnTheRow() async throws {
    let test = try await console()
    try expectRecorded(test.present(), as: "reader-80x24")
    #expect(read(test).hasPrefix("Haussmann Tower, "))
    await test.press(.character("2"), .down)
    try expectRecorded(test.present(), as: "reader-users-80x24")
  }

  @Test func aFormIsLinesWithTheCursorInTheField() async throws {
    let test = try await console()
    await test.press("i")
    await test.type("new@x.example")
    try expectRecorded(test.present(), as: "reader-form-80x24")
    #expect(read(test).contains("new@x.example"))
    await test.press(.tab)
    #expect(read(test).hasPrefix("Lands at") || !read(test).contains("new@x.example"))
  }

  @Test func aQuestionIsLinesThatSayWhatIsLost() async throws {
    let test = try await console()
    await test.press("D")
    try expectRecorded(test.present(), as: "reader-delete-80x24")
    await test.press(.escape)
    #expect(said(test).hasPrefix("Closed. Clouds, 14 rows."))
  }

  @Test(arguments: [Key.character("?"), .character(":"), .character("S"), .character("L"), .enter, .character("y")])
  func nothingIsDrawnThatOnlyEyesUnderstand(key: Key) async throws {
    let test = try await console()
    await test.press(key)
    let frame = test.present()
    for row in frame.rows {
      for cell in row { #expect(!cell.text.unicodeScalars.contains { 0x2190...0x2BFF ~= $0.value }) }
    }
    #expect(!frame.text().contains("##"))
    #expect(!frame.text().contains("  "))
    #expect(frame.cursor != nil)
  }

  @Test func everyChangeIsSaidInTheSameLine() async throws {
    let test = try await console()
    #expect(said(test) == "Clouds, 14 rows. Row 3 of 14.")
    await test.press(.down)
    #expect(said(test) == "Row 4 of 14.")
    await test.press(.character("2"))
    #expect(said(test).hasPrefix("Users of Zürich Hauptbahnhof, "))
    await test.press(.character("1"), .character("s"))
    #expect(said(test) == "Sort clouds by. s SIZE largest first")
    await test.press("s")
    #expect(said(test) == "Sorted by size, ascending.")
    await test.press("/")
    #expect(said(test) == "Type to filter clouds.")
    await test.type("tower")
    #expect(said(test) == "1 of 14 match tower.")
    #expect(read(test) == "Filter: tower")
    await test.press(.enter)
    #expect(said(test) == "Clouds, 1 of 14 match tower. Row 1 of 1.")
    await test.press(.escape)
    #expect(said(test) == "14 rows.")
    await test.press(":")
    #expect(said(test).hasPrefix("Commands"))
    await test.press(.escape)
    test.workspace.context.notices.say(.done, "Something was done.")
    #expect(said(test) == "Something was done.")
    await test.press(.down)
    #expect(said(test).hasPrefix("Row "))
  }

  @Test func whatIsChosenInADialogIsSaid() async throws {
    let test = try await console()
    await test.press("y")
    #expect(said(test) == "Copy. Name Haussmann Tower")
    await test.press(.down)
    #expect(said(test) == "Id 3")
    #expect(read(test) == "Id 3")
    await test.press(.escape, .character(":"))
    await test.type("invite")
    await test.press(.down, .up)
    #expect(said(test).hasPrefix("invite"))
  }

  @Test func aMessageThatStaysIsBelowTheRowsUntilItIsDismissed() async throws {
    let test = try await console()
    test.workspace.context.notices.say(.failure, "The cloud was not renamed.")
    #expect(said(test) == "The cloud was not renamed.")
    await test.press(.down)
    #expect(said(test) == "Row 4 of 14.")
    #expect(test.text.contains("The cloud was not renamed."))
    await test.press(.escape)
    #expect(!test.text.contains("The cloud was not renamed."))
  }

  @Test func arrowsAndOtherSignsAreWords() async throws {
    let test = try await console()
    await test.press(.character("?"), .character("/"))
    await test.type("row down")
    await test.press(.enter)
    #expect(test.line(with: "Go one row down.") == "Down, j Go one row down.")
    await test.press(.escape)
    #expect(test.text.contains("Up Down PgUp PgDn scroll, / search, Esc close"))
    await test.press(.escape, .character("/"))
    #expect(test.text.contains("Enter keep, Esc clear, Up Down move"))
    #expect(LinearText.fact("↓2") == "waiting for 2")
    #expect(LinearText.fact("≥ 3 TB") == "at least 3 TB")
  }

  @Test func marksAreSaidAndComeFirstInTheirRows() async throws {
    let test = try await console()
    await test.press(" ")
    #expect(said(test) == "1 marked. Row 4 of 14.")
    #expect(test.text.contains("marked: Haussmann Tower, 512 GB, "))
    #expect(test.text.contains("Clouds, 14 rows, 1 marked, by size, descending"))
    await test.press(.up, .character(" "))
    #expect(said(test) == "Nothing marked. Row 4 of 14.")
  }

  @Test func anEmptyPaneSaysWhy() async throws {
    let test = try await console(.empty, at: nil)
    #expect(read(test) == "No clouds. c creates one.")
  }

  @Test func aFrameIsAFunctionOfItsScreen() async throws {
    let test = try await console()
    #expect(test.present() == test.present())
  }
}
