import CloudChanges
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct ConsoleInputTests {
  @Test func aKeyThatIsHeldIsOneMove() async throws {
    let parts = try await PartsUnderTest()
    let row = try #require(parts.panes.table.selectedRow)
    var changes = 0
    parts.panes.context.activity.onChange = { changes += 1 }
    parts.input.handle([.key(.down)])
    let ofOne = changes
    parts.input.handle(Array(repeating: .key(.down), count: 5))
    #expect(parts.panes.table.selectedRow == row + 6)
    #expect(changes == 2 * ofOne)
    parts.service.watch()
    await parts.service.idle()
  }

  @Test func aLayerIsAnsweredOnceItIsOnTheScreenAndLeftBefore() async throws {
    let parts = try await PartsUnderTest()
    parts.input.handle([.key(.character("?")), .key(.character("q"))])
    #expect(parts.layers.count == 1)
    parts.input.handle([.key(.escape)])
    #expect(parts.layers.isEmpty)
    parts.input.handle([.key(.character("?"))])
    parts.show()
    parts.layers.wasPresented()
    parts.input.handle([.key(.character("q"))])
    #expect(parts.layers.isEmpty)
  }

  @Test func reportsOfAMouseThatNobodyAskedForAreNothing() async throws {
    let parts = try await PartsUnderTest(mouse: false)
    parts.show()
    let place = try #require(parts.display.layout.panes[1])
    let press = TerminalEvent.mouse(
      MouseEvent(action: .press, place: Point(column: place.column + 2, row: place.row + 2)))
    parts.input.handle([press])
    #expect(parts.panes.focus == 0)
    parts.mouse.toggle()
    parts.input.handle([press, press])
    #expect(parts.panes.focus == 1)
    #expect(parts.layers.last?.layer is RecordLayer)
  }

  @Test func bytesThatAreNoTextAreSaidWhereSomethingIsTyped() async throws {
    let parts = try await PartsUnderTest()
    let bytes = TerminalEvent.undecodable([0xFF, 0xFE, 0xFD, 0xFC, 0xFB])
    parts.input.handle([bytes])
    #expect(parts.notice == nil)
    parts.panes.openFilter()
    parts.input.handle([bytes])
    parts.input.handle([bytes])
    #expect(parts.notice?.hasPrefix("Not inserted: 0xFF 0xFE 0xFD 0xFC and 1 more") == true)
    parts.panes.context.notices.dismiss()
    #expect(parts.notice == nil)
  }

  @Test func rowsAreWalkedWhileTheFilterIsTyped() async throws {
    let parts = try await PartsUnderTest()
    parts.input.handle([.key(.character("/")), .key(.character("a")), .key(.down), .key(.character("j"))])
    #expect(parts.panes.filterEditor?.text == "aj")
    parts.input.handle([.key(.backspace), .key(.down), .key(.enter), .key(.character("j"))])
    #expect(parts.panes.filterEditor == nil)
    #expect(parts.panes.table.filter.text == "a")
    #expect(parts.panes.table.selectedRow ?? 0 > 0)
  }

  @Test func inAWindowThatShowsNothingThereIsOnlyLeaving() async throws {
    let parts = try await PartsUnderTest(size: Size(columns: 9, rows: 3))
    let row = parts.panes.table.selectedRow
    var quits = 0
    parts.commands.onQuit = { quits += 1 }
    parts.input.handle([.key(.character("D")), .key(.down), .key(.character("2"))])
    #expect(parts.layers.isEmpty && parts.panes.focus == 0 && parts.panes.table.selectedRow == row)
    parts.input.handle([.key(.character("q"))])
    #expect(quits == 1)
    parts.input.handle([.resize(Size(columns: 80, rows: 24)), .key(.character("2"))])
    #expect(parts.panes.focus == 1)
  }

  @Test func anAltKeyThatIsNoneHereLeavesAndWhatComesBehindItChangesNothing() async throws {
    let parts = try await PartsUnderTest()
    parts.input.handle([.key(.alt(.character("D")))])
    #expect(parts.layers.isEmpty)
    #expect(parts.notice == "D arrived together with Esc and was ignored: press it again.")
    parts.input.handle([.key(.alt(.character("2")))])
    #expect(parts.panes.focus == 1)
  }
}
