import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// The log shows requests and messages, one per line, and each of them in full on request.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct LogTests {
  private static let message =
    "Haussmann Tower is still there. The service refuses to delete it as long as 3 invitations are pending. Withdraw them."

  private func console(_ size: Size = Size(columns: 80, rows: 24)) async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest(size: size)
    await test.start(at: 3)
    test.service.now += 1
    test.workspace.context.notices.say(.failure, Self.message)
    await test.press(.escape, .character("L"))
    return test
  }

  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 40, rows: 10)])
  func enterShowsTheLineUnderTheCursorWhole(size: Size) async throws {
    let test = try await console(size)
    #expect(test.line(with: "▸ 13:04:18  Haussmann Tower is") != nil, "\(test.text)")
    #expect(!test.text.contains("Withdraw them."))
    await test.press(.enter)
    let lines = test.rows.filter { $0.contains("│ ") }.map { row in
      row.split(separator: "│").map { $0.trimmingPrefix(" ") }.max { $0.count < $1.count } ?? ""
    }
    let shown = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(shown.contains(Self.message), "\(shown)")
    await test.press(.enter)
    #expect(test.line(with: "▸ 13:04:18  Haussmann Tower is") != nil)
    await test.press(.escape)
    #expect(test.console.layers.isEmpty)
  }

  @Test func theCursorStaysOnItsLineWhenOthersComeAboveIt() async throws {
    let test = try await console()
    await test.press(.down)
    let line = try #require(test.line(with: "▸ 13:04:17"))
    test.service.now += 1
    test.workspace.context.notices.say(.done, "Something was done.")
    #expect(test.line(with: "▸ 13:04:17") == line)
    #expect(test.line(with: "  13:04:19  Something was done.") != nil)
  }

  @Test func theLastLineIsReachedAndAKeyOfItsOwnOpensIt() async throws {
    let test = try await console()
    await test.press(.end)
    #expect(test.line(with: "▸ 13:04:17  GET /cloud  200") != nil)
    await test.press(.enter)
    #expect(test.line(with: "│ GET /cloud 200 ") != nil)
  }

  @Test func aRequestInFlightIsShownAsItEnds() async throws {
    let test = try await console()
    await test.press(.escape)
    await test.service.fail(.get, "/cloud", with: .delay(.seconds(9)))
    test.service.now += 5
    let log = test.workspace.requests
    let count = log.entries.count + 1 + test.workspace.clouds.records.count
    test.console.handle([.key(.character("r"))])
    // The sizes, which are reloaded with the list, have arrived and are in the log.
    await test.service.until {
      log.entries.count == count && log.entries.filter { $0.ending == nil }.map(\.path) == ["/cloud"]
    }
    await test.service.network.waitForRest(of: .seconds(9))
    for key in [Key.character("L"), .character("/")] {
      test.console.handle([.key(key)])
      test.present()
    }
    for key in [Key.character("f"), .character("l"), .enter, .enter] {
      test.console.handle([.key(key)])
      test.present()
    }
    #expect(test.line(with: "│ GET /cloud in flight") != nil, "\(test.text)")
    test.service.network.advance(by: .seconds(9))
    await test.settle()
    #expect(test.line(with: "│ GET /cloud 200 ") != nil, "\(test.text)")
  }
}
