import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct LayoutTests {
  @Test func cursorFilterAndScrollSurviveAChangeOfLayout() async throws {
    let test = try await ConsoleUnderTest()
    await test.start(at: 1)
    await test.press(.character("2"), .character("/"))
    await test.type("a")
    await test.press(.enter)
    for _ in 0..<30 { await test.press(.down) }
    let before = test.present()
    let selected = test.workspace.users.selection
    for (columns, rows) in [(80, 24), (40, 10), (20, 5), (1, 1), (200, 50), (120, 34)] {
      test.resize(columns: columns, rows: rows)
      #expect(test.workspace.users.selection == selected)
      #expect(test.workspace.users.filter.text == "a")
      if columns >= 40 { #expect(test.text.contains("▸")) }
    }
    // The row of the cursor is visible; after such a small window, the rows around it may differ.
    #expect(test.present().size == before.size)
    #expect(test.console.focus == 1)
  }

  @Test func aWindowMadeSmallerAndLargerAgainShowsTheSameRows() async throws {
    let test = try await ConsoleUnderTest()
    await test.start(at: 1)
    await test.press(.character("2"), .end, .up, .up)
    let before = test.present()
    test.resize(columns: 10, rows: 3)
    test.resize(columns: 120, rows: 34)
    #expect(test.present() == before)
  }

  @Test func theCursorsRowIsAlwaysOnTheScreen() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 80, rows: 24))
    await test.start(at: 1)
    await test.press("2")
    for key in [Key.end, .pageUp, .pageUp, .home, .pageDown, .down, .up, .end, .character("g"), .character("G")] {
      await test.press(key)
      #expect(test.text.filter { $0 == "▸" }.count == 2, "\(key.title)")
    }
  }

  @Test func columnsLeaveInTheOrderDeclaredAndTheNameNever() async throws {
    let test = try await ConsoleUnderTest()
    for table in test.workspace.tables {
      let headers = table.headers
      let wishes = ColumnLayout.wishes(headers, [], isArriving: false, .builtIn)
      var before = Set(headers.indices)
      for columns in stride(from: 200, through: 12, by: -1) {
        let places = ColumnLayout(headers, wishes: wishes, columns: columns).places
        let kept = Set(places.map(\.index))
        #expect(kept.isSubset(of: before), "\(table.names.plural) at \(columns)")
        let firstKept = kept.map { headers[$0].leaves }.filter { $0 > 0 }.min() ?? .max
        #expect(Set(headers.indices).subtracting(kept).allSatisfy { headers[$0].leaves < firstKept })
        #expect(kept.contains(0))
        before = kept
      }
    }
  }

  @Test func columnsNeverOverlapNorLeaveTheirPane() async throws {
    let test = try await ConsoleUnderTest()
    for table in test.workspace.tables {
      let wishes = ColumnLayout.wishes(table.headers, [], isArriving: false, .builtIn)
      for columns in 30...200 {
        var end = 0
        for place in ColumnLayout(table.headers, wishes: wishes, columns: columns).places {
          #expect(place.start >= end, "\(table.names.plural) at \(columns)")
          #expect(place.columns > 0, "\(table.names.plural) at \(columns)")
          end = place.start + place.columns
        }
        #expect(end < columns, "\(table.names.plural) at \(columns)")
      }
    }
  }

  @Test func everySizeOfWindowIsDrawnWithoutATrap() async throws {
    let test = try await ConsoleUnderTest()
    await test.start(at: 3)
    for key: Key in [.insert, .character("i"), .character("D"), .character("S"), .character("?"), .character(":")] {
      await test.press(key)
      for columns in [0, 1, 2, 3, 5, 9, 39, 40, 41, 79, 80, 109, 110, 250] {
        for rows in [0, 1, 2, 3, 4, 9, 10, 11, 23, 24, 29, 30, 80] {
          test.resize(columns: columns, rows: rows)
          let frame = test.present()
          #expect(frame.rows.count == rows)
          #expect(frame.rows.allSatisfy { $0.count == columns })
        }
      }
      test.resize(columns: 120, rows: 34)
      await test.press(.escape)
    }
  }

  @Test func theHintsNameOnlyKeysThatWorkHereAndFillTheWidth() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 200, rows: 50))
    await test.start(at: 3)
    for pane in 1...4 {
      await test.press(Character(String(pane)))
      let hints = test.console.hints
      let line = test.rows.last { !$0.isEmpty } ?? ""
      #expect(hints.allSatisfy { line.contains("\($0.keys) \($0.label)") } || line.count > 180)
      for hint in hints {
        let binding = Keymap.standard.bindings.first { $0.keys.first?.title == hint.keys }
        #expect(binding.map { test.console.refusal(of: $0.command) == nil } == true)
      }
    }
  }

  @Test(arguments: [Key.home, .end])
  func whatIsSaidOfStaleRowsNeverHidesTheCursor(key: Key) async throws {
    for (columns, rows) in [(120, 34), (80, 24), (40, 10)] {
      let test = try await ConsoleUnderTest(size: Size(columns: columns, rows: rows))
      await test.start(at: 1)
      await test.press(.character("2"), key)
      let name = try #require(test.workspace.users.selectedRecord?.firstName)
      await test.service.fail(.get, "/cloud/1/user", with: .badGateway)
      await test.press("r")
      #expect(test.text.contains("▸ \(name)"))
      #expect(test.text.contains("! As of 13:04."))
    }
  }
}
