import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// Announcements are complete and made once, however small the window is.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct AnnouncementTests {
  private nonisolated static let refusal = Fault.reply(
    status: .badRequest, fields: [.contentType: "application/json"], body: "{\"detail\":\"Not this one.\"}")

  private nonisolated static let sizes = [Size(columns: 80, rows: 24), Size(columns: 40, rows: 10)]

  private func console(_ size: Size, services: (any ServiceDirectory)? = nil) async throws -> ConsoleUnderTest {
    var settings = Console.Settings()
    settings.screenReader = true
    let test = try await ConsoleUnderTest(size: size, console: settings, services: services)
    await test.start(at: 3)
    return test
  }

  @Test(arguments: sizes) func whatIsWrongInAFormIsSaidWhole(size: Size) async throws {
    let test = try await console(size)
    await test.press("i")
    #expect(test.said.hasPrefix("Invite an administrator to Haussmann Tower. E-mail. one or several, separated by"))
    await test.type("bob@nowhere, carol.example@, new@x.example")
    await test.press(.enter)
    let problem = "E-mail: bob@nowhere is not an e-mail address. carol.example@ is not an e-mail address."
    #expect(test.said == problem)
    // The same key with the same result is announced again, after a move and without one.
    await test.press(.tab)
    #expect(test.said.hasPrefix("Redirect https://platform.bimdata.io/cloud/3. page opened"))
    await test.press(.enter)
    #expect(test.said.hasPrefix(problem))
    await test.press(.enter)
    #expect(test.said.hasPrefix(problem))
  }

  @Test(arguments: sizes) func whatTheServiceRefusesIsSaidWhole(size: Size) async throws {
    let test = try await console(size)
    let reason = "This name is too similar to that of another cloud which you can't see, so that it was not taken."
    await test.service.fail(
      .post, "/cloud",
      with: .reply(
        status: .badRequest, fields: [.contentType: "application/json"],
        body: "{\"name\":[\"\(reason)\"],\"plan\":[\"None is left.\"]}"))
    await test.press("c")
    await test.type("Haussmann")
    await test.press(.enter)
    #expect(test.said == "Name: \(reason) plan: None is left.")
    await test.press(.enter)
    #expect(test.said == "Name: \(reason) plan: None is left.")
  }

  @Test(arguments: sizes) func theQuestionWhetherToLeaveIsOnTheScreenOnce(size: Size) async throws {
    let test = try await console(size)
    await test.press("c")
    await test.type("Half")
    await test.press(.escape)
    #expect(test.said == "Discard your input?")
    #expect(test.text.components(separatedBy: "Discard your").count == 2)
    #expect(test.rows.last == "y leave, Enter stay")
    await test.press("n")
    #expect(test.said == "Name Half. 1 to 256 characters")
  }

  @Test(arguments: sizes) func whatBecameOfACopyIsSaidWholeEachTime(size: Size) async throws {
    let test = try await console(size)
    let terminal = TerminalUnderTest()
    test.console.host = terminal
    await test.press(.character("y"), .enter)
    let sent =
      "Name: sent to the terminal's clipboard by OSC 52. A terminal may ignore that: then select it here."
    #expect(test.said == sent)
    await test.press(.down)
    #expect(test.said == "Id 3")
    await test.press(.up, .enter)
    #expect(test.said == sent)
  }

  @Test(arguments: sizes) func aQuestionIsSaidWithAllThatIsLost(size: Size) async throws {
    let test = try await console(size)
    await test.press("D")
    #expect(
      test.said
        == "Delete Haussmann Tower? This permanently deletes, for everyone: 512 GB of files; 48 users' access; "
        + "3 invitations; 5 processors. Just re-checked: unchanged. Type the name or \"delete cloud 3\" to confirm:")
    await test.type("Haussmann Tower")
    #expect(test.said == "Typed in full: Enter deletes.")
  }

  @Test(arguments: sizes) func whatIsMarkedIsSaidBeforeItGoesAndWhatBecameOfEach(size: Size) async throws {
    let test = try await console(size)
    await test.press("3")
    let emails = test.workspace.invitations.records.map(\.email)
    await test.service.simulator.setFaults {
      $0.method == .delete && $0.path?.hasSuffix("/33") == true ? Self.refusal : nil
    }
    await test.press(.control("a"), .character("D"))
    for email in emails { #expect(test.said.contains(email), "\(test.said)") }
    await test.press("y")
    for email in emails { #expect(test.said.contains("\(email): "), "\(test.said)") }
    #expect(test.said.contains("Not this one."), "\(test.said)")
    #expect(test.said.hasSuffix("Not everything was done. The list is being refreshed."), "\(test.said)")
  }

  @Test(arguments: sizes) func aLongMessageTakesRowsOfItsOwnAndGivesThemBack(size: Size) async throws {
    let test = try await console(size)
    let text =
      "Haussmann Tower is still there. The service refuses it, because 3 invitations are pending and somebody works."
    test.workspace.context.notices.say(.done, text)
    #expect(test.said == text)
    let frame = test.present()
    #expect(frame.cursor.map { test.rows[$0.row].hasPrefix("Haussmann Tower, ") } == true, "\(frame.text())")
    await test.press(.down)
    #expect(test.said == "Row 4 of 14.")
    #expect(test.console.layout.notice.rows == 1)
  }

  @Test func aMessageThatStaysIsSaidOnce() async throws {
    let test = try await console(Self.sizes[0])
    let notices = test.workspace.context.notices
    notices.say(.unknown, "Nobody knows.")
    #expect(test.said == "Nobody knows.")
    #expect(test.text.components(separatedBy: "Nobody knows.").count == 2)
    notices.say(.information, "By the way.")
    #expect(test.said == "By the way.")
    await test.press(.down)
    #expect(test.said == "Row 4 of 14.")
    #expect(test.text.contains("Nobody knows."))
    await test.press(.character("?"), .escape)
    #expect(test.said == "Closed. Clouds, 14 rows. Row 4 of 14.")
  }

  @Test func aReadThatFailsAgainIsNotSaidAgain() async throws {
    let test = try await console(Self.sizes[0])
    await test.service.fail(.get, "/cloud", with: .badGateway)
    await test.press("r")
    #expect(test.said.contains("502"), "\(test.said)")
    await test.press(.down)
    #expect(test.said == "Row 4 of 14.")
    await test.service.pass(.seconds(5)) { test.workspace.clouds.status.failure?.nextTry == test.service.now + 10 }
    test.present()
    #expect(test.said == "Row 4 of 14.")
  }

  @Test func aListThatIsReadAgainAndTheSameIsSaidUnlessSomethingElseIs() async throws {
    let test = try await console(Self.sizes[0])
    test.service.now += 60
    await test.press(.down, .character("r"))
    #expect(test.said == "Read again, 14 rows.")
    test.service.now += 60
    await test.press("e")
    await test.type("x")
    await test.press(.enter)
    #expect(test.said.hasPrefix("Renamed \"Zürich Hauptbahnhof\" to \"Zürich Hauptbahnhofx\"."), "\(test.said)")
    #expect(!test.said.contains("Read again"))
  }

  @Test(arguments: sizes) func aCommandIsSaidWithWhatItDoes(size: Size) async throws {
    let test = try await console(size)
    await test.press(":")
    await test.type("edit-as")
    #expect(test.said == "edit-as-json, in your editor, E. Edit the record as JSON in your editor.")
    await test.type("zzz")
    #expect(test.said == "No matching command.")
  }

  @Test(arguments: sizes) func whatIsSearchedForAndFoundIsSaid(size: Size) async throws {
    let test = try await console(size)
    await test.press("?", "/")
    #expect(test.said == "Type to search.")
    await test.type("json")
    #expect(test.said.hasSuffix("lines for json."))
    #expect(test.rows.last?.hasSuffix("search: json") == true)
    let frame = test.present()
    #expect(frame.cursor == Point(column: test.rows.last?.count ?? 0, row: size.rows - 1))
    await test.type("zzz")
    #expect(test.said == "No key matches \"jsonzzz\".")
  }

  @Test(arguments: sizes) func aSizeIsSaidWithTheWholeName(size: Size) async throws {
    let test = try await console(size)
    await test.press(.character("S"), .up)
    #expect(test.said == "2, 東京駅 再開発, 804 GB")
    await test.press(.up)
    #expect(test.said == "1, Gare du Nord, extension, 1.2 TB")
  }

  @Test func anEmptyPaneIsSaidWithWhatFillsIt() async throws {
    let test = try await console(Self.sizes[0])
    await test.press(.end, .character("3"))
    let message = try #require(test.present().cursor).row
    #expect(test.said.hasSuffix("0 rows. " + test.rows[message]), "\(test.said)")
  }

  @Test func theFormOfAFirstRunIsSaidAtOnce() async throws {
    var settings = Console.Settings()
    settings.screenReader = true
    let test = try await ConsoleUnderTest(.empty, console: settings, services: ServicesUnderTest())
    test.console.askForService {}
    #expect(
      test.said
        == "Which service? Address empty, proposed: https://api.bimdata.io. Tab or Enter takes it; type another over it"
    )
  }
}

extension ConsoleUnderTest {
  fileprivate func press(_ characters: Character...) async {
    for character in characters { await press(.character(character)) }
  }
}
