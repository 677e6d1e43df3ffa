import CloudAPI
import CloudChanges
import FoundationEssentials
import TestSupport
import Testing

@testable import CloudViewModels

/// Which values fit a comparison.
@Suite struct FilterComparisonTests {
  private static let kinds: [(String, ColumnKind)] = [
    ("name", .name), ("size", .bytes), ("since", .date), ("role", .role), ("clouds", .number), ("quota", .percent),
    ("default", .flag), ("parents", .references), ("state", .state), ("id", .id),
  ]
  private static let vocabulary = FilterVocabulary(
    ResourceNames(singular: "row", plural: "rows", title: "Rows"),
    kinds.map { ColumnHeader(id: $0.0, title: $0.0.uppercased(), kind: $0.1, leaves: 0) })

  /// Whether a value fits the only comparison of a filter; `nil` if that is unknown.
  private func holds(_ text: String, _ value: FieldValue, isTyping: Bool = false) throws -> Bool? {
    let filter = Filter(text, Self.vocabulary, isTyping: isTyping)
    #expect(filter.problems.isEmpty, "\(text): \(filter.problems)")
    return try #require(filter.comparisons.first, "\(text)").holds(for: value)
  }

  private func size(_ bytes: Int64?) -> FieldValue { .bytes(.loaded(CloudSize(bytes: bytes))) }

  private func date(_ text: String) throws -> FieldValue {
    .date(try #require(try? Date(text, strategy: .iso8601)))
  }

  /// Checks that exactly one of less, equal and greater is true, and that the other operators follow from it.
  private func check(
    _ column: String, _ written: String, _ value: FieldValue, is order: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for (comparison, expected) in [
      ("=", order == 0), ("!=", order != 0), ("<", order < 0), ("<=", order <= 0), (">", order > 0), (">=", order >= 0),
    ] {
      let text = column + comparison + written
      #expect(try holds(text, value) == expected, "\(text), \(value)", sourceLocation: sourceLocation)
      #expect(try holds("-" + text, value) == !expected, "-\(text), \(value)", sourceLocation: sourceLocation)
    }
  }

  private static let megabyte: Int64 = 1 << 20
  private static let gigabyte: Int64 = 1 << 30

  @Test(arguments: [
    ("1GB", gigabyte, 0), ("1 gb", gigabyte, 0), ("1.0 GB", gigabyte, 0), ("1g", gigabyte, 0), ("1GiB", gigabyte, 0),
    // As it is shown: 1 GB goes from 1023.5 MB to less than 1.05 GB.
    ("1GB", 1_073_217_536, 0), ("1GB", 1_073_217_535, -1), ("1GB", 1_127_428_915, 0), ("1GB", 1_127_428_916, 1),
    ("1GB", gigabyte * 12 / 10, 1), ("1.2TB", 1_319_413_953_331, 0), ("1.2TB", 1_374_389_534_719, 0),
    ("1.2TB", 1_374_389_534_720, 1), ("1.2TB", 1_264_438_371_000, -1), ("10GB", gigabyte * 995 / 100 + 1, 0),
    ("10GB", gigabyte * 96 / 10, -1), ("10GB", gigabyte * 104 / 10, 0), ("10GB", gigabyte * 105 / 10, 1),
    // More digits than are shown are more precise.
    ("1024MB", gigabyte, 0), ("1024MB", gigabyte + megabyte, 1), ("1.25GB", gigabyte * 5 / 4, 0),
    ("1.25GB", gigabyte * 126 / 100, 1), ("12.5GB", gigabyte * 25 / 2, 0), ("12.5GB", gigabyte * 126 / 10, 1),
    ("1.00GB", gigabyte * 104 / 100, 1), ("0.5GB", 512 * megabyte, 0), ("0.5GB", 600 * megabyte, 1),
    ("0", 0, 0), ("0GB", 0, 0), ("0GB", 1, 1), ("1023", 1_023, 0), ("1024", 1_023, -1), ("1 byte", 1, 0),
    ("500 Bytes", 500, 0), ("9999999TB", .max, -1), ("100GB", 99 * gigabyte, -1), ("100GB", 101 * gigabyte, 1),
  ])
  func sizesAreComparedAsTheyAreShown(written: String, bytes: Int64, order: Int) throws {
    try check("size", written, size(bytes), is: order)
  }

  @Test func eachSizeIsEqualToWhatIsShownOfIt() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<3_000 {
      let bytes = Int64.random(in: 0...(1 << Int64.random(in: 0...60, using: &random)), using: &random)
      let shown = ByteText.format(bytes)
      try check("size", shown, size(bytes), is: 0)
      try check("size", shown.lowercased().filter { $0 != " " }, size(bytes), is: 0)
    }
  }

