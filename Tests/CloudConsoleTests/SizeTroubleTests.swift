import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// What the screen shows about sizes that temporarily can't be read.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct SizeTroubleTests {
  private nonisolated static let limited: @Sendable (HTTPRequest) -> Fault? = {
    $0.path?.hasSuffix("/size") == true ? .throttled(retryAfter: 30) : nil
  }

  @Test(arguments: [
    (Size(columns: 120, rows: 34), "? retrying at 13:04:47"), (Size(columns: 80, rows: 24), "? retrying at 13:04:47"),
    (Size(columns: 40, rows: 10), "? retrying at 13:04:47"),
  ])
  func aServiceThatAsksToWaitIsSaidWithTheTimeOfTheNextTry(size: Size, text: String) async throws {
    let test = try await ConsoleUnderTest(size: size, faults: Self.limited)
    await test.start()
    #expect(test.line(with: text) != nil, "\(test.text)")
    if size.columns > 40 { #expect(test.line(with: "rate-limited until 13:04:47") != nil, "\(test.text)") }
    await test.service.heal()
    await test.service.pass(.seconds(30)) { test.workspace.sizes.trouble == nil }
    #expect(test.line(with: "? retry") == nil)
    #expect(test.line(with: "rate-limited") == nil)
    #expect(test.workspace.sizes.summary.isComplete)
  }

  @Test func aZoomedPaneSaysWhatTheServiceSaid() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 200, rows: 50), faults: Self.limited)
    await test.start()
    await test.press("z")
    let line = try #require(test.line(with: "? Rate limit reached"), "\(test.text)")
    #expect(line.contains("Retrying at 13:04:47."))
  }
}
