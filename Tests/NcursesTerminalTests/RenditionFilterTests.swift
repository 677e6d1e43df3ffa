import TerminalTestSupport
import TerminalUI
import TestSupport
import Testing

@testable import NcursesTerminal

@Suite struct RenditionFilterTests {
  private func filter() throws -> RenditionFilter {
    try #require(RenditionFilter(reset: "\u{1B}(B\u{1B}[m", standardColours: "\u{1B}[39;49m"))
  }

  /// The bytes after those that a first frame needs, in readable form.
  private func filtered(_ text: String) throws -> String {
    var filter = try filter()
    _ = filter.filter(Array("\u{1B}(B\u{1B}[m ".utf8))
    return String(decoding: filter.filter(Array(text.utf8)), as: UTF8.self).replacing("\u{1B}", with: "␛")
  }

  @Test func whatIsSaidAgainIsSaidOnce() throws {
    #expect(try filtered("\u{1B}(B\u{1B}[0;1mA\u{1B}(B\u{1B}[m\u{1B}(B\u{1B}[0;1mB\u{1B}(B\u{1B}[m") == "␛[1mAB␛[m")
  }

  @Test func attributesAndColoursTogetherAreOneSequence() throws {
    #expect(try filtered("\u{1B}[0;1m\u{1B}[38;5;33mA\u{1B}[39mB\u{1B}[m") == "␛[1;38;5;33mA␛[39mB␛[m")
  }

  @Test func blanksTakeWhatIsThere() throws {
    #expect(try filtered("\u{1B}[1mA\u{1B}[m \u{1B}[1mB\u{1B}[m") == "␛[1mA B␛[m")
  }

  @Test(arguments: ["4", "7", "9", "41", "48;5;7"])
  func blanksOnWhichSomethingIsSeenTakeNoMoreThanTheirOwn(parameters: String) throws {
    let text = "\u{1B}[\(parameters)mA\u{1B}[m B\u{1B}[\(parameters)m \u{1B}[m"
    #expect(try filtered(text) == text.replacing("\u{1B}", with: "␛"))
  }

  /// Whatever rendition was set last, no sequence is put between a character and one that repeats or joins it.
  @Test func nothingComesBetweenACharacterAndWhatRepeatsIt() throws {
    #expect(try filtered("\u{1B}[1mA\u{1B}[m \u{1B}[5b\u{1B}[1mB\u{1B}[m") == "␛[1mA ␛[5bB␛[m")
    #expect(try filtered("\u{1B}[1mA\u{1B}[5b\u{1B}[m") == "␛[1mA␛[5b␛[m")
    #expect(try filtered("\u{1B}[31m \u{1B}[34m \u{1B}[3b") == "  ␛[3b␛[34m")
    #expect(try filtered("\u{1B}[1mA\u{1B}[m \u{301}") == "␛[1mA␛[m \u{301}")
  }

  @Test func aSettingOfTheKeyboardIsNoLook() throws {
    #expect(try filtered("\u{1B}[>4;1mA\u{1B}[?4mB") == "␛[>4;1mA␛[?4mB")
  }

  @Test func whatCannotBeTakenBackAloneIsTakenBackWithAll() throws {
    #expect(try filtered("\u{1B}[1;4mA\u{1B}[24mB\u{1B}[m") == "␛[1;4mA␛[0;1mB␛[m")
  }

  @Test func colourIsTakenBackAloneOnlyWhereTheTerminalCan() throws {
    var filter = try #require(RenditionFilter(reset: "\u{1B}[m", standardColours: "\u{1B}[m"))
    let bytes = filter.filter(Array("\u{1B}[m\u{1B}[1;31mA\u{1B}[39mB".utf8))
    #expect(String(decoding: bytes, as: UTF8.self) == "\u{1B}[0;1;31mA\u{1B}[0;1mB")
  }

  @Test func whatIsNotKnownGoesAsItIs() throws {
    #expect(try filtered("\u{1B}[38;2;1;2;3mA\u{1B}[0;1mB\u{1B}[53mC\u{1B}[m") == "␛[38;2;1;2;3mA␛[0;1mB␛[53mC␛[m")
  }

  @Test func aTerminalOfAnotherLanguageHasNoFilter() {
    #expect(RenditionFilter(reset: "\u{1B}G0\u{1B}cD", standardColours: nil) == nil)
  }

  @Test func afterBeingForgottenEverythingIsSaidAnew() throws {
    var filter = try filter()
    _ = filter.filter(Array("\u{1B}(B\u{1B}[1mA".utf8))
    filter.forget()
    #expect(String(decoding: filter.filter(Array("\u{1B}(BB".utf8)), as: UTF8.self) == "\u{1B}(B\u{1B}[0;1mB")
  }

  /// Any text with any attributes and movements: the screen is the same, except for invisible attributes of blanks,
  /// with fewer bytes.
  @Test(arguments: UInt64(1)...20)
  func theScreenIsTheSameInFewerBytes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var filter = try filter()
    var (before, after) = (
      ScreenEmulator(size: Size(columns: 20, rows: 6)), ScreenEmulator(size: Size(columns: 20, rows: 6))
    )
    var (all, sent) = (0, 0)
    for _ in 0..<200 {
      var text = ""
      for _ in 0..<random.number(below: 12) { text += Self.piece(using: &random) }
      let bytes = Array(text.utf8)
      let shorter = filter.filter(bytes)
      before.feed(bytes)
      after.feed(shorter)
      (all, sent) = (all + bytes.count, sent + shorter.count)
      let difference = zip(before.cells.joined(), after.cells.joined()).first { $0 != $1 }
      try #require(difference == nil, "\(text.replacing("\u{1B}", with: "␛"))")
      try #require(before.cursor == after.cursor)
    }
    #expect(before.unknown == [])
    #expect(after.unknown == [])
    #expect(sent < all)
  }

  private static func piece(using random: inout SeededGenerator) -> String {
    let looks = [
      "\u{1B}(B\u{1B}[m", "\u{1B}(B\u{1B}[0;1m", "\u{1B}[4m", "\u{1B}[7m", "\u{1B}[0;2;7m", "\u{1B}[31m", "\u{1B}[39m",
      "\u{1B}[38;5;244m", "\u{1B}[48;5;17m", "\u{1B}[49m", "\u{1B}[24m", "\u{1B}[27m", "\u{1B}[22m", "\u{1B}[91;104m",
      "\u{1B}[38;2;1;2;3m", "\u{1B}[39;49m", "\u{F}",
    ]
    let others = [
      "a", "b", " ", "  ", "é", "東", "\u{1B}[2;3H", "\u{1B}[H", "\u{1B}[5d", "\u{1B}[7G", "\u{1B}[A", "\u{1B}[C", "\r",
      "\u{8}",
      "\n", "\u{1B}[K", "\u{1B}[1K", "\u{1B}[J", "\u{1B}[3X", "\u{1B}[2P", "\u{1B}[2@", "\u{1B}[2;5r", "\u{1B}[r",
      "\u{1B}M",
      "\u{1B}[L", "\u{1B}[M", "x\u{1B}[4b", " \u{1B}[4b", " \u{301}", "e\u{301}",
    ]
    return random.number(below: 2) == 0
      ? looks[random.number(below: looks.count)] : others[random.number(below: others.count)]
  }
}
