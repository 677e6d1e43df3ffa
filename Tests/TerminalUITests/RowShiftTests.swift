import TerminalUI
import Testing

@Suite struct RowShiftTests {
  private func rows(_ texts: [String]) -> [[Cell]] {
    var frame = Frame(size: Size(columns: 20, rows: texts.count), textWidth: .builtIn)
    for (row, text) in texts.enumerated() { frame.write(text, at: Point(column: 0, row: row)) }
    return frame.rows
  }

  private func list(from first: Int, beside others: [String] = []) -> [[Cell]] {
    let items = (first..<first + 12).enumerated().map { index, item in
      "item \(item)" + (index < others.count ? " \(others[index])" : "")
    }
    return rows(["title"] + items + ["\(first) of 99"])
  }

  @Test(arguments: [1, 2, -1, -3])
  func aListThatScrolledIsOneWhoseRowsMoved(by shift: Int) {
    #expect(RowShift(from: list(from: 10), to: list(from: 10 + shift))?.rows == shift)
  }

  @Test func aListBesideAnotherHasNoRowsThatMoved() {
    let others = ["a", "b", "c", "d", "e", "f"]
    #expect(RowShift(from: list(from: 1, beside: others), to: list(from: 2, beside: others)) == nil)
  }

  @Test func anotherPageOrAnotherRowIsNoShift() {
    #expect(RowShift(from: list(from: 1), to: list(from: 40)) == nil)
    #expect(RowShift(from: rows(["a", "b", "c"]), to: rows(["a", "x", "c"])) == nil)
    #expect(RowShift(from: list(from: 1), to: list(from: 1)) == nil)
    #expect(RowShift(from: list(from: 1), to: rows(["a"])) == nil)
  }
}
