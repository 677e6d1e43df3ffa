import TerminalUI
import Testing
import TextSafety

@Suite struct HiddenCharactersTests {
  @Test(arguments: [
    "", "Haussmann Tower", "Réhabilitation – façade", "東京駅 再開発", "e\u{301}\u{302}", "مركز الدوحة", "हिन्दी", "한국어",
    "👩‍👩‍👧‍👦 family", "🏳️‍🌈", "🇫🇷", "👍🏽", "葛\u{E0100}城", "no-break\u{A0}space",
    "\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}",
  ])
  func nothingIsHiddenInNamesAsPeopleWriteThem(text: String) {
    #expect(!HiddenCharacters.are(in: text))
    #expect(HiddenCharacters(in: text).scalars.isEmpty)
  }

  @Test(arguments: [
    ("gpj.\u{202E}exe", ["U+202E RIGHT-TO-LEFT OVERRIDE"]),
    ("zero\u{200B}width\u{FEFF}", ["U+200B ZERO WIDTH SPACE", "U+FEFF ZERO WIDTH NO-BREAK SPACE"]),
    ("a\u{1B}[2J", ["U+001B ESCAPE"]), ("line\nbreak", ["U+000A LINE FEED"]),
    ("a\u{9B}b", ["U+009B CONTROL SEQUENCE INTRODUCER"]),
    ("soft\u{AD}hyphen", ["U+00AD SOFT HYPHEN"]),
    ("\u{2066}x\u{2069}\u{2066}", ["U+2066 LEFT-TO-RIGHT ISOLATE", "U+2069 POP DIRECTIONAL ISOLATE"]),
    ("\u{3164}", ["U+3164 HANGUL FILLER"]), ("tag\u{E0041}", ["U+E0041 TAG LATIN CAPITAL LETTER A"]),
    ("\u{645}\u{6CC}\u{200C}", ["U+200C ZERO WIDTH NON-JOINER"]),
    ("\u{645}\u{6CC}\u{200C}x", ["U+200C ZERO WIDTH NON-JOINER"]),
    ("\u{645}\u{200C}\u{200C}\u{6CC}", ["U+200C ZERO WIDTH NON-JOINER"]),
    ("x\u{200C}\u{6CC}", ["U+200C ZERO WIDTH NON-JOINER"]),
    ("A\u{200D}B", ["U+200D ZERO WIDTH JOINER"]),
    ("\u{2028}", ["U+2028 LINE SEPARATOR"]), ("a\u{1}b", ["U+0001 CONTROL CHARACTER"]),
    ("tab\tstop\u{7F}", ["U+0009 TABULATION", "U+007F DELETE"]),
    ("a\u{378}b\u{E0080}", ["U+0378 UNASSIGNED", "U+E0080 UNASSIGNED"]), ("\u{FFFE}", ["U+FFFE UNASSIGNED"]),
    ("x\u{FE0F}", ["U+FE0F VARIATION SELECTOR-16"]),
    ("\u{115F}\u{34F}", ["U+115F HANGUL CHOSEONG FILLER", "U+034F COMBINING GRAPHEME JOINER"]),
  ])
  func whatIsHiddenIsCalledByItsName(text: String, names: [String]) {
    #expect(HiddenCharacters.are(in: text))
    #expect(HiddenCharacters(in: text).names == names)
  }

  @Test func whatIsHiddenIsReplacedButForWhatIsKept() {
    let family = "👩‍👩‍👧‍👦 ❤️ 葛\u{E0100}"
    #expect(
      HiddenCharacters.replaced(in: "a\u{200D}b\n\(family)\u{E0041}", keeping: ["\n"])
        == "a\u{FFFD}b\n\(family)\u{FFFD}")
    #expect(HiddenCharacters.replaced(in: "a\r\nb", keeping: ["\n"]) == "a\u{FFFD}\nb")
    #expect(HiddenCharacters.replaced(in: family) == family)
  }

  /// The fast check by scalar value agrees with Unicode's own data.
  @Test func whatIsHarmfulFollowsUnicode() {
    var differences: [String] = []
    for value in UInt32(0)..<0x110000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isHarmful =
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
        default: scalar.properties.isDefaultIgnorableCodePoint
        }
      if scalar.isHarmful != isHarmful { differences.append(String(value, radix: 16)) }
    }
    #expect(differences == [])
  }

  @Test func whatIsHiddenIsASignOnTheScreen() {
    for value in Array(UInt32(0)..<0x3000) + Array(0xE0000..<0xE0200) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "x\(scalar)y"
      guard HiddenCharacters.are(in: text) else { continue }
      let shown = TextWidth.builtIn.cells(of: text).map(\.text).joined()
      #expect(!shown.unicodeScalars.contains(scalar), "U+\(String(value, radix: 16))")
    }
  }
}
