import TerminalTestSupport
import TerminalUI
import Testing

/// Text with any characters stays within its columns.
@Suite struct AnyTextTests {
  private static let columns = 32

  @Test(arguments: [TextWidth.builtIn, .builtIn.drawingInASCII, .builtIn.drawingInCodePage437, .ascii])
  func noTextMovesABorder(textWidth: TextWidth) throws {
    let blank = frame(textWidth)
    let border = try #require(blank.rows[1].first)
    for text in RandomTexts(seed: 4).prefix(3_000) {
      for (number, truncation) in [Truncation.tail, .middle, .email, .none].enumerated() {
        var frame = blank
        let start = Point(column: 1 + number, row: 1)
        let used = frame.write(text, at: start, columns: Self.columns - 2 - number, truncation: truncation)
        let row = frame.rows[1]
        let isStraight =
          used <= Self.columns - 2 - number && row.count == Self.columns && row[0] == border
          && row[Self.columns - 1] == border && row.reduce(0) { $0 + $1.columns } == Self.columns
          && frame.rows[0] == blank.rows[0] && frame.rows[2] == blank.rows[2]
        #expect(isStraight, "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
      }
    }
  }

  @Test func aCellHoldsOneScalarThatHasAWidthAndWhatItIsMarkedWith() {
    for text in RandomTexts(seed: 5).prefix(3_000) {
      for cell in TextWidth.builtIn.cells(of: text) where cell.columns > 0 {
        let widths = cell.text.unicodeScalars.map { TextWidth.builtIn.columns(of: $0) }
        #expect(
          widths.first == cell.columns && widths.dropFirst().allSatisfy { $0 == 0 } && widths.count <= 5, "\(text)")
      }
    }
  }

  private func frame(_ textWidth: TextWidth) -> Frame {
    var frame = Frame(size: Size(columns: Self.columns, rows: 3), textWidth: textWidth)
    frame.draw(Box(style: .normal), in: Rect(column: 0, row: 0, columns: Self.columns, rows: 3))
    return frame
  }
}
