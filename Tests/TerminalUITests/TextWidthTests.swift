import TestSupport
import Testing

@testable import TerminalUI

@Suite struct TextWidthTests {
  private let width = TextWidth.builtIn

  private func shown(_ text: String) -> String {
    width.cells(of: text).map(\.text).joined()
  }

  @Test(arguments: [
    ("Haussmann Tower", 15), ("東京駅 再開発", 13), ("한국어", 6), ("Zürich", 6), ("e\u{301}", 1), ("", 0), ("🏗", 1), ("🚧", 2),
    ("—", 1), ("█▎", 2), ("Ｗ", 2), ("हिन्दी", 5),
  ])
  func textTakesItsColumns(text: String, columns: Int) {
    #expect(width.columns(of: text) == columns)
    #expect(width.cells(of: text).count == columns)
    #expect(shown(text) == text)
  }

  @Test(arguments: [
    ("Haussmann Tower", true, true), ("東京駅 再開発", true, true), ("e\u{301}", true, true), ("a – b", true, false),
    ("tab\there", false, false), ("zero\u{200B}width", false, false), ("👩‍💻", false, false),
  ])
  func whetherATextIsShownAsItIs(text: String, isShown: Bool, isShownInASCII: Bool) {
    #expect(width.shows(text) == isShown)
    #expect(width.drawingInASCII.shows(text) == isShownInASCII)
  }

  @Test func aWideCharacterHasAnEmptySecondCell() {
    let cells = width.cells(of: "a東b", style: .danger)
    #expect(cells.map(\.text) == ["a", "東", "", "b"])
    #expect(cells.map(\.columns) == [1, 2, 0, 1])
    #expect(cells.allSatisfy { $0.style == .danger })
  }

  @Test(arguments: [
    ("\u{1B}[31m", "␛[31m"), ("a\nb", "a␊b"), ("a\r\nb", "a␍␊b"), ("\t", "␉"), ("\u{7F}", "␡"), ("\0", "␀"),
    ("\u{08}", "␈"),
    ("\u{9B}31m", "�31m"), ("\u{202E}cba", "�cba"), ("\u{2066}x\u{2069}", "�x�"), ("\u{200B}", "�"),
    ("ad\u{200B}min", "ad�min"),
    ("ad\u{200D}min", "ad�min"), ("ad\u{200C}min", "ad�min"), ("\u{FEFF}a", "�a"), ("a\u{AD}b", "a�b"),
    ("\u{2028}", "�"),
    ("\u{2029}", "�"), ("a\u{E0041}\u{E0042}b", "a�b"), ("\u{3164}", "�"), ("\u{115F}", "�"), ("a\u{FE0F}", "a�"),
    ("\u{61C}", "�"),
    ("\u{645}\u{6CC}\u{200C}\u{62E}", "\u{645}\u{6CC}\u{62E}"),
    ("\u{301}", "�"), ("\u{FFFF}", "�"), ("\u{E0100}", "�"),
  ])
  func whatIsInvisibleOrHarmfulBecomesAMark(text: String, expected: String) {
    #expect(shown(text) == expected)
    #expect(width.columns(of: text) == width.cells(of: text).count)
  }

  @Test(arguments: [
    ("👨‍👩‍👧", "👨", 2), ("👍🏽", "👍", 2), ("❤️", "❤", 1), ("1️⃣", "1", 1), ("🇫🇷", "FR", 2), ("葛\u{E0100}", "葛", 2),
  ])
  func emojiSequencesBecomeWhatNcursesDraws(text: String, expected: String, columns: Int) {
    #expect(shown(text) == expected)
    #expect(width.columns(of: text) == columns)
  }

  @Test func aStackOfMarksIsLimited() {
    let cells = width.cells(of: "Z" + String(repeating: "\u{301}", count: 1000) + "!")
    #expect(cells.count == 2)
    #expect(cells[0].text.unicodeScalars.count == 5)
  }

  @Test func anASCIILocaleGetsASCIIOnly() {
    let cells = TextWidth.ascii.cells(of: "Zürich 東 █▎ │─╭ …")
    #expect(cells.map(\.text).joined() == "Z?rich ? ## |-+ ~")
    #expect(!TextWidth.ascii.drawsLines)
    #expect(TextWidth.ascii.truncated("Haussmann", to: 5) == "Haus~")
  }

  @Test(arguments: [
    ("Haussmann", 9, "Haussmann"), ("Haussmann", 5, "Haus…"), ("Haussmann", 1, "…"), ("Haussmann", 0, ""),
    ("東京駅", 6, "東京駅"), ("東京駅", 5, "東京…"), ("東京駅", 4, "東…"), ("東京駅", 2, "…"), ("", 3, ""),
  ])
  func textIsCutAtItsTail(text: String, columns: Int, expected: String) {
    #expect(width.truncated(text, to: columns) == expected)
  }

  @Test(arguments: [
    ("Gare du Nord, extension", 11, "Gare …nsion"), ("東京駅再開発", 7, "東…発"), ("abcdef", 2, "a…"),
  ])
  func textIsCutInTheMiddle(text: String, columns: Int, expected: String) {
    #expect(width.truncated(text, to: columns, position: .middle) == expected)
  }

  @Test(arguments: [
    ("adelaide.long@atelier.example", 29, "adelaide.long@atelier.example"),
    ("adelaide.long@atelier.example", 22, "adela…@atelier.example"),
    ("adelaide.long@atelier.example", 18, "a…@atelier.example"),
    ("adelaide.long@atelier.example", 12, "a…@atelier.…"), ("adelaide.long@atelier.example", 4, "ade…"),
    ("no address at all", 6, "no ad…"), ("@atelier.example", 8, "@atelie…"), ("a@atelier.example", 8, "a@ateli…"),
  ])
  func anAddressKeepsItsDomain(text: String, columns: Int, expected: String) {
    #expect(width.truncated(text, to: columns, position: .email) == expected)
  }

  @Test func drawnInASCIILinesAndSignsAreReplacedAndLettersStay() {
    let ascii = width.drawingInASCII
    #expect(ascii.cells(of: "╭─│ ▸ 東京 é … █▌ ↓2 ≥ a – b").map(\.text).joined() == "+-| > 東京 é ~ ## v2 > a - b")
    #expect(ascii.truncated("東京駅再開発", to: 7) == "東京駅~")
    #expect(!ascii.drawsLines)
    #expect(ascii.columns(of: "▸ 東京") == 6)
  }

  @Test func textIsCutWithoutASign() {
    #expect(width.truncated("a東京", to: 4, position: .none) == "a東")
  }

  @Test func cuttingNeverExceedsTheColumns() {
    var generator = SeededGenerator(seed: 3)
    let parts = ["a", "東", "@", "e\u{301}", "\u{200B}", "👨‍👩‍👧", "\u{1B}", " ", "🇫🇷"]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...12, using: &generator))
        .map { _ in parts[Int.random(in: 0..<parts.count, using: &generator)] }.joined()
      let columns = Int.random(in: 0...12, using: &generator)
      for position in [Truncation.tail, .middle, .email, .none] {
        let cut = width.truncated(text, to: columns, position: position)
        #expect(width.columns(of: cut) <= columns, "\(text.debugDescription) \(columns) \(position)")
      }
    }
  }
}
