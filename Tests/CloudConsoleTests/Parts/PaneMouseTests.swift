import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct PaneMouseTests {
  /// The position of a pane's row on the screen.
  private func place(_ parts: PartsUnderTest, pane: Int, row: Int) throws -> Point {
    let place = try #require(parts.display.layout.panes[pane])
    return Point(column: place.column + 3, row: place.row + 2 + row)
  }

  private func press(_ parts: PartsUnderTest, _ point: Point) -> Bool {
    parts.mouse.action(after: MouseEvent(action: .press, place: point)) == .open
  }

  @Test func theSecondPressOnARowSoonAfterTheFirstOpensIt() async throws {
    let parts = try await PartsUnderTest()
    parts.show()
    let point = try place(parts, pane: 0, row: 2)
    #expect(!press(parts, point))
    #expect(parts.panes.table.selectedRow == 2)
    parts.service.now += 0.4
    #expect(press(parts, point))
    parts.service.now += 0.6
    #expect(!press(parts, point))
    #expect(!press(parts, try place(parts, pane: 0, row: 1)))
  }

  @Test func aPressOnAnotherServiceIsNeverTheSecondOfTwo() async throws {
    let parts = try await PartsUnderTest()
    parts.show()
    let point = try place(parts, pane: 0, row: 2)
    #expect(!press(parts, point))
    parts.mouse.start()
    #expect(!press(parts, point))
  }

  @Test func theWheelMovesTheCursorOfThePaneItIsOver() async throws {
    let parts = try await PartsUnderTest()
    parts.show()
    let point = try place(parts, pane: 1, row: 0)
    #expect(parts.mouse.action(after: MouseEvent(action: .wheelDown, place: point)) == .none)
    #expect(parts.panes.focus == 1)
    #expect(parts.panes.table.selectedRow == 3)
  }

  @Test func theTerminalIsToldWhoHasTheMouse() async throws {
    let parts = try await PartsUnderTest(mouse: false)
    parts.mouse.start()
    #expect(parts.panes.context.notices.current == nil)
    parts.mouse.toggle()
    #expect(parts.mouse.isOn)
    #expect(parts.panes.context.notices.current?.text.contains("hold Shift") == true)
    parts.mouse.toggle()
    #expect(parts.terminal.mouse == [true, false])
  }
}
