import CloudAPI
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import Testing

/// Tests of lists that arrive in parts, which the tests deliver one by one.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct ArrivingListTests {
  private let cloud = CloudScope(id: 1, name: "Port")

  private func list(_ feed: ListFeed, _ test: WorkspaceUnderTest) -> ListModel<User, CloudScope> {
    ListModel(.users(from: feed), context: test.context)
  }

  /// In descending order of their names.
  private func users(_ numbers: Range<Int>) -> [User] {
    numbers.map { User(id: User.ID($0), email: "u\($0)@x.example", firstName: "Name \(20_000 - $0)") }
  }

  private func ids(_ list: ListModel<User, CloudScope>) -> [Int] {
    (0..<list.rowCount).compactMap { Int(list.row(at: $0).id) }
  }

  @Test func theFirstRowsAreShownBeforeTheListIsWholeAndStayWhereTheyAre() async throws {
    let test = try await WorkspaceUnderTest()
    let feed = ListFeed()
    let list = list(feed, test)
    list.load(cloud)
    await feed.send(users(0..<300))
    await test.until { list.rowCount == 300 }
    #expect(ids(list) == Array(0..<300))
    #expect(list.status.isPartial)
    #expect(list.status.arrived == 300)
    #expect(list.status.asOf == nil)
    #expect(list.status.loadingSince == test.now)
    #expect(list.selectedRow == 0)

    // Further rows are held back until drawing them is worthwhile.
    await feed.send(users(300..<400))
    test.clock.advance(by: .milliseconds(150))
    await feed.send(users(400..<401))
    await test.until { list.rowCount == 401 }
    #expect(ids(list) == Array(0..<401))

    await feed.send(users(401..<450))
    await feed.end()
    await test.idle()
    // The complete list is sorted.
    #expect(ids(list) == Array((0..<450).reversed()))
    #expect(list.status == ListStatus(asOf: test.now))
  }

  @Test func rowsThatComeLateAreShownHoweverFew() async throws {
    let test = try await WorkspaceUnderTest()
    let feed = ListFeed()
    let list = list(feed, test)
    list.load(cloud)
    await feed.send(users(0..<2))
    test.clock.advance(by: .milliseconds(150))
    await feed.send(users(2..<3))
    await test.until { list.rowCount == 3 }
    #expect(list.status.isPartial)
    await feed.end()
    await test.idle()
    #expect(ids(list) == [2, 1, 0])
  }

  @Test func aShortListIsShownOnceAndInOrder() async throws {
    let test = try await WorkspaceUnderTest()
    let feed = ListFeed()
    let list = list(feed, test)
    var selected: [User.ID?] = []
    list.onSelection = { selected.append($0?.id) }
    list.load(cloud)
    for number in 0..<20 { await feed.send(users(number..<(number + 1))) }
    await feed.end()
    await test.idle()
    #expect(ids(list) == Array((0..<20).reversed()))
    #expect(selected == [19])
  }

  @Test func theFirstOfThoseThatCameIsNotTakenForTheFirstRow() async throws {
    let test = try await WorkspaceUnderTest()
    let feed = ListFeed()
    let list = list(feed, test)
    var selected: [User.ID?] = []
    list.onSelection = { selected.append($0?.id) }
    list.load(cloud)
    await feed.send(users(0..<300))
    await test.until { list.rowCount == 300 }
    #expect(selected == [])
    await feed.end()
    await test.idle()
    #expect(selected == [299])
    #expect(list.selectedRow == 0)
  }

  @Test func theCursorStaysOnTheRecordThatWasChosenWhileOthersCame() async throws {
    let test = try await WorkspaceUnderTest()
    let feed = ListFeed()
    let list = list(feed, test)
    list.load(cloud)
    await feed.send(users(0..<300))
    await test.until { list.rowCount == 300 }
    list.select(row: 7)
    list.filter(by: "name 199")
    await feed.send(users(300..<600))
    await feed.end()
    await test.idle()
    #expect(list.selection == 7)
    #expect(list.selectedRow.map { list.row(at: $0).id } == "7")
    // These are 100 matching names and the user with the id 199.
    #expect(list.rowCount == 101)
    #expect(list.totalCount == 600)
  }

  /// The resource has a column that is hidden when no record fills it.
  @Test func aColumnThatIsCopiedIsThatOfTheRowsThatThereWere() async throws {
    let test = try await WorkspaceUnderTest()
    let feed = ListFeed()
    let list = list(feed, test)
    list.load(cloud)
    await feed.send([User(id: 1, email: "a@x.example", company: "Atelier"), User(id: 2, email: "b@x.example")])
    await feed.end()
    await test.until { list.status.asOf != nil }
    let copies = list.headers.indices.map { list.copy(ofColumn: $0) }
    let before = copies.map { $0().text }
    list.load(CloudScope(id: 2, name: "Quai"))
    await feed.send([User(id: 3, email: "c@x.example")])
    await feed.end()
    await test.until { list.scopeName == "Quai" && list.status.asOf != nil }
    #expect(list.headers.count == copies.count - 1)
    #expect(copies.map { $0().text } == before)
    #expect(before.contains("Atelier\n"))
  }

  /// Typed at any moment of a reading, even while the list is compared with the previous one.
  @Test func theRowsAreThoseOfTheFilterThatWasTypedWhileTheListWasReadAgain() async throws {
    let test = try await WorkspaceUnderTest()
    let feed = ListFeed()
    let list = list(feed, test)
    list.load(cloud)
    await feed.send(users(0..<2_100))
    await feed.end()
    await test.until { list.status.asOf != nil }
    for pause in 0..<60 {
      list.filter(by: "")
      await test.idle()
      list.refresh()
      await feed.send(users(0..<2_100))
      await feed.end()
      for _ in 0..<pause { await Task.yield() }
      list.filter(by: "u7@x")
      await test.idle()
      try #require(list.rowCount == 1, "\(pause)")
    }
  }

  @Test func aListThatBreaksOffIsNeverTakenForTheWhole() async throws {
    let test = try await WorkspaceUnderTest()
    let feed = ListFeed()
    let list = list(feed, test)
    list.load(cloud)
    await feed.send(users(0..<300))
    await feed.end(CloudAPIError(.unreachable(reason: "reset"), request: "GET"))
    await test.until { list.status.failure != nil }
    #expect(list.rowCount == 300)
    #expect(list.status.isPartial)
    #expect(list.status.asOf == nil)
    #expect(list.status.failure?.nextTry == test.now + 5)

    // A retry never shows fewer rows than before, and finally shows all.
    await test.clock.waitForRest(of: .seconds(5))
    test.clock.advance(by: .seconds(5))
    await feed.send(users(0..<280))
    test.clock.advance(by: .seconds(1))
    await feed.send(users(280..<290))
    await test.until { list.status.arrived == 290 }
    #expect(list.rowCount == 300)
    #expect(list.status.isPartial)
    await feed.send(users(290..<310))
    await feed.end()
    await test.until { list.status.asOf != nil }
    #expect(list.rowCount == 310)
    #expect(!list.status.isPartial)
    #expect(list.status.failure == nil)
  }

  @Test func whatBreaksOffBeforeItIsShownIsShownAsIncomplete() async throws {
    let test = try await WorkspaceUnderTest()
    let feed = ListFeed()
    let list = list(feed, test)
    list.load(cloud)
    await feed.send(users(0..<3))
    await feed.end(CloudAPIError(.badResponse(reason: "users[3].id is missing"), request: "GET"))
    await test.idle()
    #expect(ids(list) == [0, 1, 2])
    #expect(list.status.isPartial)
    #expect(list.status.failure?.nextTry == test.now + 5)
  }

  @Test func rowsOfAListThatIsReadAgainStayUntilTheNewOneIsWhole() async throws {
    let test = try await WorkspaceUnderTest()
    let feed = ListFeed()
    let list = list(feed, test)
    list.load(cloud)
    await feed.send(users(0..<400))
    await feed.end()
    await test.idle()
    list.refresh()
    await feed.send(users(100..<600))
    await test.until { list.status.arrived == 500 }
    #expect(ids(list) == Array((0..<400).reversed()))
    #expect(!list.status.isPartial)
    await feed.end(CloudAPIError(.unreachable(reason: "reset"), request: "GET"))
    await test.until { list.status.failure != nil }
    #expect(list.totalCount == 400)
    #expect(!list.status.isPartial)
    list.refresh()
    await feed.send(users(100..<600))
    await feed.end()
    await test.until { list.status.failure == nil }
    #expect(ids(list) == Array((100..<600).reversed()))
  }

  @Test func whatStillArrivesForAnotherCloudIsDropped() async throws {
    let test = try await WorkspaceUnderTest()
    let (feed, other) = (ListFeed(), ListFeed())
    let list = ListModel<User, CloudScope>(.users(from: feed, other), context: test.context)
    list.load(cloud)
    await feed.send(users(0..<300))
    await test.until { list.rowCount == 300 }
    list.load(CloudScope(id: 2, name: "Quay"))
    #expect(list.rowCount == 300)
    await other.send(users(1_000..<1_500))
    await test.until { list.rowCount == 500 }
    await feed.send(users(300..<900))
    await feed.end()
    await other.end()
    await test.idle()
    #expect(list.scopeName == "Quay")
    #expect(list.totalCount == 500)
  }

  @Test func aListThatWasGivenUpHalfwayIsIncompleteAndReadAgainWhenItIsWanted() async throws {
    let test = try await WorkspaceUnderTest()
    let feed = ListFeed()
    let list = list(feed, test)
    list.load(cloud)
    await feed.send(users(0..<300))
    await test.until { list.rowCount == 300 }
    list.cancelReading()
    #expect(list.status.isPartial)
    #expect(list.status.loadingSince == nil)
    await feed.end()
    list.load(cloud)
    #expect(list.status.loadingSince == test.now)
    await feed.send(users(0..<350))
    await feed.end()
    await test.until { list.status.asOf != nil }
    #expect(list.rowCount == 350)
  }

  @Test func manyRowsAreInOrderOnceTheyAreAllThereAndCanBeSortedOtherwise() async throws {
    let test = try await WorkspaceUnderTest()
    let feed = ListFeed()
    let list = list(feed, test)
    list.load(cloud)
    await feed.send(users(0..<9_000))
    await feed.end()
    await test.idle()
    #expect(ids(list) == Array((0..<9_000).reversed()))
    list.select(row: 10)
    list.sortByNextColumn()
    #expect(list.order == RowOrder(column: "name", ascending: false))
    #expect(ids(list) == Array(0..<9_000))
    list.sortByNextColumn()
    #expect(list.order?.column == "email")
    list.filter(by: "u12")
    await test.idle()
    #expect(ids(list).prefix(3) == [12, 120, 121])
    #expect(list.rowCount == 111)
  }
}
