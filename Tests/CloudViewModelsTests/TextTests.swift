import CloudViewModels
import Testing

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
    ("Weiß", "weis"), ("東京駅", "東京駅"), ("İsmail", "ismail"), ("Nguyệt", "nguyet"), ("e\u{301}tage", "etage"),
  ])
  func caseAndAccentsFallAway(text: String, folded: String) {
    #expect(SearchFold.fold(text) == folded)
  }

  @Test(arguments: ["İstanbul", "ﬁn", "ŉ", "Straße", "👩‍👩‍👧 x", "ΌΣΟΣ", "e\u{301}\u{301}", "\r\n"])
  func aCharacterStaysOneCharacter(text: String) {
    #expect(SearchFold.fold(text).count == text.count)
  }
}

@Suite struct TextFilterTests {
  @Test func wordsMatchInAnyOrderWhateverTheirCaseAndAccents() {
    let text = SearchFold.fold("Ørjan Ødegård orjan@facade.example Façade Systèmes")
    #expect(TextFilter("FACADE orj").matches(folded: text))
    #expect(TextFilter("øde systemes").matches(folded: text))
    #expect(!TextFilter("orjan nobody").matches(folded: text))
  }

  @Test func blanksAloneAreNoFilter() {
    #expect(TextFilter("   ").isEmpty)
    #expect(TextFilter("   ").matches(folded: "anything"))
    #expect(TextFilter("").matches(in: "anything") == [])
  }

  @Test func matchesAreMarkedAtTheirPlacesInTheText() {
    #expect(TextFilter("ode").matches(in: "Ørjan Ødegård") == [6..<9])
    #expect(TextFilter("tower hau").matches(in: "Haussmann Tower") == [0..<3, 10..<15])
    // Words that overlap make one mark.
    #expect(TextFilter("haus ussm").matches(in: "Haussmann") == [0..<6])
    #expect(TextFilter("aa").matches(in: "aaa") == [0..<3])
    #expect(TextFilter("toolong").matches(in: "too") == [])
  }
}

@Suite struct CountTests {
  @Test func aNumberHasItsNounAndAnUnknownOneAQuestionMark() {
    #expect(Count.text(1, "user", "users") == "1 user")
    #expect(Count.text(0, "user", "users") == "0 users")
    #expect(Count.text(nil, "user", "users") == "? users")
  }
}
