import Testing

@testable import CloudViewModels

/// Which terms the text of a filter is split into.
@Suite struct FilterParserTests {
  private static let vocabulary = FilterVocabulary(
    ResourceNames(singular: "person", plural: "people", title: "People"),
    [
      ColumnHeader(id: "name", title: "NAME", kind: .name, leaves: 0),
      ColumnHeader(id: "email", title: "E-MAIL", kind: .email, leaves: 0),
      ColumnHeader(id: "company", title: "COMPANY", kind: .text, leaves: 0),
      ColumnHeader(id: "clouds", title: "CLOUDS", kind: .number, leaves: 0),
      ColumnHeader(id: "admin_of", title: "ADMIN OF", kind: .number, leaves: 0),
      ColumnHeader(id: "role", title: "ROLE", kind: .role, leaves: 0),
      ColumnHeader(id: "size", title: "SIZE", kind: .bytes, leaves: 0),
      ColumnHeader(id: "since", title: "SINCE", kind: .date, leaves: 0),
    ])

  /// The terms, each in brackets: words as they are, `not` before what is excluded, a question mark for unknown columns.
  private func terms(_ text: String) -> String {
    FilterParser(text, Self.vocabulary).terms.map { term in
      let sign = term.isExcluded ? "not " : ""
      switch term.content {
      case .word(let word): return "[\(sign)\(word)]"
      case .comparison(let name, let column, let comparison, let value, _):
        let name = column.map { Self.vocabulary.columns[$0].id } ?? "?\(name)"
        return "[\(sign)\(name)|\(comparison.rawValue)|\(value)]"
      }
    }.joined()
  }

  @Test(arguments: [
    ("", ""), ("   ", ""), ("ada paul", "[ada][paul]"), ("\tada\u{A0}paul\u{3000}x\n", "[ada][paul][x]"),
    ("Ørjan 日本 👩‍👩‍👧", "[Ørjan][日本][👩‍👩‍👧]"), ("a+b@x.example", "[a+b@x.example]"),
    ("https://x.example/?q=1", "[https://x.example/?q=1]"), ("a1=b", "[a1=b]"), ("x.y>3", "[x.y>3]"),
  ])
  func wordsAreSeparatedByBlanks(text: String, expected: String) {
    #expect(terms(text) == expected)
  }

