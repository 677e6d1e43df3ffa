import TerminalUI
import Testing

@Suite struct RectTests {
  private let rect = Rect(column: 2, row: 3, columns: 10, rows: 6)

  @Test func splittingLosesNoCell() {
    let (top, rest) = rect.splitTop(2)
    #expect(top == Rect(column: 2, row: 3, columns: 10, rows: 2))
    #expect(rest == Rect(column: 2, row: 5, columns: 10, rows: 4))
    let (left, right) = rect.splitLeft(4)
    #expect(left.endColumn == right.column)
    #expect(left.columns + right.columns == rect.columns)
  }

  @Test func cuttingMoreThanThereIsTakesEverything() {
    let (rest, bottom) = rect.splitBottom(99)
    #expect(rest.isEmpty)
    #expect(bottom == rect)
  }

  @Test func whatIsCenteredNeverLeavesItsSurroundings() {
    let inside = rect.centered(columns: 40, rows: 2)
    #expect(inside == Rect(column: 2, row: 5, columns: 10, rows: 2))
  }
}
