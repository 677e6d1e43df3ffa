import Testing

@testable import CloudConsole

struct PaneScrollTests {
  @Test(arguments: [
    (0, 3, 0), (0, 9, 5), (7, 8, 7), (7, 2, 2), (99, 19, 15), (-4, 0, 0),
  ])
  func aWindowMovesAsLittleAsItTakesToShowTheCursor(first: Int, cursor: Int, expected: Int) {
    let window = LineWindow(first: first).fitted(to: 20, capacity: 5, cursor: cursor)
    #expect(window == LineWindow(first: expected, capacity: 5, count: 20))
    #expect(window.lines.contains(cursor))
  }

  @Test func aWindowWithRoomForAllBeginsAtTheBeginning() {
    var window = LineWindow(first: 3).fitted(to: 4, capacity: 5)
    #expect(window.lines == 0..<4)
    #expect(!window.isCut)
    window.scroll(by: 1)
    #expect(window.lines == 0..<4)
  }

  @Test func aWindowScrollsToTheEndsAndNotBeyond() {
    var window = LineWindow().fitted(to: 20, capacity: 5)
    #expect(window.text == "1–5 of 20")
    window.scroll(by: 99)
    #expect(window.text == "16–20 of 20")
    window.scroll(by: -99)
    #expect(window.text == "1–5 of 20")
  }

  @Test func aWindowWithoutRoomShowsNothing() {
    #expect(LineWindow(first: 4).fitted(to: 9, capacity: 0, cursor: 2).lines.isEmpty)
    #expect(LineWindow().fitted(to: 0, capacity: 5, cursor: nil).lines.isEmpty)
  }

  @Test func theRecordUnderTheCursorStaysInItsPlaceWhereRowsComeAboveIt() {
    var scroll = PaneScroll()
    scroll.takeOver([0: scroll.place(of: 0, rowCount: 50, capacity: 10, cursor: .init(id: "a", row: 14))])
    #expect(scroll.firstRow(of: 0) == 5)
    let moved = scroll.place(of: 0, rowCount: 53, capacity: 10, cursor: .init(id: "a", row: 17))
    #expect(moved.rows.lines == 8..<18)
    // Another record in the same row doesn't scroll.
    let other = scroll.place(of: 0, rowCount: 53, capacity: 10, cursor: .init(id: "b", row: 12))
    #expect(other.rows.lines == 5..<15)
  }

  @Test func whatAFrameDoesNotShowStays() {
    var scroll = PaneScroll()
    scroll.takeOver([0: scroll.place(of: 0, rowCount: 50, capacity: 10, cursor: .init(id: "a", row: 14))])
    scroll.takeOver([1: scroll.place(of: 1, rowCount: 50, capacity: 10, cursor: .init(id: "b", row: 20))])
    #expect(scroll.firstRow(of: 0) == 5)
    #expect(scroll.firstRow(of: 1) == 11)
  }

  @Test func aListWithoutRowsKeepsTheRecordInMind() {
    var scroll = PaneScroll()
    let cursor = PaneScroll.Cursor(id: "a", row: 14)
    scroll.takeOver([0: scroll.place(of: 0, rowCount: 50, capacity: 10, cursor: cursor)])
    let empty = scroll.place(of: 0, rowCount: 0, capacity: 10, cursor: nil)
    #expect(empty.rows.lines.isEmpty)
    #expect(empty.cursor == cursor)
  }
}
