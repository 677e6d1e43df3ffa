import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct CursorTests {
  @Test func theCursorStaysOnItsRecordWhenRowsAreOrderedAgain() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 4)
    let clouds = test.workspace.clouds
    #expect(clouds.selection == 4)
    for order in [RowOrder(column: "name"), RowOrder(column: "size", ascending: false)] {
      clouds.sort(by: order)
      clouds.select(Cloud.ID(4))
      clouds.rearrange()
      #expect(clouds.selection == 4)
      #expect(clouds.selectedRow.map { clouds.row(at: $0).id } == "4")
    }
  }

  @Test func theCursorStaysOnItsRecordWhenTheListIsReadAgain() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    _ = try await test.client.deleteCloud(1)
    _ = try await test.client.updateCloud(3, CloudPatch(name: "Renamed elsewhere"))
    test.workspace.clouds.refresh()
    await test.idle()
    #expect(test.workspace.clouds.selectedRecord?.name == "Renamed elsewhere")
    #expect(test.workspace.clouds.selectedRow == 1)
    // The detail panes show the new name without being reloaded.
    #expect(test.workspace.users.scopeName == "Renamed elsewhere")
    #expect(await test.simulator.requestCount(.get, "/cloud/3/user") == 1)
  }

  @Test func theCursorStaysOnItsRecordWhileTheFilterShowsIt() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 4)
    let clouds = test.workspace.clouds
    clouds.filter(by: "haupt")
    #expect(clouds.selection == 4)
    #expect(clouds.selectedRow == 0)
    clouds.filter(by: "")
    #expect(clouds.selection == 4)
  }

  @Test func aFilterThatHidesTheRecordMovesTheCursorToOneItShows() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 4)
    let clouds = test.workspace.clouds
    clouds.filter(by: "tower")
    #expect(clouds.selectedRecord?.name == "Haussmann Tower")
    await test.idle()
    #expect(test.workspace.users.scopeName == "Haussmann Tower")
    clouds.filter(by: "nothing is called that")
    #expect(clouds.selectedRecord == nil)
    #expect(clouds.selectedRow == nil)
    #expect(test.workspace.users.rowCount == 0)
  }

  @Test func theRowThatComesToAVanishedRecordsPlaceGetsTheCursor() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    _ = try await test.client.deleteCloud(3)
    test.workspace.clouds.refresh()
    await test.idle()
    #expect(test.workspace.clouds.selectedRow == 2)
    #expect(test.workspace.clouds.selection == 4)
    #expect(test.workspace.users.scopeName == "Zürich Hauptbahnhof")
  }

  @Test func theCursorNeverLeavesTheRows() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    let clouds = test.workspace.clouds
    clouds.select(row: -5)
    #expect(clouds.selectedRow == 0)
    clouds.select(row: 500)
    #expect(clouds.selectedRow == 13)
  }

  @Test func filteringLooksAtNameEmailCompanyAndId() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let users = test.workspace.users
    for (text, email) in [
      ("ødegard ORJAN", "orjan@facade.example"), ("grace@", "grace@beton.example"),
      ("beton grace", "grace@beton.example"),
    ] {
      users.filter(by: text)
      #expect(users.rowCount == 1, "\(text)")
      #expect(users.selectedRecord?.email == email)
    }
    users.filter(by: "101")
    #expect(users.selectedRecord?.id == 101)
  }

  @Test func aWordDoesNotMatchAcrossTwoFields() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    test.workspace.users.filter(by: "lovelaceada")
    #expect(test.workspace.users.rowCount == 0)
  }
}
