import BitCollections
import CloudAPI
import CloudTestSupport
import FoundationEssentials
import TestSupport
import Testing

@testable import CloudViewModels

/// Tests of records, rows, cursor and marks of a list without a service.
@MainActor
@Suite struct ListContentsTests {
  private typealias Contents = ListContents<User, CloudScope>

  private let cloud = CloudScope(id: 3, name: "Haussmann Tower")
  private let test: WorkspaceUnderTest
  private var context: ModelContext { test.context }

  init() async throws {
    test = try await WorkspaceUnderTest()
  }

  private func user(_ id: Int, _ name: String, company: String? = nil) -> User {
    User(id: User.ID(id), email: "\(name.lowercased())@x.example", company: company, firstName: name, lastName: nil)
  }

  private func table(_ users: [User]) -> RecordTable<User> {
    var table = RecordTable(Resource.users)
    table.append(users)
    return table
  }

  /// Shows a list as the loader does.
  private func show(
    _ users: [User], in contents: Contents, of scope: CloudScope? = nil, since: Date? = nil
  ) async {
    let table = table(users)
    let changes = since == nil ? nil : await RecordChanges.compared(contents.records, table.records)
    let rows = await contents.ordering.arranged(table)
    contents.show(
      PreparedList(table: table, rows: rows, widestTexts: WidestTexts(), changes: changes), of: scope ?? cloud,
      since: since)
  }

  private func names(_ contents: Contents) -> [String] {
    contents.places.map { contents.records[$0].firstName ?? "" }
  }

  @Test func rowsAreInTheOrderAskedForAndThoseOfAPartInTheAPIs() async {
    let contents = Contents(.users, context: context)
    let users = [user(1, "Grace"), user(2, "Ada"), user(3, "Bob")]
    contents.show(partOf: cloud, table(users))
    #expect(names(contents) == ["Grace", "Ada", "Bob"])
    contents.sort(by: RowOrder(column: "name", ascending: false))
    #expect(names(contents) == ["Grace", "Ada", "Bob"])
    await show(users, in: contents)
    #expect(names(contents) == ["Grace", "Bob", "Ada"])
    contents.sort(by: RowOrder(column: "name"))
    #expect(names(contents) == ["Ada", "Bob", "Grace"])
  }

  @Test func cursorAndMarksStayOnTheirRecordsThroughARereading() async {
    let contents = Contents(.users, context: context)
    await show([user(1, "Ada"), user(2, "Bob"), user(3, "Grace")], in: contents)
    #expect(contents.select(row: 1))
    contents.mark(BitSet([1, 2]))
    await show([user(3, "Grace"), user(4, "Aaron"), user(2, "Bob")], in: contents, since: .distantPast)
    #expect(names(contents) == ["Aaron", "Bob", "Grace"])
    #expect(contents.cursor.id == 2 && contents.cursor.row == 1)
    #expect(contents.markedRecords.map(\.id) == [2, 3])
    #expect(contents.changes.sign(of: 4) == .new && contents.changes.goneCount == 1)
  }

  @Test func anotherScopeBeginsWithACursorOfItsOwnAndNothingNew() async {
    let contents = Contents(.users, context: context)
    await show([user(1, "Ada"), user(2, "Bob")], in: contents)
    #expect(contents.select(row: 1))
    contents.mark(BitSet([1]))
    await show([user(2, "Bob"), user(9, "Aaron")], in: contents, of: CloudScope(id: 4, name: "Zürich"))
    #expect(contents.cursor.id == 9 && contents.marks.isEmpty && contents.changes.isEmpty)
    #expect(context.notices.current?.text == "1 mark dropped: the list shows another cloud now.")
  }

  @Test func aRecordThatGoesFromUnderTheCursorIsRemembered() async {
    let contents = Contents(.users, context: context)
    await show([user(1, "Ada"), user(2, "Bob")], in: contents)
    #expect(contents.select(row: 1))
    await show([user(1, "Ada")], in: contents, since: .distantPast)
    #expect(contents.cursor.lostJustNow == "Bob is gone." && contents.cursor.id == 1)
  }

