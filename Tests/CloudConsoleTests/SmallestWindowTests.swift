import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// The smallest window shows what is most important; the rest is one key away.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct SmallestWindowTests {
  private func console(isHeard: Bool = false, at cloud: Cloud.ID = 3) async throws -> ConsoleUnderTest {
    var settings = Console.Settings()
    settings.screenReader = isHeard
    let test = try await ConsoleUnderTest(size: ConsoleLayout.smallest, console: settings)
    await test.start(at: cloud)
    return test
  }

  @Test func whyAFormWasRefusedIsSeenWithItsField() async throws {
    let test = try await console()
    await test.service.fail(.post, "/cloud/3/invitation", with: .forbidden)
    await test.press("i")
    await test.type("a@x.example")
    await test.press(.enter)
    #expect(test.line(with: "a@x.example: Permission denied") != nil, "\(test.text)")
    #expect(test.line(with: "E-mail    a@x.example") != nil, "\(test.text)")
  }

  @Test func whatBecameOfEachOfSeveralIsSeenPageByPage() async throws {
    let test = try await console()
    await test.service.fail(.post, "/cloud/3/invitation", with: .forbidden)
    await test.press("i")
    await test.type("a@x.example, b@x.example, c@x.example, d@x.example")
    await test.press(.enter)
    #expect(test.line(with: "a@x.example: Permission") != nil, "\(test.text)")
    var seen = test.text
    for _ in 0..<4 {
      #expect(test.line(with: "Redirect") != nil, "\(test.text)")
      await test.press(.pageDown)
      seen += test.text
    }
    #expect(seen.contains("Not sent: b@x.example"), "\(seen)")
    #expect(seen.contains("PgUp PgDn"), "\(seen)")
  }

  @Test(arguments: [
    (
      ConsoleLayout.smallest,
      [
        "Delete Réhabilitation énergétique", "du groupe scolaire Jean-Jaurès et", "de la halle des sports, lots 1 à",
        "7?", "Type the name or “delete cloud 3”:",
      ]
    ),
    (
      Size(columns: 80, rows: 24),
      [
        "Delete Réhabilitation énergétique du groupe scolaire Jean-Jaurès", "et de la halle des sports, lots 1 à 7?",
        "512 GB of files", "Type the name or “delete cloud 3” to confirm:",
      ]
    ),
  ])
  func aTitleThatTheBorderHasNoRoomForStandsInTheQuestionOnce(size: Size, lines: [String]) async throws {
    let name = "Réhabilitation énergétique du groupe scolaire Jean-Jaurès et de la halle des sports, lots 1 à 7"
    let test = try await ConsoleUnderTest(size: size)
    _ = try await test.service.client.updateCloud(3, CloudPatch(name: name))
    await test.start(at: 3)
    await test.press("D")
    for line in lines { #expect(test.line(with: line) != nil, "\(line) in \(test.text)") }
    #expect(test.rows.count { $0.contains("Réhabilitation énergétique") && $0.contains("Delete") } == 1, "\(test.text)")
    #expect(!test.text.contains("Delete Réhabilitation énergétique…"))
    // What goes along is a key away where there is no room for it.
    await test.press(.pageDown)
    #expect(test.text.contains("512 GB of files") && test.text.contains("5 processors"), "\(test.text)")
  }

  @Test func whatIsToBeTypedIsSaidOfHoweverMany() async throws {
    let test = try await console(isHeard: true)
    await test.press(.character("2"), .control("a"), .character("D"))
    let lines = test.rows.map { $0.trimmingCharacters() }
    #expect(lines.joined(separator: " ").contains("Type \"remove 48 users\" to confirm:"), "\(test.text)")
    #expect(lines.contains { $0.hasPrefix("Remove 48 users from") }, "\(test.text)")
  }

  @Test(arguments: [ConsoleLayout.smallest, Size(columns: 80, rows: 24)])
  func afterACopyTheCursorIsOnWhatIsChosen(size: Size) async throws {
    var settings = Console.Settings()
    settings.screenReader = true
    let test = try await ConsoleUnderTest(size: size, console: settings)
    await test.start(at: 3)
    await test.press(.character("y"), .down, .enter)
    let cursor = try #require(test.present().cursor)
    #expect(test.rows[cursor.row].hasPrefix("Id"), "\(test.text)")
  }
}

extension String {
  fileprivate func trimmingCharacters() -> String { String(reversed().drop { $0 == " " }.reversed()) }
}
