import TestSupport
import Testing

@testable import TerminalUI

@Suite struct FrameTests {
  private func frame(_ columns: Int, _ rows: Int = 1) -> Frame {
    Frame(size: Size(columns: columns, rows: rows), textWidth: .builtIn)
  }

  @Test func textIsWrittenWhereItBelongs() {
    var frame = frame(8, 2)
    #expect(frame.write("abc", at: Point(column: 2, row: 1), style: .strong) == 3)
    #expect(frame.text() == "\n  abc")
    #expect(frame.styleText() == "\n..NNN")
  }

  @Test func textIsCutAtTheEdgeAndAtItsColumns() {
    var frame = frame(6)
    #expect(frame.write("abcdefgh", at: Point(column: 2, row: 0)) == 4)
    #expect(frame.text() == "  abc…")
    #expect(frame.write("abcdefgh", at: Point(column: 0, row: 0), columns: 3, truncation: .none) == 3)
    #expect(frame.text() == "abcbc…")
  }

  @Test func writingOutsideDoesNothing() {
    var frame = frame(4, 2)
    for point in [
      Point(column: 0, row: -1), Point(column: 0, row: 2), Point(column: 4, row: 0), Point(column: 9, row: 0),
    ] {
      #expect(frame.write("abc", at: point) == 0)
    }
    frame.write("abc", at: Point(column: -1, row: 0))
    #expect(frame.text() == "bc\n")
  }

  @Test func aWideCharacterHalvedByAnEdgeIsABlank() {
    var frame = frame(3)
    frame.write("東京", at: Point(column: -1, row: 0), truncation: .none)
    #expect(frame.rows[0].map(\.text) == [" ", "京", ""])
    frame.fill(Rect(frame.size))
    frame.write("東京", at: Point(column: 0, row: 0), truncation: .none)
    #expect(frame.rows[0].map(\.text) == ["東", "", " "])
  }

  @Test func overwritingHalfOfAWideCharacterBlanksTheOtherHalf() {
    var frame = frame(4)
    frame.write("東京", at: Point(column: 0, row: 0))
    frame.write("x", at: Point(column: 1, row: 0))
    #expect(frame.rows[0].map(\.text) == [" ", "x", "京", ""])
    frame.write("y", at: Point(column: 2, row: 0))
    #expect(frame.rows[0].map(\.text) == [" ", "x", "y", " "])
  }

  @Test func anyWritingLeavesWholeCharactersOnly() {
    var generator = SeededGenerator(seed: 11)
    var frame = frame(12, 3)
    for _ in 0..<5000 {
      let text = (0..<Int.random(in: 1...5, using: &generator))
        .map { _ in ["a", "東", "é", "👨‍👩‍👧"][Int.random(in: 0..<4, using: &generator)] }.joined()
      let point = Point(
        column: Int.random(in: -3...13, using: &generator), row: Int.random(in: -1...3, using: &generator))
      let truncation = [Truncation.tail, .none, .middle][Int.random(in: 0..<3, using: &generator)]
      frame.write(text, at: point, columns: Int.random(in: 0...6, using: &generator), truncation: truncation)
      for row in frame.rows {
        #expect(row.count == 12)
        for (column, cell) in row.enumerated() {
          let followed = column + 1 < row.count && row[column + 1].columns == 0
          #expect((cell.columns == 2) == followed)
          #expect(cell.text.isEmpty == (cell.columns == 0))
        }
      }
    }
  }

  @Test func spansAreCutAsOneText() {
    var frame = frame(20)
    let spans = [Span("Ada ", .strong), Span("Lovelace", .danger)]
    #expect(frame.write(spans, at: Point(column: 0, row: 0), columns: 7) == 7)
    #expect(frame.text() == "Ada Lo…")
    #expect(frame.styleText() == "NNNNddd")
  }

  @Test func trailingTextEndsBeforeItsColumn() {
    var frame = frame(10)
    #expect(frame.writeTrailing("512 GB", endingAt: Point(column: 10, row: 0)) == 6)
    #expect(frame.text() == "    512 GB")
    #expect(frame.writeTrailing("1234567", endingAt: Point(column: 4, row: 0)) == 4)
    #expect(frame.text() == "123…512 GB")
    #expect(frame.writeTrailing([Span("a"), Span("b", .good)], endingAt: Point(column: 2, row: 0)) == 2)
    #expect(frame.text() == "ab3…512 GB")
  }

  @Test func aRectangleIsFilled() {
    var frame = frame(5, 3)
    for row in 0..<3 { frame.write("abcde", at: Point(column: 0, row: row)) }
    frame.fill(Rect(column: 1, row: 1, columns: 2, rows: 9), style: Style(reverse: true))
    #expect(frame.text() == "abcde\na  de\na  de")
    #expect(frame.styleText() == "\n.00\n.00")
  }

