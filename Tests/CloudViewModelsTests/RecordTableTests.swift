import CloudAPI
import FoundationEssentials
import TestSupport
import Testing

@testable import CloudViewModels

/// Compares the tables for long lists with simple implementations.
@Suite struct RecordTableTests {
  private static let words = [
    "Ada", "ØRJAN", "Ödegård", "ada", "an", "a", "Grace", "Łódź", "日本", "İstanbul", "x y", "e\u{301}a",
  ]

  private func user(_ id: Int, using random: inout SeededGenerator) -> User {
    func text() -> String? {
      let count = Int.random(in: 0...3, using: &random)
      return count == 0
        ? nil : (0..<count).compactMap { _ in Self.words.randomElement(using: &random) }.joined(separator: " ")
    }
    return User(
      id: User.ID(id), email: text(), company: text(), firstName: text(), lastName: text(),
      createdAt: Int.random(in: 0..<5, using: &random) == 0
        ? nil : Date(timeIntervalSince1970: Double(Int.random(in: 1_500_000_000..<1_700_000_000, using: &random))),
      cloudRole: [nil, .admin, .user, Role(rawValue: 70)].randomElement(using: &random) ?? nil)
  }

  private func table(_ users: [User]) -> RecordTable<User> {
    var table = RecordTable(Resource.users)
    table.append(users)
    return table
  }

  private func filter(_ text: String, isTyping: Bool = false) -> Filter {
    Filter(text, Resource.users.vocabulary, isTyping: isTyping)
  }

  /// The users that a filter shows, and those for which that is unknown, decided one by one.
  private func naive(_ filter: Filter, _ users: [User]) -> (rows: [Int], unknownCount: Int) {
    let matcher = FilterMatcher(
      filter, columns: Resource.users.everyColumn, searched: Resource.users.searchedColumns)
    let matches = users.map { matcher.matches($0, RowContext()) }
    return (matches.indices.filter { matches[$0] == true }, matches.filter { $0 == nil }.count)
  }

  @Test func typingOnAndTakingBackFindsWhatFilteringAnewFinds() {
    var random = SeededGenerator(seed: 1)
    let users = (0..<1_200).map { user($0, using: &random) }
    let table = table(users)
    let all = Array(users.indices)
    var rows = RowFilter<User>()
    var text = ""
    let pieces = [
      "a", "d", "an", " ", "g", "ø", "1", "2", "日", "l", " -", " !a", " role=", "admin", "user", " company!=", " name<",
      " since>20", "1", "9-03", "\"", " project_role=", "adm", " 20", "mar",
    ]
    for _ in 0..<250 {
      if Int.random(in: 0..<4, using: &random) == 0 {
        text = String(text.dropLast(Int.random(in: 0...5, using: &random)))
      } else {
        text += pieces.randomElement(using: &random) ?? ""
      }
      let wanted = filter(text, isTyping: Int.random(in: 0..<5, using: &random) > 0)
      var anew = RowFilter<User>()
      let found = rows.rows(wanted, of: all, in: table)
      #expect(found == anew.rows(wanted, of: all, in: table), "\(text)")
      #expect(found == naive(wanted, users), "\(text)")
      if found.rows.count < 3, found.unknownCount < 3 || Int.random(in: 0..<4, using: &random) == 0 { text = "" }
    }
  }

  @Test func aWordIsFoundWhereverItStandsInARecordAndNotAcrossTwo() {
    for padding in 0..<40 {
      let users = [
        User(id: 1, email: String(repeating: "x", count: padding) + "needle"),
        User(id: 2, email: "needl"), User(id: 3, email: "e" + String(repeating: "y", count: padding)),
        User(id: 4, email: "nneedleneedle" + String(repeating: "z", count: padding)),
      ]
      var rows = RowFilter<User>()
      #expect(rows.rows(filter("needle"), of: [3, 2, 1, 0], in: table(users)).rows == [3, 0])
    }
  }

  @Test func keysAreSortedAsTheyCompareAndEqualOnesStay() {
    var random = SeededGenerator(seed: 3)
    for round in 0..<60 {
      let keys = (0..<Int.random(in: 0...1_500, using: &random)).map { _ -> SortKey in
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .missing
        case 1: return .number(Double(Int.random(in: -3...3, using: &random)) / 2)
        default:
          let length = Int.random(in: 0...(round % 20), using: &random)
          return .text(
            String((0..<length).map { _ in ["a", "b", "\0"].randomElement(using: &random) ?? "c" }.joined()))
        }
      }
      let sorted = SortedRecords(keys)
      for ascending in [true, false] {
        let expected = keys.indices.sorted { left, right in
          if keys[left] != keys[right] { return keys[left].precedes(keys[right], ascending: ascending) }
          return left < right
        }
        // Numbers come before texts in one direction and after them in the other; no column has both.
        let found = sorted.records(ascending: ascending)
        func texts(_ places: [Int]) -> [Int] { places.filter { if case .number = keys[$0] { false } else { true } } }
        func numbers(_ places: [Int]) -> [Int] { places.filter { if case .number = keys[$0] { true } else { false } } }
        #expect(texts(found) == texts(expected))
        #expect(numbers(found) == numbers(expected))
      }
    }
  }

  @Test func recordsAreFoundByTheirIDsHoweverTheTableWasChanged() {
    var random = SeededGenerator(seed: 9)
    var users = (0..<2_500).map { user($0, using: &random) }
    var table = table(users)
    for round in 0..<300 {
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        // Removes one or more records, some of them adjacent.
        let first = Int.random(in: users.indices, using: &random)
        let count = [1, 1, 2, 7].randomElement(using: &random) ?? 1
        let gone = (0..<count).map { ($0 % 2 == 0 ? first + $0 : first * ($0 + 1)) % users.count }
        users = users.indices.filter { !gone.contains($0) }.map { users[$0] }
        table.remove(PlacesLeft(of: table.count, without: gone))
      case 1:
        let place = Int.random(in: users.indices, using: &random)
        users[place].company = "Changed \(round)"
        table.replace(at: place, with: users[place])
      default:
        let new = user(10_000 + round, using: &random)
        users.append(new)
        table.append([new])
      }
    }
    #expect(Array(table.records) == users)
    #expect(users.indices.allSatisfy { table.place(of: users[$0].id) == $0 })
    #expect(table.place(of: 99_999) == nil)
    for text in ["changed", "an 1", "10001", "user -ada mar", "role=admin since>=2019-05"] {
      var rows = RowFilter<User>()
      let found = rows.rows(filter(text, isTyping: true), of: Array(users.indices), in: table)
      #expect(found == naive(filter(text, isTyping: true), users), "\(text)")
    }
  }

  @Test func theFirstOfTwoRecordsWithOneIDIsFound() {
    let table = table([User(id: 1, email: "first"), User(id: 2), User(id: 1, email: "second")])
    #expect(table.place(of: 1) == 0)
    #expect(table.count == 3)
  }

  @Test func aCopyOfATableKeepsItsRecordsWhileTheOtherGrows() {
    var random = SeededGenerator(seed: 5)
    let users = (0..<1_500).map { user($0, using: &random) }
    var table = table(Array(users[..<700]))
    let copy = table
    table.append(Array(users[700...]))
    #expect(Array(copy.records) == Array(users[..<700]))
    #expect(Array(table.records) == users)
    #expect(copy.place(of: 800) == nil)
    #expect(table.place(of: 800) == 800)
  }
}
