import CloudAPI
import CloudSimulator
import CloudTestSupport
import Testing

@testable import CloudViewModels

/// What a filter does to a list.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct FilteredListTests {
  @Test func comparisonsAndExclusionsLeaveTheRowsThatFit() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let users = test.workspace.users
    let all = users.rowCount
    users.filter(by: "role=admin")
    let admins = users.rowCount
    #expect(admins > 0 && users.records.filter { $0.cloudRole == .admin }.count == admins)
    users.filter(by: "admin")
    #expect(users.rowCount >= admins)
    users.filter(by: "-role=admin")
    #expect(users.rowCount + users.unknownCount == all - admins)
    users.filter(by: "email=GRACE@beton.example")
    #expect(users.rowCount == 1)
    users.filter(by: "firstname=grace -lovelace")
    #expect(users.selectedRecord?.email == "grace@beton.example" && users.filter.problems.isEmpty)
    users.filter(by: "")
    #expect(users.rowCount == all && users.unknownCount == 0)
  }

  @Test func valuesThatAreUnknownFitNothingAndAreCounted() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 12)
    let users = test.workspace.users
    let (known, unknown) = (
      users.records.filter { $0.company != nil }.count, users.records.filter { $0.company == nil }
    )
    #expect(!unknown.isEmpty)
    users.filter(by: "company!=nobody's")
    #expect(users.rowCount == known && users.unknownCount == unknown.count)
    users.filter(by: "company=nobody's")
    #expect(users.rowCount == 0 && users.unknownCount == unknown.count)
    // Only those count that everything else leaves.
    users.filter(by: "ada company=nobody's")
    #expect(users.unknownCount < max(1, unknown.count))
  }

  @Test func sizesAreComparedAsSoonAsTheyAreThere() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    let clouds = test.workspace.clouds
    clouds.filter(by: "size>=500GB")
    #expect(clouds.rowCount > 0 && clouds.rowCount < clouds.totalCount)
    for place in 0..<clouds.rowCount {
      let id = try #require(clouds.selection)
      #expect(test.workspace.sizes[id].value?.bytes ?? 0 >= 499 << 30)
      clouds.select(row: place + 1)
    }
    let fitting = clouds.rowCount
    // Values that arrive later find their rows, whatever the rows are sorted by.
    while clouds.order?.column == "size" { clouds.sortByNextColumn() }
    clouds.late = { { _ in .waiting } }
    clouds.rearrange()
    #expect(clouds.rowCount == 0 && clouds.unknownCount == clouds.totalCount)
    clouds.late = { [sizes = test.workspace.sizes] in sizes.known }
    test.workspace.sizes.onSettled?()
    #expect(clouds.rowCount == fitting && clouds.unknownCount == 0)
    clouds.filter(by: "TB")
    #expect(clouds.rowCount > 0, "words look at sizes, too")
  }

  @Test func processorsAreFoundByWhatTheyRunAfter() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let processors = test.workspace.processors
    processors.filter(by: "after=extract")
    #expect(processors.rowCount > 0)
    let count = processors.rowCount
    processors.filter(by: "parents=extract -name=extract")
    #expect(processors.rowCount == count)
    processors.filter(by: "extract")
    #expect(processors.rowCount == count + 1)
  }

  @Test func whatCanNotBeReadHidesNothingAndKeepsAllRowsFromBeingMarked() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let users = test.workspace.users
    let all = users.rowCount
    users.toggleMark()
    users.filter(by: "rol=admin")
    #expect(users.rowCount == all && users.filter.problems.count == 1)
    #expect(users.filterRefusal?.contains("no column \"rol\"") == true)
    users.markAll()
    #expect(users.markedCount == 1)
    users.invertMarks()
    #expect(users.markedCount == 1)
    users.filter(by: "ada since<20x4")
    #expect(users.rowCount < all)
    users.markAll()
    #expect(users.markedCount <= 1)
    users.filter(by: "role=admin")
    #expect(users.filterRefusal == nil)
    users.markAll()
    #expect(users.markedCount == users.rowCount)
  }

  @Test func whatIsTypedIsFinishedWhenItIsKept() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let users = test.workspace.users
    let all = users.rowCount
    users.filter(by: "-role=admin", isTyping: true)
    #expect(users.rowCount == all)
    users.filter(by: "role=adm", isTyping: true)
    let typed = users.rowCount
    #expect(typed > 0 && typed < all && users.filter.problems.isEmpty)
    users.filter(by: "role=adm")
    #expect(users.rowCount == all && users.filter.problems.count == 1)
  }

  @Test func rowsWithUnknownValuesStayCountedWhileTheFilterGrows() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 12)
    let users = test.workspace.users
    users.filter(by: "company!=x")
    let before = users.unknownCount
    #expect(before > 0)
    users.filter(by: "company!=x -qqq")
    #expect(users.unknownCount == before)
    users.filter(by: "example company!=x -qqq")
    #expect(users.unknownCount == before)
  }
}
