import CloudChanges
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct DisplayTests {
  private static let long = String(repeating: "It failed once more. ", count: 9)

  @Test func thingsAreWhereTheLastFrameShowsThem() async throws {
    let parts = try await PartsUnderTest(size: Size(columns: 80, rows: 24))
    parts.show()
    let (layout, capacity) = (parts.display.layout, parts.display.capacity)
    #expect(layout.notice.rows == 1)
    parts.panes.context.notices.say(.failure, Self.long)
    let drawing = parts.display.draw(hints: [], textWidth: .builtIn)
    #expect(parts.display.layout == layout)
    parts.display.takeOver(drawing)
    #expect(parts.display.layout.notice.rows == 3)
    #expect(parts.display.capacity == capacity - 2)
  }

  @Test func aPaneThatHasTheScreenHasMoreRows() async throws {
    let parts = try await PartsUnderTest()
    parts.panes.setFocus(2)
    let capacity = parts.display.capacity
    parts.panes.toggleZoom()
    #expect(parts.display.capacity > capacity)
    #expect(parts.display.layout.panes.keys.sorted() == [2])
    parts.display.resize(to: Size(columns: 1, rows: 1))
    #expect(parts.display.layout.arrangement == .tooSmall)
    #expect(parts.display.capacity == 1)
  }

  @Test func whatWasSaidForAScreenReaderStaysUntilThereIsSomethingElseToSay() async throws {
    let parts = try await PartsUnderTest(size: Size(columns: 80, rows: 24), isForScreenReader: true)
    let first = parts.show().screen.announcement
    #expect(!first.isEmpty)
    #expect(parts.show().screen.announcement == first)
    parts.panes.setFocus(1)
    let second = parts.show().screen.announcement
    #expect(second.hasPrefix("Users of Haussmann Tower"))
    parts.panes.context.notices.say(.failure, Self.long)
    #expect(parts.show().screen.announcement.hasPrefix("It failed once more."))
    #expect(parts.display.layout.notice.rows == 3)
  }
}
