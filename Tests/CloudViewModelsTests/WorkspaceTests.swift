import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TestSupport
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct WorkspaceTests {
  @Test func startingReadsTheCloudsAndWhatBelongsToTheFirst() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    #expect(test.workspace.clouds.rowCount == 14)
    #expect(test.workspace.users.rowCount == 60)
    #expect(test.workspace.invitations.rowCount == 1)
    #expect(test.workspace.processors.rowCount == 8)
    #expect(test.workspace.clouds.selectedRecord?.name == "Gare du Nord, extension")
  }

  /// The sum of two sizes may exceed 64 bits.
  @Test func theSumOfMarkedCloudsIsNeverTooLarge() async throws {
    let test = try await WorkspaceUnderTest(faults: { request in
      request.path?.hasSuffix("/size") == true ? .reply(status: .ok, body: String(Int64.max)) : nil
    })
    await test.start()
    test.workspace.clouds.markAll()
    #expect(test.workspace.sumOfMarked.bytes == Int64.max)
    #expect(test.workspace.sumOfFiltered.text == "8388608 TB · 100 %")
  }

  @Test func startingAtACloudReadsItsBelongingsAloneAndPutsTheCursorOnIt() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    #expect(test.workspace.clouds.selection == 3)
    #expect(test.workspace.users.scopeName == "Haussmann Tower")
    #expect(test.workspace.users.rowCount == 48)
    #expect(await test.simulator.requestCount(.get, "/cloud/3/user") == 1)
    #expect(await test.simulator.requestCount(.get, "/cloud/1/user") == 0)
  }

  @Test func startingAtACloudThatIsNotThereSaysSoAndShowsTheFirst() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 99)
    #expect(test.context.notices.current?.text == "This key sees no cloud 99.")
    #expect(test.context.notices.current?.kind == .failure)
    #expect(test.workspace.users.scopeName == "Gare du Nord, extension")
    #expect(test.workspace.users.rowCount == 60)
  }

  @Test func aListThatFailsFirstSaysNothingOfTheCloudThatWasAskedFor() async throws {
    let test = try await WorkspaceUnderTest()
    await test.fail(.get, "/cloud", with: .badGateway)
    await test.start(at: 5)
    #expect(test.workspace.clouds.status.failure != nil)
    #expect(!test.context.notices.history.contains { $0.text.hasPrefix("There is no cloud") })
    #expect(test.workspace.users.status.asOf != nil)
    let users = test.workspace.users.records.map(\.id)
    #expect(!users.isEmpty)
    await test.heal()
    await test.pass(.seconds(5)) { test.workspace.clouds.status.asOf != nil }
    #expect(test.workspace.clouds.selection == 5)
    #expect(test.workspace.users.records.map(\.id) == users)
    #expect(await test.simulator.requestCount(.get, "/cloud/5/user") == 1)
    #expect(await test.simulator.requestCount(.get, "/cloud/1/user") == 0)
  }

  @Test func startingAtACloudWhereThereIsNoneSaysSo() async throws {
    let test = try await WorkspaceUnderTest(.empty)
    await test.start(at: 99)
    #expect(test.context.notices.current?.text == "This key sees no cloud 99.")
    #expect(test.workspace.users.scopeName == nil)
    #expect(test.workspace.users.status.failure == nil)
  }

  @Test func whatBelongsToACloudIsReadOnceTheCursorRestsOnIt() async throws {
    let test = try await WorkspaceUnderTest(settings: Workspace.Settings())
    await test.start()
    test.workspace.clouds.select(3)
    await test.clock.waitForRest(of: .milliseconds(150))
    #expect(await test.simulator.requestCount(.get, "/cloud/3/user") == 0)
    #expect(test.workspace.users.scopeName == "Gare du Nord, extension")
    await test.pass(.milliseconds(150)) { test.workspace.users.scopeName == "Haussmann Tower" }
    #expect(test.workspace.users.rowCount == 48)
    #expect(test.workspace.invitations.rowCount == 3)
    #expect(test.workspace.processors.rowCount == 5)
  }

  @Test func nothingIsDoneToRowsOfAnotherCloudThanTheOneUnderTheCursor() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let workspace = test.workspace
    await test.simulator.setFaults { $0.path?.hasPrefix("/cloud/4/") == true ? .delay(.seconds(9)) : nil }
    workspace.clouds.select(4)
    // A request delayed only after the clock was advanced would wait forever.
    await yield(until: test.network.rests == Array(repeating: .seconds(9), count: workspace.details.count))
    for table in workspace.details {
      #expect(table.scopeName == "Haussmann Tower" && table.rowCount > 0)
      #expect(
        table.actions.refusal(of: .delete, about: .selected)?
          .hasPrefix("These \(table.names.plural) belong to Haussmann Tower; those of ") == true)
      #expect(table.actions.refusal(of: .open, about: .selected) == nil)
    }
    #expect(workspace.users.actions.refusal(of: .edit, about: .selected)?.contains("Zürich Hauptbahnhof") == true)
    #expect(workspace.processors.actions.refusal(of: .create, about: .selected)?.contains("Haussmann Tower") == true)
    test.network.advance(by: .seconds(9))
    await test.idle()
    #expect(workspace.users.actions.refusal(of: .delete, about: .selected) == nil)
    #expect(workspace.users.scopeName == "Zürich Hauptbahnhof")
  }

  @Test func quickMovementReadsNothingOfTheCloudsPassed() async throws {
    let test = try await WorkspaceUnderTest(settings: Workspace.Settings())
    await test.start()
    for id in [2, 3, 4, 9, 10] { test.workspace.clouds.select(Cloud.ID(rawValue: String(id))) }
    await test.pass(.milliseconds(150)) { test.workspace.users.scopeName == "مركز الدوحة للفنون" }
    for id in [2, 3, 4, 9] {
      #expect(await test.simulator.requestCount(.get, "/cloud/\(id)/user") == 0)
    }
    #expect(await test.simulator.requestCount(.get, "/cloud/10/user") == 1)
    #expect(test.clock.rests == [])
  }

  @Test func movingOnCancelsWhatIsOnItsWay() async throws {
    let test = try await WorkspaceUnderTest(
      settings: Workspace.Settings(), faults: { $0.path == "/cloud/3/user" ? .noAnswer(carriedOut: true) : nil })
    await test.start()
    test.workspace.clouds.select(3)
    await test.clock.waitForRest(of: .milliseconds(150))
    test.clock.advance(by: .milliseconds(150))
    await test.network.waitForRest(of: .seconds(120))
    test.workspace.clouds.select(4)
    // The superseded read ends now, not after the delay.
    await test.until { test.workspace.requests.inFlight == 0 }
    #expect(test.network.rests == [])
    await test.pass(.milliseconds(150)) { test.workspace.users.scopeName == "Zürich Hauptbahnhof" }
  }

  @Test func comingBackToTheCloudReadBeforeReadsNothingAgain() async throws {
    let test = try await WorkspaceUnderTest(settings: Workspace.Settings())
    await test.start()
    test.workspace.clouds.select(2)
    test.workspace.clouds.select(1)
    await test.idle()
    #expect(test.workspace.users.rowCount == 60)
    #expect(await test.simulator.requestCount(.get, "/cloud/1/user") == 1)
  }

  @Test func theBelongingsOfTheLastCloudGoWithIt() async throws {
    let test = try await WorkspaceUnderTest(.generated(clouds: 1, users: 3))
    await test.start()
    #expect(test.workspace.users.rowCount == 3)
    _ = try await test.client.deleteCloud(1)
    test.workspace.clouds.refresh()
    await test.idle()
    #expect(test.workspace.users.rowCount == 0)
    #expect(test.workspace.users.scopeName == nil)
    #expect(test.workspace.clouds.selectedRecord == nil)
  }

  @Test func belongingsAreReadSideBySide() async throws {
    let test = try await WorkspaceUnderTest(faults: {
      $0.path?.hasPrefix("/cloud/1/") == true ? .delay(.seconds(1)) : nil
    })
    test.workspace.start()
    let paths: Set = ["/cloud/1/size", "/cloud/1/user", "/cloud/1/invitation", "/cloud/1/processor"]
    await test.until { paths.isSubset(of: test.transport.reads) && test.workspace.requests.inFlight >= paths.count }
    await yield(until: test.workspace.requests.inFlight == 0) { test.network.advance(by: .seconds(1)) }
    await test.idle()
  }
}