  @Test(arguments: [
    ("2024", "2023-12-31T23:59:59Z", -1), ("2024", "2024-01-01T00:00:00Z", 0), ("2024", "2024-12-31T23:59:59Z", 0),
    ("2024", "2025-01-01T00:00:00Z", 1), ("2024-03", "2024-03-31T23:59:59Z", 0), ("2024-03", "2024-04-01T00:00:00Z", 1),
    ("2024-12", "2024-12-31T23:59:59Z", 0), ("2024-12", "2025-01-01T00:00:00Z", 1),
    ("2024-02-29", "2024-02-29T12:00:00Z", 0), ("2024-03-05", "2024-03-04T23:59:59Z", -1),
    ("2024-03-05", "2024-03-06T00:00:00Z", 1), ("2024-03-05T13:04", "2024-03-05T13:04:59Z", 0),
    ("2024-03-05 13:04", "2024-03-05T13:05:00Z", 1), ("2024-03-05T13:04:35Z", "2024-03-05T13:04:35Z", 0),
    ("2024-03-05t13:04:35", "2024-03-05T13:04:36Z", 1), ("Mar 2024", "2024-03-01T00:00:00Z", 0),
    ("dec 2024", "2025-01-01T00:00:00Z", 1), ("9999", "9999-12-31T23:59:59Z", 0), ("0001", "2024-01-01T00:00:00Z", 1),
  ])
  func datesAreComparedAsPreciselyAsTheyAreWritten(written: String, value: String, order: Int) throws {
    try check("since", written, date(value), is: order)
  }

  @Test(arguments: [
    ("admin", Role.admin, 0), ("ADMIN", .admin, 0), ("100", .admin, 0), ("user", .admin, 1), ("admin", .user, -1),
    ("guest", .guest, 0), ("role 70", Role(rawValue: 70), 0), ("Role  70", Role(rawValue: 70), 0),
    ("70", Role(rawValue: 70), 0), ("user", Role(rawValue: 70), 1),
  ])
  func rolesAreComparedByTheirNumbers(written: String, role: Role, order: Int) throws {
    try check("role", written, .role(role), is: order)
  }

  @Test(arguments: [
    ("3", 3, 0), ("3", 4, 1), ("3", 2, -1), ("+3", 3, 0), ("-1", 0, 1), ("2.5", 3, 1), ("2.5", 2, -1), ("0", 0, 0),
    ("3.0", 3, 0), ("007", 7, 0), ("99999999999999999999999999", 3, -1),
  ])
  func numbersAreComparedByValue(written: String, number: Int, order: Int) throws {
    try check("clouds", written, .number(number), is: order)
  }

  @Test(arguments: [
    ("78", 0.7899, 0), ("78 %", 0.78, 0), ("78%", 0.7799, -1), ("80", 0.79999, -1), ("80", 0.8, 0), ("80", 0.81, 1),
    ("78.9", 0.7899, 0), ("0", 0.001, 0), ("100", 0.999, -1), ("100", 1.0, 0), ("full", 1.0, 0), ("Full", 0.99, -1),
  ])
  func sharesAreComparedAsTheyAreShown(written: String, share: Double, order: Int) throws {
    let quota = Quota(capacity: 1_000_000)
    let size = CloudSize(bytes: Int64((share * 1_000_000).rounded()), quota: quota)
    try check("quota", written, .usage(.loaded(size)), is: order)
  }

