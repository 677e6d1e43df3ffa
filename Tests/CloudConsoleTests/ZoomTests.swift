import CloudAPI
import TerminalUI
import Testing

@testable import CloudConsole

/// Tests of a pane that fills the screen.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct ZoomTests {
  private nonisolated static let medium = Size(columns: 80, rows: 24)

  private func users(_ size: Size = medium) async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest(size: size)
    await test.start(at: 1)
    await test.press("2")
    return test
  }

  @Test(arguments: [medium, Size(columns: 120, rows: 34)])
  func zGivesTheScreenToThePaneAndSharesItAgain(size: Size) async throws {
    let test = try await users(size)
    let before = test.present()
    await test.press("z")
    #expect(test.console.layout.panes.keys.sorted() == [1])
    // The header keeps the service, and the pane names the others.
    #expect(test.rows.first?.contains("Demo (simulated)") == true)
    #expect(test.line(with: "1 Clouds 14")?.contains("3 Invitations") == true)
    #expect(test.console.layout.panes[1]?.columns == size.columns)
    try expectRecorded(test.present(), as: "zoomed-\(size.columns)x\(size.rows)")
    await test.press("z")
    #expect(test.present() == before)
  }

  @Test func itStaysWhenTheWindowChanges() async throws {
    let test = try await users()
    await test.press("z", .down)
    for (columns, rows) in [(120, 34), (40, 10), (80, 24)] {
      test.resize(columns: columns, rows: rows)
      #expect(test.console.layout.panes.keys.sorted() == [1])
      #expect(test.text.filter { $0 == "▸" }.count == 1)
    }
  }

  @Test func theOtherPanesAreReachedAsEver() async throws {
    let test = try await users()
    await test.press("z", .tab)
    #expect(test.line(with: "3 Invitations · ") != nil)
    #expect(test.console.layout.panes.keys.sorted() == [2])
    await test.press("1")
    #expect(test.line(with: "─ 1 Clouds ─") != nil)
  }

  @Test func whereOnePaneIsShownAnywayThatIsSaid() async throws {
    let test = try await users(Size(columns: 60, rows: 20))
    await test.press("z")
    #expect(test.text.contains("This window already shows a single pane."))
    #expect(!test.console.isZoomed)
  }
}

extension ConsoleUnderTest {
  /// Presses a character, then other keys.
  fileprivate func press(_ first: Character, _ keys: Key...) async {
    await press(.character(first))
    for key in keys { await press(key) }
  }
}
