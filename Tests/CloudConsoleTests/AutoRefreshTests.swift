import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct AutoRefreshTests {
  private static let interval = Duration.seconds(30)

  private func console() async throws -> ConsoleUnderTest {
    var settings = Workspace.Settings.immediate
    settings.refreshInterval = Self.interval
    let test = try await ConsoleUnderTest(settings: settings)
    await test.start(at: 3)
    test.console.start()
    return test
  }

  /// Lets one interval pass and waits until the next has started; returns the requests sent meanwhile.
  private func turn(
    _ test: ConsoleUnderTest, after rest: Duration = interval, next: Duration = interval
  ) async -> [String] {
    let before = await test.simulator.requests.count
    await test.service.clock.waitForRest(of: rest)
    test.service.now += 30
    test.service.clock.advance(by: rest)
    await test.service.clock.waitForRest(of: next)
    await test.settle()
    return await test.simulator.requests.dropFirst(before).map { "\($0.method) \($0.path)" }
  }

  @Test func withoutAnIntervalNothingWaits() async throws {
    let test = try await ConsoleUnderTest()
    await test.start(at: 3)
    test.console.start()
    #expect(test.service.clock.rests == [])
  }

  @Test func theFocusedListIsReadAgainAndTheCursorStays() async throws {
    let test = try await console()
    await test.press(.character("2"), .down, .down)
    let selected = test.workspace.users.selection
    #expect(await turn(test) == ["GET /cloud/3/user"])
    #expect(await turn(test) == ["GET /cloud/3/user"])
    #expect(test.workspace.users.selection == selected)
    await test.press("1")
    #expect(await turn(test).filter { $0.hasSuffix("/size") }.count == 14)
    test.console.stop()
    #expect(test.service.clock.rests == [])
  }

  /// The record that the key was meant for is gone, and the key doesn't apply to the row that took its place.
  @Test(arguments: [
    Key.character("D"), .delete, .character("e"), .character("E"), .character(" "), .enter, .character("y"),
  ])
  func aRowThatGoesFromUnderTheCursorTakesNoNeighbourWithIt(key: Key) async throws {
    let test = try await console()
    await test.press(.character("2"), .down, .down)
    let users = test.workspace.users
    let gone = try #require(users.selectedRecord)
    _ = try await test.service.client.deleteCloudUser(3, gone.id)
    _ = await turn(test)
    #expect(users.selection != nil && users.selection != gone.id)
    await test.press(key)
    #expect(test.console.layers.isEmpty && users.markedCount == 0)
    #expect(test.text.contains("\(UserText.title(gone)) is gone."))
    // A second later, keys apply to the row under the cursor again.
    test.service.clock.advance(by: .seconds(1))
    await test.press("e")
    #expect(test.console.layers.count == 1)
    test.console.stop()
  }

  @Test func whoMovesTheCursorMeansTheRowThatItStandsOn() async throws {
    let test = try await console()
    await test.press(.character("2"), .down, .down)
    _ = try await test.service.client.deleteCloudUser(3, try #require(test.workspace.users.selection))
    _ = await turn(test)
    await test.press(.down, .character("e"))
    #expect(test.console.layers.count == 1)
    test.console.stop()
  }

  /// Otherwise, the key would apply to the row under the cursor.
  @Test func theOnlyMarkedRecordThatGoesTakesNoOtherWithIt() async throws {
    let test = try await console()
    await test.press(.character("2"), .down, .character(" "))
    let users = test.workspace.users
    let rows = (0..<users.rowCount).map(users.row(at:))
    let marked = try #require(rows.first { $0.isMarked })
    _ = try await test.service.client.deleteCloudUser(3, User.ID(rawValue: marked.id))
    _ = await turn(test)
    await test.press("D")
    #expect(test.console.layers.isEmpty)
    #expect(test.text.contains("Nothing was done to the row now under the cursor."))
    test.console.stop()
  }

  @Test func nobodyIsInvitedToTheCloudThatCameUnderTheCursor() async throws {
    let test = try await console()
    await test.press(.down)
    _ = try await test.service.client.deleteCloud(try #require(test.workspace.clouds.selection))
    _ = await turn(test)
    await test.press("i")
    #expect(test.console.layers.isEmpty)
    test.console.stop()
  }

  @Test func nothingIsReadWhileADialogOrAFilterIsOpen() async throws {
    let test = try await console()
    await test.press(.character("2"), .character("?"))
    #expect(await turn(test) == [])
    await test.press(.escape, .character("/"))
    #expect(await turn(test) == [])
    await test.press(.escape)
    #expect(await turn(test) == ["GET /cloud/3/user"])
    test.console.stop()
  }

  @Test func eachFailureDoublesTheRestAndSuccessEndsThat() async throws {
    let test = try await console()
    await test.press("2")
    await test.service.fail(.get, "/cloud/3/user", with: .forbidden)
    #expect(await turn(test).count == 1)
    #expect(await turn(test, next: .seconds(60)).count == 1)
    #expect(await turn(test, after: .seconds(60), next: .seconds(120)).count == 1)
    await test.service.heal()
    #expect(await turn(test, after: .seconds(120), next: .seconds(240)).count == 1)
    #expect(test.workspace.users.status.failure == nil)
    #expect(await turn(test, after: .seconds(240)).count == 1)
    #expect(await turn(test).count == 1)
    test.console.stop()
  }

  @Test func aListThatWaitsToBeTriedAgainIsLeftToItself() async throws {
    let test = try await console()
    await test.press("2")
    await test.service.fail(.get, "/cloud/3/user", with: .throttled(retryAfter: 600))
    #expect(await turn(test).count == 1)
    #expect(test.workspace.users.status.failure?.nextTry != nil)
    let before = await test.simulator.requests.count
    test.service.clock.advance(by: Self.interval)
    await test.service.clock.waitForRest(of: Self.interval * 2)
    await test.settle()
    #expect(await test.simulator.requests.count == before)
    test.console.stop()
  }

  @Test func whereTheServiceAsksToBeLeftAloneNoSizeIsReadUntilThen() async throws {
    let test = try await console()
    await test.service.fail(.get, "/cloud/3/size", with: .throttled(retryAfter: 600))
    #expect(await turn(test).contains("GET /cloud/3/size"))
    await test.service.heal()
    #expect(await turn(test, next: .seconds(60)) == [])
    #expect(await turn(test, after: .seconds(60), next: .seconds(120)) == [])
    test.service.now += 500
    #expect(await turn(test, after: .seconds(120), next: .seconds(240)).contains("GET /cloud/3/size"))
    #expect(await turn(test, after: .seconds(240)).contains("GET /cloud/3/size"))
    test.console.stop()
  }

  @Test func whatOthersDidIsSignedAndSaidByItself() async throws {
    let test = try await console()
    let selected = test.workspace.clouds.selection
    _ = try await test.service.client.createCloud(CloudDraft(name: "Made by others"))
    _ = try await test.service.client.updateCloud(7, CloudPatch(name: "Renamed by others"))
    _ = await turn(test)
    #expect(test.text.contains("Clouds: 1 new, 1 changed since 13:04."))
    #expect(test.line(with: "│+  Made by others") != nil)
    #expect(test.line(with: "│~  Renamed by others") != nil)
    #expect(test.workspace.clouds.selection == selected)
    // The next turn finds no changes, and the signs stay.
    test.workspace.context.notices.dismiss()
    _ = await turn(test)
    #expect(test.workspace.context.notices.current == nil)
    #expect(test.line(with: "│+  Made by others") != nil)
    test.console.stop()
  }
}
