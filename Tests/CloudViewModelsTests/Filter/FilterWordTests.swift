import CloudAPI
import FoundationEssentials
import Testing

@testable import CloudViewModels

/// Which records the words of a filter match.
@Suite struct FilterWordTests {
  private func matches(_ text: String, _ user: User, isTyping: Bool = false) -> Bool? {
    let filter = Filter(text, Resource.users.vocabulary, isTyping: isTyping)
    let columns = Resource.users.everyColumn
    return FilterMatcher(filter, columns: columns, searched: Resource.users.searchedColumns)
      .matches(user, RowContext())
  }

  private let orjan = User(
    id: 1234, email: "orjan@facade.example", company: "Façade Systèmes", firstName: "Ørjan", lastName: "Ødegård",
    createdAt: Date(timeIntervalSince1970: 1_552_000_000), cloudRole: .admin)

  @Test func wordsMatchInAnyOrderWhateverTheirCaseAndAccents() {
    #expect(matches("FACADE orj", orjan) == true)
    #expect(matches("øde systemes", orjan) == true)
    #expect(matches("orjan nobody", orjan) == false)
  }

  @Test(arguments: ["admin", "ADMIN", "mar", "2019", "\"mar 2019\"", "mar 2019 admin facade", "ødegård @facade"])
  func wordsLookAtEveryColumnAsItIsWritten(text: String) {
    #expect(matches(text, orjan) == true)
    #expect(
      matches("-" + text.replacing(" ", with: " -").replacing("\"mar -2019\"", with: "\"mar 2019\""), orjan) == false)
  }

  @Test(arguments: ["user", "2018", "mars", "—", "\"2019 admin\"", "100", "\"systemes orjan\""])
  func wordsMatchNothingElse(text: String) {
    #expect(matches(text, orjan) == false)
    #expect(matches("-\"\(text.replacing("\"", with: ""))\"", orjan) == true)
  }

  @Test func idsMatchAsAWholeAndWhileTypedByTheirBeginning() {
    #expect(matches("1234", orjan) == true)
    for part in ["123", "23", "234", "12345"] { #expect(matches(part, orjan) == false) }
    #expect(matches("12", orjan, isTyping: true) == true)
    #expect(matches("12 ", orjan, isTyping: true) == false)
    #expect(matches("23", orjan, isTyping: true) == false)
    #expect(matches("-1234", orjan) == false)
    #expect(matches("id=1234", orjan) == true)
    #expect(matches("id=123", orjan) == false)
    let named = User(id: User.ID(rawValue: "AB-cd"), firstName: "x")
    #expect(matches("ab-CD", named) == true)
    #expect(matches("ab", named) == false)
  }

  @Test(arguments: ["a\u{3000}b", "a\u{A0}b", "b\u{202F}a", "b\ta"])
  func everyBlankSeparatesWords(text: String) {
    #expect(matches(text, User(id: 1, firstName: "xa yb")) == true)
    #expect(matches("xa yb", User(id: 1, firstName: "xa\u{A0}yb")) == true)
    #expect(matches(text, User(id: 1, firstName: "a")) == false)
  }

  @Test func quotedBlanksAreKept() {
    #expect(matches("\"ada l\"", User(id: 1, firstName: "Ada", lastName: "Lovelace")) == true)
    #expect(matches("\"l ada\"", User(id: 1, firstName: "Ada", lastName: "Lovelace")) == false)
    #expect(matches("\"a\nb\"", User(id: 1, email: "b", firstName: "a")) == false)
    #expect(matches("\"a=b\"", User(id: 1, firstName: "xa=by")) == true)
  }

  @Test func vowelSignsAreNoAccents() {
    #expect(matches("का", User(id: 1, firstName: "कि क")) == false)
    #expect(matches("का", User(id: 1, firstName: "काम")) == true)
    #expect(matches("กี", User(id: 1, firstName: "กา")) == false)
  }

  @Test(arguments: ["   ", "", "\u{200B}", "\"\"", "-\"\""]) func whatSaysNothingHidesNothing(text: String) {
    let filter = Filter(text, Resource.users.vocabulary)
    #expect(filter.showsAll && filter.problems.isEmpty)
    #expect(matches(text, orjan) == true)
    #expect(filter.matches(in: "anything") == [])
  }

  @Test func controlCharactersMatchThemselves() {
    #expect(matches("a\0b", User(id: 1, firstName: "xa\0b")) == true)
    #expect(matches("a\0b", User(id: 1, firstName: "ab")) == false)
  }

  @Test func missingIDsAreNotSearched() {
    let user = User(id: User.ID(rawValue: "\0" + "7"), firstName: "x")
    #expect(matches("7", user) == false)
    #expect(matches("\0" + "7", user) == false)
  }

  @Test func matchesAreMarkedAtTheirPlacesInTheText() {
    func places(_ text: String, _ shown: String) -> [Range<Int>] {
      Filter(text, Resource.users.vocabulary).matches(in: shown)
    }
    #expect(places("ode", "Ørjan Ødegård") == [6..<9])
    #expect(places("tower hau", "Haussmann Tower") == [0..<3, 10..<15])
    // Overlapping words are highlighted as one range.
    #expect(places("haus ussm", "Haussmann") == [0..<6])
    #expect(places("aa", "aaa") == [0..<3])
    #expect(places("toolong", "too") == [])
    // A character that folds to two letters is highlighted as a whole; one that folds to none is not highlighted.
    #expect(places("oeuv", "l’Œuvre") == [2..<5])
    #expect(places("s", "aß b") == [1..<2])
    #expect(places("कि", "का कि") == [2..<3])
    #expect(places("l'a", "L’Alma") == [0..<3])
    // Neither what is excluded nor what is compared is highlighted.
    #expect(places("-tower name=haussmann", "Haussmann Tower") == [])
    #expect(places("\"mann t\"", "Haussmann Tower") == [5..<11])
  }
}
