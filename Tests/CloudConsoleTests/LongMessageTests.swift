import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// Messages of several rows take them from the panes, whose borders stay visible.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct LongMessageTests {
  private nonisolated static let sizes = [
    Size(columns: 120, rows: 34), Size(columns: 80, rows: 24), Size(columns: 40, rows: 10),
  ]
  private nonisolated static let text =
    "Haussmann Tower is still there, since the service refuses it: 3 invitations. Withdraw them first."

  /// The number of border characters in each row.
  private func borders(_ test: ConsoleUnderTest) -> [Int] {
    test.rows.map { row in row.count { "╭╮╰╯─".contains($0) } }
  }

  @Test(arguments: sizes) func aMessageOfSeveralRowsLeavesTheLowerBordersInSight(size: Size) async throws {
    let test = try await ConsoleUnderTest(size: size)
    await test.start(at: 3)
    let before = test.present()
    let bordersBefore = borders(test)
    let notices = test.workspace.context.notices
    notices.say(.failure, Self.text)
    let rows = test.rows
    let place = test.console.layout.notice
    try #require(place.rows > 1 || size.columns == 120)
    let shown = rows[place.row..<place.endRow].joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(shown == "! " + Self.text)
    // The lowest border is complete and right above the message.
    #expect(borders(test)[place.row - 1] == bordersBefore[size.rows - 3])
    #expect(rows[place.row - 1].hasPrefix(size.columns == 40 ? "─" : "╰"))
    // The row under the cursor stays visible, and the rows above stay in place.
    #expect(test.line(with: "▸ Haussmann Tower") != nil)
    #expect(rows[0] == before.text().split(separator: "\n").first.map(String.init))
    #expect(rows[1] == before.text().split(separator: "\n").dropFirst().first.map(String.init))
    notices.dismiss()
    // If the list scrolled to keep the row under the cursor visible, it stays scrolled.
    if size.columns > 40 { #expect(test.present() == before) }
    #expect(borders(test) == bordersBefore)
  }

  @Test func theRowUnderTheCursorStaysInSightWhereItWasTheLast() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 40, rows: 10))
    await test.start(at: 4)
    #expect(test.rows[6].contains("▸ Zürich Hauptbahnhof"))
    test.workspace.context.notices.say(.failure, Self.text)
    #expect(test.line(with: "▸ Zürich Hauptbahnhof") != nil)
  }

  @Test func aMessageOfOneRowTakesNothing() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 80, rows: 24))
    await test.start(at: 3)
    let before = test.console.layout
    test.workspace.context.notices.say(.done, "Done.")
    test.present()
    #expect(test.console.layout == before)
  }
}