  @Test(arguments: [
    ("ada lovelace", "Ada  Lovelace", 0), ("ADA\u{3000}LOVELACE", "Ada Lovelace", 0), ("ada", "Ada Lovelace", 1),
    ("orjan", "Ørjan", 0), ("b", "a", -1), ("a", "b", 1), ("étage 2", "Etage 11", 1), ("zurich", "Zürich", 0),
    ("strasse", "Straße", 0), ("का", "कि", 1), ("日本", "日本", 0),
  ])
  func textIsComparedWholeWithoutCaseAndAccents(written: String, text: String, order: Int) throws {
    try check("name", written, .text(text), is: order)
    try check("name", "\"\(written)\"", .node(prefix: "└ ", name: text), is: order)
  }

  @Test func idsAndStatesAndFlagsAndReferencesAreCompared() throws {
    try check("id", "12", .text("12"), is: 0)
    try check("id", "9", .text("12"), is: 1)
    try check("state", "Member", .text("member"), is: 0)
    try check("default", "yes", .flag(true), is: 0)
    try check("default", "true", .flag(false), is: -1)
    try check("default", "no", .flag(false), is: 0)
    #expect(try holds("parents=gltf", .references(["extract", "gltf"])) == true)
    #expect(try holds("parents=extract, gltf", .references(["extract", "gltf"])) == true)
    #expect(try holds("parents=glt", .references(["extract", "gltf"])) == false)
    #expect(try holds("parents!=svg", .references(["extract", "gltf"])) == true)
  }

  private static let unknown: [(String, FieldValue)] = [
    ("size", .bytes(.waiting)), ("size", .bytes(.failed(CloudAPIError(.notFound, request: "")))),
    ("size", .bytes(.loaded(CloudSize(bytes: nil)))), ("size", .unreadable), ("since", .date(nil)),
    ("since", .unreadable), ("role", .role(nil)), ("clouds", .number(nil)), ("quota", .usage(.waiting)),
    ("quota", .usage(.loaded(CloudSize(bytes: 3)))), ("name", .none), ("name", .text("")), ("name", .unreadable),
    ("default", .flag(nil)), ("parents", .references([])),
  ]

  @Test(arguments: ["=", "!=", "<", "<=", ">", ">="]) func anUnknownValueFitsNothing(comparison: String) throws {
    let written = ["since": "2024", "role": "admin", "default": "yes"]
    for (column, value) in Self.unknown {
      let text = column + comparison + (written[column] ?? "1")
      #expect(try holds(text, value) == nil, "\(text), \(value)")
      #expect(try holds("!" + text, value) == nil, "!\(text), \(value)")
    }
    #expect(try holds("size>1", .bytes(.stale(CloudSize(bytes: 5), CloudAPIError(.notFound, request: "")))) == true)
  }

  @Test func emptyQuotesAskForRowsWithoutAValue() throws {
    for (column, value) in Self.unknown {
      let isKnownToBeMissing =
        switch value {
        case .bytes, .unreadable, .usage(.waiting): false
        default: true
        }
      #expect(try holds(column + #"="""#, value) == (isKnownToBeMissing ? true : nil), "\(column), \(value)")
      #expect(try holds(column + #"!="""#, value) == (isKnownToBeMissing ? false : nil), "\(column), \(value)")
    }
    #expect(try holds(#"name="""#, .text("Ada")) == false)
    #expect(try holds(#"name!="""#, .text("Ada")) == true)
    #expect(try holds(#"role!="""#, .role(.user)) == true)
  }

