import CloudChanges
import Testing

@testable import CloudViewModels

@Suite struct ByteTextTests {
  @Test(arguments: [
    (0, "0 Bytes"), (1, "1 Bytes"), (1023, "1023 Bytes"), (1024, "1 KB"), (1536, "1.5 KB"), (10_240, "10 KB"),
    (10_752, "11 KB"), (1_048_575, "1 MB"), (1_048_576, "1 MB"), (1_073_741_824, "1 GB"), (549_755_813_888, "512 GB"),
    (1_099_511_627_775, "1 TB"), (1_319_413_953_331, "1.2 TB"), (Int64.max, "8388608 TB"), (-1536, "-1.5 KB"),
  ])
  func sizesAreWrittenAsTheWebPlatformWritesThem(bytes: Int64, text: String) {
    #expect(ByteText.format(bytes) == text)
  }
}

@Suite struct SearchFoldTests {
  @Test(arguments: [
    ("Ørjan Ødegård", "orjan odegard"), ("ŠÁRKA", "sarka"), ("façade", "facade"), ("Zürich", "zurich"),
    ("東京駅", "東京駅"), ("İsmail", "ismail"), ("ISPARTA ısparta", "isparta isparta"), ("Nguyệt", "nguyet"),
    ("e\u{301}tage", "etage"), ("e\u{301}\u{308}", "e"), ("Ёлка Їжак", "елка іжак"),
    ("Άγιος ΑΓΙΟΣ ᾠδή", "αγιοσ αγιοσ ωδη"),
    ("שָׁלוֹם", "שלום"), ("مُحَمَّد أحمد آمنة", "محمد احمد امنة"), ("محمـــد", "محمد"),
    ("Łódź Đà Nẵng Ħal", "lodz da nang hal"),
  ])
  func caseAndAccentsFallAway(text: String, folded: String) {
    #expect(SearchFold.fold(text) == folded)
  }

  @Test(arguments: [
    ("L’Alma ‘x’ ʼn", "l'alma 'x' 'n"), ("« Œuvre » “Æther”", "\" oeuvre \" \"aether\""),
    ("Straße GROẞ", "strasse gross"),
    ("a–b—c‐d−e‑f", "a-b-c-d-e-f"), ("Ｔｏｋｙｏ　１２", "tokyo 12"), ("Jean\u{A0}Dupont\u{202F}!", "jean dupont !"),
    ("ﬁn ﬃ ĳ ŉ", "fin ffi ij 'n"), ("so\u{AD}ft\u{200B}er\u{FEFF}", "softer"), ("µ ſ ς", "μ s σ"), ("Þór", "thor"),
  ])
  func whatPeopleTypeFindsWhatIsWritten(text: String, folded: String) {
    #expect(SearchFold.fold(text) == folded)
  }

  @Test(arguments: ["का", "कि", "क", "กำ", "กี่", "বাংলা", "தமிழ்", "မြန်မာ", "ខ្មែរ", "が", "ぱ", "한글", "👩‍👩‍👧"])
  func signsThatMakeAnotherWordStay(text: String) {
    #expect(SearchFold.fold(text) == text)
  }

  @Test(arguments: [
    ("\u{1112}\u{1161}\u{11AB}", "한"), ("か\u{3099}", "が"), ("\u{958}", "\u{915}\u{93C}"), ("\u{9C7}\u{9BE}", "\u{9CB}"),
  ])
  func aSyllableIsTheSameHoweverItIsWritten(text: String, folded: String) {
    #expect(Array(SearchFold.fold(text).unicodeScalars) == Array(folded.unicodeScalars))
  }

  @Test func everyScalarFoldsTheSameTheShortWay() {
    // A scalar that the fast path doesn't cover makes the whole text take the slow path.
    for number in UInt32(0x80)...0x2FFF {
      guard let scalar = Unicode.Scalar(number) else { continue }
      let text = String(scalar)
      #expect(SearchFold.fold(SearchFold.fold(text)) == SearchFold.fold(text), "U+\(String(number, radix: 16))")
      #expect(
        Array((SearchFold.fold(text) + "\u{10348}").utf8) == Array(SearchFold.fold(text + "\u{10348}").utf8),
        "U+\(String(number, radix: 16))")
    }
  }
}

@Suite struct NaturalOrderTests {
  @Test func numbersInNamesComeByTheirValue() {
    let names = [
      "etage", "etage -1", "etage 0", "etage 2", "etage 2b", "etage 10", "etage 11", "etage 100 a", "etage x",
      "etages 1",
    ]
    #expect(names.shuffled().sorted { NaturalOrder.key(of: $0) < NaturalOrder.key(of: $1) } == names)
    let long = [
      "a 9", "a 99999999999999999999998", "a 99999999999999999999999", "a 1" + String(repeating: "0", count: 900),
    ]
    #expect(long.reversed().sorted { NaturalOrder.key(of: $0) < NaturalOrder.key(of: $1) } == long)
  }

  @Test func zerosBeforeANumberMakeNoOther() {
    #expect(NaturalOrder.key(of: "etage 007") == NaturalOrder.key(of: "etage 7"))
    #expect(NaturalOrder.key(of: "etage") == "etage")
  }
}

@Suite struct CountTests {
  @Test func aNumberHasItsNounAndAnUnknownOneAQuestionMark() {
    #expect(Count.text(1, "user", "users") == "1 user")
    #expect(Count.text(0, "user", "users") == "0 users")
    #expect(Count.text(nil, "user", "users") == "? users")
  }
}