  @Test func whatIsKeptStandsWhereTheOrderWantsItAndNotWhereTheFilterHidesIt() async {
    let contents = Contents(.users, context: context)
    await show([user(1, "Ada"), user(2, "Grace")], in: contents)
    contents.keep([user(3, "Bob")])
    #expect(names(contents) == ["Ada", "Bob", "Grace"])
    contents.filter(by: Filter("grace", contents.vocabulary))
    contents.keep([user(4, "Carl")])
    #expect(names(contents) == ["Grace"] && contents.table.count == 4)
    contents.keep([user(4, "Graceland")])
    #expect(names(contents) == ["Grace", "Graceland"] && contents.table.count == 4)
  }

  @Test func droppingRecordsTakesTheirMarksAndLeavesTheCursorInItsRow() async {
    let contents = Contents(.users, context: context)
    await show([user(1, "Ada"), user(2, "Bob"), user(3, "Grace")], in: contents)
    #expect(contents.select(row: 1))
    contents.mark(BitSet([1, 2]))
    contents.drop([2])
    #expect(names(contents) == ["Ada", "Grace"] && contents.cursor.id == 3)
    #expect(contents.markedRecords.map(\.id) == [3])
    #expect(context.notices.current?.text == "1 mark dropped: its record is gone.")
  }

  @Test func ofALongListRecordsAreDroppedElsewhereAndNeverFromAnotherCloud() async {
    let contents = Contents(.users, context: context)
    let users = (1...3_000).map { user($0, "U\($0)") }
    await show(users, in: contents)
    contents.dropPatiently([7])
    #expect(contents.table.count == 3_000)
    await yield(until: contents.table.count == 2_999)
    #expect(contents.record(7) == nil)
    contents.dropPatiently([8])
    await show(users, in: contents, of: CloudScope(id: 4, name: "Zürich"))
    await test.idle()
    #expect(contents.record(8) != nil && contents.table.count == 3_000)
  }

  @Test func aColumnWithoutValuesLeavesAndIsNotSortedBy() async throws {
    let contents = Contents(.users, context: context)
    await show([user(1, "Ada", company: "Beton"), user(2, "Bob", company: "Atelier")], in: contents)
    #expect(contents.headers.contains { $0.id == "company" })
    contents.sort(by: RowOrder(column: "company"))
    #expect(names(contents) == ["Bob", "Ada"])
    await show([user(2, "Bob"), user(1, "Ada")], in: contents, since: .distantPast)
    #expect(!contents.headers.contains { $0.id == "company" })
    #expect(contents.ordering.order == Resource.users.order && names(contents) == ["Ada", "Bob"])
  }

  @Test func rowsAreTheSameValuesUntilSomethingChanges() async {
    let contents = Contents(.users, context: context)
    await show([user(1, "Ada"), user(2, "Bob")], in: contents)
    let rows = contents.rows(in: 0..<2)
    #expect(contents.rows(in: 0..<2) == rows && rows.map(\.id) == ["1", "2"])
    contents.mark(BitSet([0]))
    #expect(contents.rows(in: 0..<2).map(\.isMarked) == [true, false])
    contents.refresh(user(2, "Bert"))
    #expect(contents.rows(in: 0..<2) != rows && contents.row(at: 1).id == "2")
  }

  @Test func whatTheCursorLeavesHasBeenSeen() async {
    let contents = Contents(.users, context: context)
    await show([user(1, "Ada")], in: contents)
    #expect(contents.select(row: 0) == false)
    await show([user(1, "Ada"), user(2, "Bob"), user(3, "Carl")], in: contents, since: .distantPast)
    #expect(contents.select(row: 1))
    #expect(contents.changes.sign(of: 2) == .new)
    #expect(contents.select(row: 0))
    #expect(contents.changes.sign(of: 2) == nil && contents.changes.sign(of: 3) == .new)
  }
}