  @Test(arguments: [
    "size>x", "size>1XB", "size>-1", "size>1.5", "size>1,5GB", "size>1e3", "size>GB", "size>1..5GB", "size=.5GB",
    "since<24", "since<2024-13", "since=2024-02-30", "since=2024-3", "since=2024/03", "since=0000", "since>yesterday",
    "since=2024-03-05T25:00", "since=2024-03-05T13", "since=2024-03T13:04", "since=Foo 2024", "since=٢٠٢٤",
    "role=amdin", "role=admin ada", "role=", "size>", "company=x", "name=", "name>\"\"", "clouds>three", "clouds=3 4",
    "clouds=1/2", "quota>=80 GB", "default=maybe", "clouds=0x10", "clouds=inf", "clouds=nan", "clouds=3.", "clouds=.",
  ])
  func whatCanNotBeReadIsSaidAndHidesNothing(text: String) throws {
    let filter = Filter("ada " + text, Self.vocabulary)
    #expect(filter.problems.count == 1)
    #expect(filter.comparisons.isEmpty && filter.words.count == 1)
    let sentence = try #require(filter.problemText)
    #expect(sentence.hasSuffix(".") && !filter.problems[0].title.isEmpty, "\(sentence)")
    // While it is typed, what is missing may still come; an unknown column stays one, and a number begins with a digit.
    let typed = Filter("ada " + text, Self.vocabulary, isTyping: true)
    let isHopeless =
      text.hasPrefix("company") || text.hasSuffix("\"")
      || ["size>x", "size>GB", "clouds>three", "clouds=inf", "clouds=nan"].contains(text)
    #expect(typed.problems.isEmpty == !isHopeless, "\(typed.problems)")
    let closed = Filter("ada " + text + " -x", Self.vocabulary, isTyping: true)
    #expect(closed.problems.count == 1)
  }