  @Test func aBoxHasItsTitlesInItsEdge() {
    var frame = frame(24, 3)
    let box = Box(
      style: .muted, top: Box.Titles([Span("1 Clouds", .accent)], trailing: [Span("size ▾")]),
      bottom: Box.Titles([Span("3 of 14")], trailing: [Span("16 %")]))
    frame.draw(box, in: Rect(frame.size))
    #expect(
      frame.text() == """
        ╭ 1 Clouds ──── size ▾ ╮
        │                      │
        ╰ 3 of 14 ─────── 16 % ╯
        """)
    #expect(frame.styleText().hasPrefix("mmaaaaaaaammmmmm......mm"))
  }

  @Test(arguments: [
    (29, "╭ 2 Users · Haussmann ── 48 ╮"), (28, "╭ 2 Users · Haussmann ─ 48 ╮"), (20, "╭ 2 Users · … ─ 48 ╮"),
    (17, "╭ 2 Users… ─ 48 ╮"), (16, "╭ 2 Users · H… ╮"), (6, "╭ 2… ╮"), (5, "╭ … ╮"), (4, "╭──╮"),
  ])
  func titlesAreCutWhenTheBoxIsNarrow(columns: Int, expected: String) {
    var frame = frame(columns, 2)
    let titles = Box.Titles([Span("2 Users · Haussmann")], trailing: [Span("48")])
    frame.draw(Box(style: .normal, top: titles), in: Rect(frame.size))
    #expect(frame.text().split(separator: "\n")[0] == expected)
  }

  @Test func aBoxOverAnotherIsDrawnAsOnNothing() {
    let titles = [Box.Titles(), Box.Titles([Span("a")], trailing: [Span("b", .accent)]), Box.Titles([Span("longer")])]
    let boxes = [Style.muted, .accent].flatMap { style in
      titles.flatMap { top in titles.map { Box(style: style, top: top, bottom: $0) } }
    }
    for last in boxes {
      for box in boxes {
        var (one, other) = (frame(16, 4), frame(16, 4))
        one.draw(box, in: Rect(one.size))
        other.draw(last, in: Rect(other.size))
        other.draw(box, in: Rect(other.size), replacing: last)
        #expect(one == other)
      }
    }
  }

  @Test func smallBoxesDoNotOverflow() {
    for columns in 0...12 {
      for rows in 0...3 {
        var frame = frame(columns, rows)
        let titles = Box.Titles([Span("東京駅")], trailing: [Span("48")])
        frame.draw(Box(style: .normal, top: titles, bottom: Box.Titles([Span("x")])), in: Rect(frame.size))
        #expect(frame.rows.allSatisfy { $0.count == columns })
      }
    }
  }

  @Test func linesAreASCIIWhereTheTerminalDrawsNone() {
    var frame = Frame(size: Size(columns: 6, rows: 3), textWidth: .ascii)
    frame.draw(Box(style: .normal), in: Rect(frame.size))
    #expect(frame.text() == "+----+\n|    |\n+----+")
  }

  @Test func framesAreEqualByWhatTheyShow() {
    var one = frame(4)
    var other = Frame(size: Size(columns: 4, rows: 1), textWidth: .ascii)
    #expect(one == other)
    one.write("a", at: Point(column: 0, row: 0))
    #expect(one != other)
    other.write("a", at: Point(column: 0, row: 0))
    other.cursor = Point(column: 1, row: 0)
    #expect(one != other)
  }

  @Test(arguments: [
    (0.0, ""), (-1.0, ""), (Double.nan, ""), (0.0001, "▏"), (0.5, "██"), (0.53125, "██▏"), (1.0, "████"), (7.0, "████"),
  ])
  func aBarIsDrawnInEighths(fraction: Double, expected: String) {
    #expect(HorizontalBar.text(fraction: fraction, columns: 4) == expected)
  }

  @Test(arguments: [(0.0, ""), (0.01, "#"), (0.5, "##"), (1, "####"), (2, "####")])
  func aBarInWholeCellsIsOfASCII(fraction: Double, expected: String) {
    #expect(HorizontalBar.text(fraction: fraction, columns: 4, inEighths: false) == expected)
  }

  @Test func aBoxWithoutSidesLeavesTheRowsBetweenAlone() {
    var frame = Frame(size: Size(columns: 5, rows: 3), textWidth: .builtIn)
    frame.draw(Box(style: .normal, hasSides: false), in: Rect(frame.size))
    #expect(frame.text() == "─────\n\n─────")
  }
}
