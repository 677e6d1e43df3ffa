import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct MarkTests {
  private func test() async throws -> WorkspaceUnderTest {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    return test
  }

  private func marked(_ table: any TableModel) -> [String] {
    (0..<table.rowCount).map(table.row(at:)).filter(\.isMarked).map(\.id)
  }

  @Test func markingGoesDownAndMarkingAgainTakesTheMarkAway() async throws {
    let test = try await test()
    let users = test.workspace.users
    let rows = (0..<3).map { users.row(at: $0).id }
    users.toggleMark()
    users.toggleMark()
    #expect(users.selectedRow == 2)
    #expect(marked(users) == Array(rows.prefix(2)))
    users.select(row: 0)
    users.toggleMark()
    #expect(marked(users) == [rows[1]])
    #expect(users.markedCount == 1)
    users.select(row: users.rowCount - 1)
    users.toggleMark()
    #expect(users.selectedRow == users.rowCount - 1)
    #expect(users.markedCount == 2)
  }

  @Test func invertingAndMarkingAllConcernTheRowsShownAlone() async throws {
    let test = try await test()
    let users = test.workspace.users
    users.filter(by: "beton")
    let shown = users.rowCount
    #expect(shown > 1 && shown < users.totalCount)
    users.markAll()
    #expect(users.markedCount == shown)
    users.toggleMark()
    users.invertMarks()
    #expect(users.markedCount == 1)
    users.filter(by: "")
    #expect(users.markedCount == 1)
    users.invertMarks()
    #expect(users.markedCount == users.totalCount - 1)
    users.clearMarks()
    #expect(marked(users) == [])
  }

  @Test func aMarkStaysOnItsRecordHoweverTheRowsAreOrdered() async throws {
    let test = try await test()
    let users = test.workspace.users
    users.select(row: 4)
    let id = try #require(users.selectedRecord?.id.rawValue)
    users.toggleMark()
    for _ in 0..<6 {
      users.sortByNextColumn()
      #expect(marked(users) == [id])
    }
  }

  @Test func aMarkThatTheFilterHidesIsDroppedAndThatIsSaid() async throws {
    let test = try await test()
    let users = test.workspace.users
    users.markAll()
    let all = users.markedCount
    users.filter(by: "grace")
    #expect(users.markedCount == 1)
    #expect(test.context.notices.current?.text == "\(all - 1) marks dropped: the filter hides them.")
    #expect(users.unmarkedByFilterCount == all - 1)
    users.filter(by: "gracex")
    #expect(users.markedCount == 0)
    #expect(test.context.notices.current?.text == "\(all) marks dropped: the filter hides them.")
    users.filter(by: "")
    #expect(users.markedCount == 0)
    #expect(users.unmarkedByFilterCount == 0)
  }

  @Test func aRecordThatIsGoneTakesItsMarkAlongAndThatIsSaid() async throws {
    let test = try await test()
    let users = test.workspace.users
    users.toggleMark()
    users.toggleMark()
    let first = User.ID(rawValue: marked(users)[0])
    _ = try await test.client.deleteCloudUser(3, first)
    users.refresh()
    await test.idle()
    #expect(users.markedCount == 1)
    #expect(test.context.notices.current?.text == "1 mark dropped: its record is gone. Users: 1 gone since 13:04.")
  }

  @Test func marksGoWithTheCloudTheyWereMadeIn() async throws {
    let test = try await test()
    test.workspace.users.markAll()
    let count = test.workspace.users.markedCount
    test.workspace.clouds.select(4)
    await test.idle()
    #expect(test.workspace.users.scopeName == "Zürich Hauptbahnhof")
    #expect(test.workspace.users.markedCount == 0)
    let texts = test.context.notices.history.map(\.text)
    #expect(texts.contains("\(count) marks dropped: the list shows another cloud now."))
  }

  @Test func whatIsDoneToOneIsRefusedWhileSeveralAreMarked() async throws {
    let test = try await test()
    let users = test.workspace.users
    users.toggleMark()
    #expect(users.actions.refusal(of: .editDocument, about: .marked) == nil)
    users.toggleMark()
    #expect(
      users.actions.refusal(of: .editDocument, about: .marked)
        == "Works on one user at a time; 2 are marked. Press {unmark} to unmark.")
    #expect(users.actions.documentEdit(about: .marked) == nil)
    #expect(users.actions.refusal(of: .delete, about: .marked) == nil)
    #expect(users.actions.refusal(of: .edit, about: .marked) == nil)
    #expect(test.workspace.users.actions.refusal(of: .editDocument) == nil)
    let clouds = test.workspace.clouds
    clouds.markAll()
    #expect(clouds.actions.refusal(of: .edit, about: .marked)?.contains("one cloud at a time") == true)
    #expect(clouds.actions.refusal(of: .createDemo, about: .marked)?.contains("one cloud at a time") == true)
    guard case nil = clouds.actions.question(of: .createDemo, about: .marked) else {
      Issue.record("a demo project is made in one cloud")
      return
    }
  }

  @Test func oneMarkedRecordIsAskedAboutAsWithTheCursorOnIt() async throws {
    let test = try await test()
    let clouds = test.workspace.clouds
    let name = try #require(clouds.selectedRecord?.name)
    clouds.toggleMark()
    guard let question = clouds.actions.question(of: .delete, about: .marked) else {
      Issue.record("one is asked about alone")
      return
    }
    #expect(clouds.selectedRecord?.name != name)
    #expect(question.title == "Delete \(name)?")
    #expect(question.wanted?.name?.text == name)
    await test.idle()
  }

  @Test func moreThanAThousandAreNotDoneAtOnce() async throws {
    let test = try await WorkspaceUnderTest(.generated(clouds: 1, users: 1_001))
    await test.start(at: 1)
    let users = test.workspace.users
    users.markAll()
    #expect(users.markedCount == 1_001)
    let refusal = try #require(users.actions.refusal(of: .delete, about: .marked))
    #expect(refusal.contains("At most 1000 users at a time, and 1001 are marked"))
    #expect(users.actions.question(of: .delete, about: .marked) == nil)
    #expect(users.actions.editForm(about: .marked) == nil)
    #expect(users.actions.command(about: .marked) == nil)
    users.toggleMark()
    #expect(users.actions.refusal(of: .delete, about: .marked) == nil)
    #expect(users.actions.question(of: .delete, about: .marked) != nil)
  }
}