  @Test func problemsNameWhatIsThere() {
    #expect(
      Filter("rol=admin", Self.vocabulary).problemText
        == "Rows have no column \"rol\"; they have name, size, since, role, clouds, quota, default, parents, state, id. "
        + "Quotes make it a word: \"rol=admin\".")
    #expect(
      Filter("size>12x", Self.vocabulary).problemText
        == "In size>12x, \"12x\" is no size: write it as 1.5GB, 200 MB or bytes.")
    #expect(
      Filter("role= since<2024", Self.vocabulary).problemText
        == "There is no value in role=: write admin, user, guest or the API's number, or role=\"\" for rows that have none."
    )
    let long = String(repeating: "x", count: 3_000)
    #expect((Filter("role=\(long)", Self.vocabulary).problemText?.utf8.count ?? .max) < 300)
    #expect((Filter("\(long)=1", Self.vocabulary).problemText?.utf8.count ?? .max) < 400)
  }

  @Test func aVeryLongFilterIsReadQuicklyOrSaidToBeTooLong() {
    let long = Filter(String(repeating: "ab ", count: 1_000), Self.vocabulary)
    #expect(long.words.count == 1 && long.problems.isEmpty)
    let tooLong = Filter(String(repeating: "a b", count: 1_000_000), Self.vocabulary)
    #expect(tooLong.showsAll && tooLong.problems == [.tooLong] && !tooLong.isEmpty)
    let many = Filter((0..<700).map { "w\($0)" }.joined(separator: " "), Self.vocabulary)
    #expect(many.words.count == 700 && many.narrows(many))
  }

  // MARK: Typing

  @Test(arguments: [
    ("role=a", FieldValue.role(.admin), true), ("role=a", .role(.user), false), ("role=10", .role(.admin), true),
    ("since=2", .date(Date(timeIntervalSince1970: 1_700_000_000)), true),
    ("since=2023-1", .date(Date(timeIntervalSince1970: 1_700_000_000)), true),
    ("since=2023-0", .date(Date(timeIntervalSince1970: 1_700_000_000)), false),
    ("since=nov", .date(Date(timeIntervalSince1970: 1_700_000_000)), true),
    ("size=1", .bytes(.loaded(CloudSize(bytes: 1_319_413_953_331))), true),
    ("size=1.2 T", .bytes(.loaded(CloudSize(bytes: 1_319_413_953_331))), true),
    ("size=2", .bytes(.loaded(CloudSize(bytes: 1_319_413_953_331))), false),
    ("size=1024MB", .bytes(.loaded(CloudSize(bytes: 1 << 30))), true),
    ("clouds=1", .number(14), true), ("clouds=1", .number(2), false), ("name=ada l", .text("Ada Lovelace"), true),
    ("name=lo", .text("Ada Lovelace"), false), ("default=y", .flag(true), true), ("state=inv", .text("invited"), true),
    ("quota=7", .usage(.loaded(CloudSize(bytes: 78, quota: Quota(capacity: 100)))), true),
  ])
  func theBeginningOfAValueMatchesWhileItIsTyped(text: String, value: FieldValue, isHeld: Bool) throws {
    #expect(try holds(text, value, isTyping: true) == isHeld)
  }

  @Test(arguments: ["-ad", "!role=us", "role!=us", "role=", "since<20", "size>", "-size>1", "-"])
  func anUnfinishedTermExcludesNothing(text: String) {
    let typed = Filter(text, Self.vocabulary, isTyping: true)
    #expect(typed.comparisons.isEmpty && typed.excluded.isEmpty && typed.problems.isEmpty)
  }

  @Test(arguments: ["role=admin -", "role=admin !", "ada -", "-", "!", "-x -"]) func aSignAloneBeginsAnExclusion(
    text: String
  ) {
    let typed = Filter(text, Self.vocabulary, isTyping: true)
    let before = Filter(String(text.dropLast()), Self.vocabulary, isTyping: true)
    #expect(typed.words == before.words && typed.comparisons == before.comparisons && typed.excluded == before.excluded)
    #expect(typed.text == text)
    // Once it is kept, it is a character as any other.
    #expect(Filter("a -", Self.vocabulary).words.count == 2)
  }

  /// What no further letter can mend is said while it is typed, and hides nothing.
  @Test(arguments: ["size=>1GB", "size==0", "clouds>many", "quota<=half", "clouds=x"])
  func whatCanBecomeNoNumberIsSaidAtOnce(text: String) {
    let filter = Filter(text, Self.vocabulary, isTyping: true)
    #expect(filter.showsAll && filter.problems.count == 1)
  }

  @Test func aTermIsFinishedByTheNextOne() {
    let typed = Filter("-ad -x", Self.vocabulary, isTyping: true)
    #expect(typed.excluded == Filter("-ad", Self.vocabulary).excluded)
    let comparison = Filter("size>1 role=admin since=20", Self.vocabulary, isTyping: true)
    #expect(comparison.comparisons.dropLast() == Filter("size>1 role=admin", Self.vocabulary).comparisons[...])
    #expect(Filter("size>1GB", Self.vocabulary, isTyping: true).comparisons.count == 1)
  }

  @Test(arguments: [
    ("ad", "ada", true), ("ada", "ad", false), ("a b", "ab", false), ("ada", "xada", false), ("", "x", true),
    ("role=a", "role=ad", true), ("x -a ", "x -a b", true), ("x -ab ", "x -a ", false), ("x -a ", "x -ab ", false),
    ("size>1", "size>10", false), ("size>1 x", "size>1 x", true), ("ada ", "ada b", true),
  ])
  func aLongerFilterSearchesOnlyWhatMatchedIfThatIsSure(before: String, after: String, narrows: Bool) {
    let filters = [before, after].map { Filter($0, Self.vocabulary, isTyping: true) }
    #expect(filters[1].narrows(filters[0]) == narrows)
  }
}
