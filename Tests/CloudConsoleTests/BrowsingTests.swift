import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite struct BrowsingTests {
  @Test func movingTheCursorShowsWhatBelongsToTheCloudUnderIt() async throws {
    let test = try await ConsoleUnderTest()
    await test.start()
    #expect(test.text.contains("2 Users · Gare du Nord, extension"))
    await test.press(.down, .down)
    #expect(test.text.contains("2 Users · Haussmann Tower"))
    #expect(test.text.contains("▸ Haussmann Tower"))
  }
}
