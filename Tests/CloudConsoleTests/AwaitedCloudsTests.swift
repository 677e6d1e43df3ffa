import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// What the detail panes show before there is a cloud.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct AwaitedCloudsTests {
  private static let waiting = "Waiting for the list of clouds…"

  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 34)])
  func whileTheCloudsAreReadItIsSaidThatTheyAreWaitedFor(size: Size) async throws {
    let test = try await ConsoleUnderTest(size: size, faults: { _ in .noAnswer(carriedOut: true) })
    test.workspace.start()
    await test.service.until { test.workspace.requests.inFlight == 1 }
    #expect(!test.text.contains(Self.waiting))
    test.service.now += 0.4
    #expect(test.text.contains(Self.waiting))
    test.service.now += 7
    #expect(test.text.contains(Self.waiting + " 7 s"))
    test.workspace.clouds.cancelReading()
  }

  @Test func noneIsSaidToBeMissingBeforeTheListIsReadAgainAndThenTheFirstIsSelected() async throws {
    let test = try await ConsoleUnderTest(.empty, size: Size(columns: 80, rows: 24))
    await test.start()
    #expect(test.text.contains("No cloud is selected."))
    _ = try await test.service.client.createCloud(CloudDraft(name: "Port"))
    await test.service.fail(.get, "/cloud", with: .delay(.seconds(9)))
    test.console.handle([.key(.character("r"))])
    await test.service.network.waitForRest(of: .seconds(9))
    test.service.now += 1
    #expect(test.text.contains(Self.waiting))
    #expect(!test.text.contains("No cloud is selected."))
    test.service.network.advance(by: .seconds(9))
    await test.settle()
    #expect(test.workspace.clouds.selectedRow == 0)
    #expect(test.text.contains("2 Users · Port"))
    #expect(!test.text.contains(Self.waiting))
  }

  @Test func theFirstOfAListThatBrokeOffIsSelectedAndItsBelongingsAreRead() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 80, rows: 24))
    await test.service.fail(.get, "/cloud", with: .truncatedBody(bytes: 4_000))
    await test.start()
    let first = try #require(test.workspace.clouds.selectedRecord)
    #expect(test.workspace.clouds.status.isPartial)
    #expect(test.workspace.users.scope?.id == first.id)
    #expect(test.text.contains("2 Users · "))
  }

  @Test func theOnlyPaneOfASmallWindowSaysThatTheCloudsCouldNotBeRead() async throws {
    let test = try await ConsoleUnderTest(
      size: Size(columns: 40, rows: 10), faults: { $0.path == "/cloud" ? .badGateway : nil })
    await test.start()
    await test.press("2")
    #expect(test.text.contains("The list of clouds could not be"), "\(test.text)")
  }
}
