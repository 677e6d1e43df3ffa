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
    #expect(test.rows.last { $0.contains("13:04:17") }?.contains("▸ 13:04:17  GET ") == true, "\(test.text)")
    // Lists are requested at the same time, in any order.
    for _ in 0..<8 where test.line(with: "▸ 13:04:17  GET     /cloud ") == nil { await test.press(.up) }
    await test.press(.enter)
    #expect(test.line(with: "│ GET /cloud 200 ") != nil, "\(test.text)")
    #expect(test.line(with: "│ > GET http://localhost/cloud ") != nil, "\(test.text)")
    #expect(test.line(with: "> authorization: Bearer •••") != nil || test.text.contains("Bearer •••"), "\(test.text)")
    #expect(!test.text.contains(WorkspaceUnderTest.key))
  }

  @Test func aRequestInFlightIsShownAsItEnds() async throws {
    let test = try await console()
    await test.press(.escape)
    await test.service.fail(.get, "/cloud", with: .delay(.seconds(9)))
    test.service.now += 5
    let log = test.workspace.requests
    test.console.handle([.key(.character("r"))])
    // The sizes, which are reloaded with the list, are one line.
    await test.service.until { log.inFlight == 1 && log.entries.filter { $0.ending == nil }.map(\.path) == ["/cloud"] }
    await test.service.network.waitForRest(of: .seconds(9))
    for key in [Key.character("L"), .character("/")] {
      test.console.handle([.key(key)])
      test.present()
    }
    for key in [Key.character("/"), .character("c"), .character("l"), .enter, .enter] {
      test.console.handle([.key(key)])
      test.present()
    }
    #expect(test.line(with: "│ GET /cloud … in flight") != nil, "\(test.text)")
    test.service.network.advance(by: .seconds(9))
    await test.settle()
    #expect(test.line(with: "│ GET /cloud 200 ") != nil, "\(test.text)")
  }

  /// The column at which a text begins in its line.
  private func column(of text: String, _ test: ConsoleUnderTest) -> Int? {
    test.rows.first { $0.contains(text) }.flatMap { row in
      row.firstRange(of: text).map { row.distance(from: row.startIndex, to: $0.lowerBound) }
    }
  }

  @Test func theColumnsAreAligned() async throws {
    let test = try await console()
    let rows = test.rows.filter { $0.contains("  GET     /cloud") && $0.contains(" ms") }
    try #require(rows.count > 3, "\(test.text)")
    let ends = rows.map { row in row.firstRange(of: " ms").map { row.distance(from: row.startIndex, to: $0.lowerBound) }
    }
    let starts = rows.map { row in
      row.firstRange(of: "  200  ").map { row.distance(from: row.startIndex, to: $0.lowerBound) }
    }
    #expect(Set(ends).count == 1 && Set(starts).count == 1, "\(test.text)")
  }

  @Test func aSweepIsOneLineThatCounts() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 80, rows: 24))
    await test.simulator.setFaults { ["/cloud/4/size", "/cloud/9/size"].contains($0.path) ? .forbidden : nil }
    await test.start(at: 3)
    await test.press("L")
    #expect(test.line(with: "  GET     sizes of 14 clouds, 12 read, 2 failed") != nil, "\(test.text)")
    #expect(!test.text.contains("/size"))
    #expect(test.workspace.requests.entries.allSatisfy { !$0.path.hasSuffix("/size") })
    await test.press(.character("/"))
    await test.type("sizes")
    await test.press(.enter, .enter)
    #expect(test.text.contains("GET /cloud/4/size: Permission denied"), "\(test.text)")
    #expect(test.text.contains("GET /cloud/9/size: Permission denied"))
  }

  @Test func thePeopleOfAllCloudsAreOneLine() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 80, rows: 24))
    await test.start(at: 3)
    await test.press(.character("5"), .character("L"))
    #expect(test.line(with: "  GET     people of 14 clouds, 28 of 28 lists read") != nil, "\(test.text)")
  }

  @Test(arguments: [Size(columns: 120, rows: 34), Size(columns: 80, rows: 24), Size(columns: 40, rows: 10)])
  func theWritesAloneSayWhatChangedInWhichCloud(size: Size) async throws {
    let test = try await ConsoleUnderTest(size: size)
    await test.start(at: 3)
    let users = test.workspace.users
    let grace = try #require(users.records.first { $0.email == "grace@beton.example" })
    users.select(grace.id)
    await test.press(.character("2"), .character("e"), .right, .enter)
    await test.press(.character("L"), .character("w"))
    let text = test.rows.map { $0.split(separator: "│").joined() }.joined(separator: " ").split(separator: " ")
      .joined(separator: " ")
    #expect(text.contains("PATCH /cloud/3/user/") || text.contains("PATCH /clo"), "\(test.text)")
    #expect(text.contains("Users · Haussmann Tower: Grace Hopper: Role: User → Admin"), "\(test.text)")
    #expect(!text.contains("GET") && text.contains("Writes") && text.contains("w all"), "\(test.text)")
    await test.press(.enter)
    #expect(test.text.contains("> PATCH http://localhost/cloud/3/user/") || size.columns == 40, "\(test.text)")
    var seen = test.text
    for _ in 0..<20 {
      await test.press(.pageDown)
      seen += test.text
    }
    #expect(seen.contains(#"> {"role":100}"#) && seen.contains("•••"), "\(seen)")
    #expect(!seen.contains(WorkspaceUnderTest.key))
    await test.press(.escape, .character("w"))
    #expect(test.text.contains("Requests and") && test.text.contains("GET"))
  }

  @Test func downLeadsFromAWriteToTheEntryBelowIt() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 80, rows: 24))
    await test.start(at: 3)
    for _ in 0..<2 { await test.press(.character("3"), .character("R"), .character("y")) }
    await test.press(.character("L"), .character("w"), .home)
    let first = try #require(test.rows.firstIndex { $0.contains("▸ ") && $0.contains("POST") })
    await test.press(.down)
    let next = try #require(test.rows.firstIndex { $0.contains("▸ ") && $0.contains("POST") })
    #expect(next > first + 1 && !test.rows[first + 1].contains("POST"), "\(test.text)")
    await test.press(.up)
    #expect(test.rows.firstIndex { $0.contains("▸ ") && $0.contains("POST") } == first)
  }
}