  @Test(arguments: [
    ("-word", "[not word]"), ("!word", "[not word]"), ("a -b !c d", "[a][not b][not c][d]"),
    // A sign stands at the beginning of a word, is ASCII, and has no blank behind it.
    ("lot b – f", "[lot][b][–][f]"), ("lot b - f", "[lot][b][-][f]"), ("–f −f ！f", "[–f][−f][！f]"),
    ("a-b a!b wow!", "[a-b][a!b][wow!]"), ("- !", "[-][!]"), ("-- !! -!-", "[--][!!][-!-]"),
    ("--word", "[not -word]"), ("-", "[-]"), ("a -", "[a][-]"), (#"\-word \!word"#, "[-word][!word]"),
    ("-role=admin", "[not role|=|admin]"), ("!size>1GB x", "[not size|>|1GB x]"),
    (#"-"a b" !"c=d""#, "[not a b][not c=d]"), ("- role=admin", "[-][role|=|admin]"),
  ])
  func aSignGluedToATermExcludesIt(text: String, expected: String) {
    #expect(terms(text) == expected)
  }

  @Test(arguments: [
    ("role=admin", "[role|=|admin]"), ("Role=Admin", "[role|=|Admin]"), ("role!=admin", "[role|!=|admin]"),
    ("clouds<3", "[clouds|<|3]"), ("clouds<=3", "[clouds|<=|3]"), ("clouds>3", "[clouds|>|3]"),
    ("clouds>=3", "[clouds|>=|3]"), ("company==x", "[company|=|=x]"), ("clouds<>3", "[clouds|<|>3]"),
    ("clouds=>3", "[clouds|=|>3]"), ("name=a=b", "[name|=|a=b]"), ("name=-x", "[name|=|-x]"),
    ("name=!x", "[name|=|!x]"), ("clouds>-3", "[clouds|>|-3]"),
    // A value goes on up to the next comparison, the next exclusion or the end.
    ("company=ACME Corp", "[company|=|ACME Corp]"), ("company= ACME   Corp ", "[company|=|ACME Corp]"),
    ("company=ACME Corp role=admin", "[company|=|ACME Corp][role|=|admin]"),
    ("company=ACME - Corp", "[company|=|ACME - Corp]"), ("company=ACME Corp -ltd", "[company|=|ACME Corp][not ltd]"),
    ("company=A !b c", "[company|=|A][not b][c]"), ("size>1.5 GB name=x", "[size|>|1.5 GB][name|=|x]"),
    ("ada company=A", "[ada][company|=|A]"),
    (
      "role=admin company=ACME Corp clouds>3 size>100GB since<2024",
      "[role|=|admin][company|=|ACME Corp][clouds|>|3][size|>|100GB][since|<|2024]"
    ),
    // Blanks around the operator.
    ("role = admin", "[role|=|admin]"), ("size > 1 GB", "[size|>|1 GB]"), ("size >1GB", "[size|>|1GB]"),
    ("ada role =admin", "[ada][role|=|admin]"), ("company=A size  >=  1GB", "[company|=|A][size|>=|1GB]"),
    // Other spellings of a column.
    ("admin_of>3", "[admin_of|>|3]"), ("admin of>3", "[admin_of|>|3]"), ("Admin-Of > 3", "[admin_of|>|3]"),
    ("adminof=1", "[admin_of|=|1]"), ("e-mail=a@b", "[email|=|a@b]"), ("x admin of=1", "[x][admin_of|=|1]"),
    ("Rôle=admin", "[role|=|admin]"), ("ＲＯＬＥ=admin", "[role|=|admin]"), ("ro\u{200B}le=x", "[role|=|x]"),
  ])
  func aColumnAnOperatorAndAValueAreAComparison(text: String, expected: String) {
    #expect(terms(text) == expected)
  }

  @Test(arguments: [
    ("rol=admin", "[?rol|=|admin]"), ("company=ACME rol=admin", "[company|=|ACME][?rol|=|admin]"),
    ("größe>5", "[?größe|>|5]"), ("abcd==", "[?abcd|=|=]"),
    // What could be no column is a word.
    ("foo = bar", "[foo][=][bar]"), ("a-b=c", "[a-b=c]"), ("role-=x", "[role-=x]"), ("3>2", "[3>2]"),
    ("=x", "[=x]"), (">5", "[>5]"), ("!=x", "[!=x]"), ("=", "[=]"), ("!=", "[!=]"), ("<= >=", "[<=][>=]"),
    ("<ada@x.example>", "[<ada@x.example>]"), ("na me=x", "[na][?me|=|x]"), ("role＝admin", "[role＝admin]"),
    ("rolex=x", "[?rolex|=|x]"), ("рôle=x", "[?рôle|=|x]"),
  ])
  func aNameThatNoColumnHasIsToldFromAWord(text: String, expected: String) {
    #expect(terms(text) == expected)
  }

  @Test(arguments: [
    (#""ada lovelace""#, "[ada lovelace]"), (#""a=b" c"#, "[a=b][c]"), (#""role=admin""#, "[role=admin]"),
    (#""-x" "!y""#, "[-x][!y]"), (#"company="ACME -Corp" -x"#, "[company|=|ACME -Corp][not x]"),
    (#"company="A role=b" role=c"#, "[company|=|A role=b][role|=|c]"), (#"company="A" B"#, "[company|=|A B]"),
    (#"company=A "b=c" d"#, "[company|=|A b=c d]"), (#"company = "x y""#, "[company|=|x y]"),
    // A quote begins only where a word begins, and what is never closed goes to the end.
    (#"5" pipe"#, #"[5"][pipe]"#), (#"O"Brien x"#, #"[O"Brien][x]"#), (#""ada role=admin"#, "[ada role=admin]"),
    (#""""#, "[]"), (#"""#, "[]"), (#"company="""#, "[company|=|]"), (#""a"b c"#, "[ab][c]"),
    (#""say \"hi\"" x"#, #"[say "hi"][x]"#), (#"\"a b\""#, #"["a][b"]"#),
    (#"a\=b"#, "[a=b]"), (#"role\=admin"#, "[role=admin]"), (#"company=A role\=x"#, "[company|=|A role=x]"),
    (#"\\server\share C:\x"#, #"[\\server\share][C:\x]"#), (#"a\"#, #"[a\]"#),
  ])
  func quotesKeepTogetherAndMakeText(text: String, expected: String) {
    #expect(terms(text) == expected)
  }

  @Test func controlCharactersArePartsOfWords() {
    #expect(terms("a\0b \u{1B}[31m role=\u{7}x") == "[a\0b][\u{1B}[31m][role|=|\u{7}x]")
    #expect(terms("a\r\nb\u{85}c\u{2028}d") == "[a][b][c][d]")
  }

  @Test(arguments: [
    ("role=", true), ("role=a", true), ("role=admin ", true), ("ada", true), ("ada ", false), ("-a", true),
    (#"company="A B"#, true), (#"company="A B""#, false), (#""a b""#, false), (#""a b"c"#, true),
  ])
  func theLastTermIsOpenUntilABlankOrAQuoteClosesIt(text: String, isOpen: Bool) {
    #expect(FilterParser(text, Self.vocabulary).terms.last?.isOpen == isOpen)
  }

  @Test(arguments: [
    ("ro", "le"), ("-ro", "le"), ("ada !ro", "le"), ("RO", "le"), ("s", "i"), ("si", nil), ("siz", "e"), ("", nil),
    ("role", nil),
    ("ro ", nil), ("x", nil), ("-", nil), ("role=ad", nil), ("admin", "_of"), ("c", nil), ("co", "mpany"),
  ])
  func tabCompletesWhatIsSureOfAName(text: String, rest: String?) {
    #expect(Self.vocabulary.completion(ofLastWordIn: text) == rest)
  }

  @Test func aColumnIsFoundByItsNameBeforeATitle() {
    let vocabulary = FilterVocabulary(
      ResourceNames(singular: "x", plural: "x", title: "X"),
      [
        ColumnHeader(id: "a", title: "B", kind: .text, leaves: 0),
        ColumnHeader(id: "b", title: "C", kind: .text, leaves: 0),
      ])
    #expect(vocabulary.column(named: "b") == 1)
    #expect(vocabulary.column(named: "c") == 1)
    #expect(vocabulary.column(named: "A") == 0)
  }
}
