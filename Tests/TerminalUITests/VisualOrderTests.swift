import TerminalUI
import TestSupport
import Testing

@Suite struct VisualOrderTests {
  private func cells(_ text: String) -> [Cell] {
    var frame = Frame(size: Size(columns: 60, rows: 1), textWidth: .builtIn)
    frame.write(text, at: Point(column: 0, row: 0))
    return frame.rows[0]
  }

  private func ordered(_ text: String) -> String {
    let text = VisualOrder.of(cells(text)).map(\.text).joined()
    return String(text.reversed().drop { $0 == " " }.reversed())
  }

  /// Letters are given as codes, so that no editor reorders them: A, B and C are alef, bet and gimel.
  @Test(arguments: [
    ("ABC", "CBA"), ("AB CA", "AC BA"), ("x AB y", "x BA y"), ("AB 12", "12 BA"), ("AB 1,000.5 C", "C 1,000.5 BA"),
    ("12 AB", "12 BA"), ("AB (C)", "(C) BA"), ("AB (c", "BA (c"), ("AB.", "BA."), ("ABC…", "…CBA"),
    ("│AB││BC│", "│BA││CB│"), ("AB  BC", "BA  CB"), ("AB     148 GB", "BA     148 GB"), ("AB-C 12:30", "12:30 C-BA"),
    ("AB 東京 C", "BA 東京 C"), ("plain (text) 12", "plain (text) 12"), ("A", "A"), ("", ""), ("AB 😀 C", "BA 😀 C"),
  ])
  func eachRunIsTurnedAndNothingBesideIt(text: String, expected: String) {
    func hebrew(_ text: String) -> String {
      String(text.map { ["A": "\u{5D0}", "B": "\u{5D1}", "C": "\u{5D2}"][$0] ?? $0 })
    }
    #expect(ordered(hebrew(text)) == hebrew(expected))
  }

  @Test func marksStayWithTheirLettersAndLooksWithTheirCells() {
    var frame = Frame(size: Size(columns: 3, rows: 1), textWidth: .builtIn)
    frame.write([Span("\u{5D0}\u{5B8}", Style(.accent)), Span("\u{5D1}", .muted)], at: Point(column: 0, row: 0))
    let cells = VisualOrder.of(frame.rows[0])
    #expect(cells.map(\.text) == ["\u{5D1}", "\u{5D0}\u{5B8}", " "])
    #expect(cells.map(\.style.tone) == [.muted, .accent, .normal])
  }

  /// In any text, cells change places only between two blanks, borders or letters of the other direction.
  @Test func nothingOfLeftToRightEverMoves() {
    var random = SeededGenerator(seed: 11)
    let signs = [
      "\u{5D0}", "\u{5D1}\u{5B8}", "م", "٣", "7", " ", "  ", "a", "│", "東", "(", ")", ".", "…", "▸", "é", "😀",
    ]
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 0...30, using: &random)).map { _ in signs.randomElement(using: &random) ?? "" }
      let row = cells(text.joined())
      let ordered = VisualOrder.of(row)
      #expect(ordered.count == row.count)
      for (before, after) in zip(row, ordered) where "a│東▸é😀".contains(before.text) || before.columns != 1 {
        #expect(before == after, "\(text)")
      }
      if !text.contains(where: { "()".contains($0) }) {
        #expect(ordered.map(\.text).sorted() == row.map(\.text).sorted(), "\(text)")
      }
      // Reordered twice, a text of letters only is unchanged.
      if !text.contains(where: { "…().7٣".contains($0) }) { #expect(VisualOrder.of(ordered) == row, "\(text)") }
    }
  }
}
