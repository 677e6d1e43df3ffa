import CloudViewModels
import Testing

/// Tests of addresses in pasted text.
@Suite struct EmailListTests {
  @Test(arguments: [
    ("ada@x.org", ["ada@x.org"]), ("a@x.org, b@x.org;c@x.org  d@x.org\n\ne@x.org", letters("abcde")),
    ("a@x.org\r\nb@x.org\r\n", letters("ab")), ("a@x.org\u{A0}b@x.org", letters("ab")),
    ("a@x.org A@X.org a@x.org", ["a@x.org"]), ("", []), (" ,; \n", []), ("o'brien@x.org", ["o'brien@x.org"]),
    ("Ada Lovelace <a@x.org>", letters("a")), ("<a@x.org>", letters("a")), ("< a@x.org >", letters("a")),
    ("\"Lovelace, Ada; \\o/ <me>\" <a@x.org>, b@x.org", letters("ab")), ("'a@x.org' <a@x.org>", letters("a")),
    ("a@x.org <A@x.org>", ["A@x.org"]), ("\"old@x.org\" <a@x.org>", letters("a")),
    ("Ada <a@x.org> Bob <b@x.org> c@x.org", letters("abc")), ("Ada<a@x.org>;Bob<b@x.org>", letters("ab")),
    ("\"a b\"@x.org c@x.org", ["\"a b\"@x.org", "c@x.org"]), ("\"a@x.org\nb@x.org", ["\"a@x.org", "b@x.org"]),
  ])
  func theyAreTakenOutOfWhatStandsAroundThem(text: String, addresses: [String]) {
    #expect(EmailList.addresses(in: text) == addresses)
  }

  @Test(arguments: [
    ("Ada Lovelace", ["Ada", "Lovelace"]), ("b@x.org Ada <a@x.org>", ["b@x.org Ada <a@x.org>"]),
    ("Ada <a@x.org", ["Ada <a@x.org"]), ("Ada <>, b@x.org", ["Ada <>", "b@x.org"]), ("Ada <a b>", ["a b"]),
    ("a@x.org>", ["a@x.org>"]), ("# team", ["#", "team"]),
  ])
  func whatIsNoneStaysToBeShown(text: String, entries: [String]) {
    #expect(EmailList.addresses(in: text) == entries)
    #expect(!entries.filter { $0 != "b@x.org" }.contains(where: EmailList.isAddress))
  }

  @Test(arguments: [
    "a@x.org", "o'brien@x.example", "a+b@x.co.uk", "é@x.org", "\"a b\"@x.org",
  ])
  func anAddressHasOneAtAndADomainOfParts(text: String) {
    #expect(EmailList.isAddress(text))
  }

  @Test(arguments: [
    "", "a", "a@", "@x.org", "a@x", "a@.org", "a@x.", "a@b@x.org", "a b@x.org", "<a@x.org>", "mailto:a@x.org",
    "a@x.org\u{200B}", "a\u{1B}@x.org", "(a)@x.org", "a@[127.0.0.1]", "a\"b@x.org",
  ])
  func allElseIsNone(text: String) {
    #expect(!EmailList.isAddress(text))
  }

  private static func letters(_ letters: String) -> [String] {
    letters.map { "\($0)@x.org" }
  }
}
