import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// The console with a service of the current edition: no processors, but quotas and roles on invitations.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct CurrentEditionTests {
  private func console(
    _ size: Size = Size(columns: 80, rows: 24), said: EditionSetting = .current, freeClouds: Int? = nil
  ) async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest(size: size, edition: .current, said: said, freeClouds: freeClouds)
    await test.start(at: 3)
    return test
  }

  @Test(arguments: [Size(columns: 120, rows: 34), Size(columns: 80, rows: 24), Size(columns: 40, rows: 10)])
  func barsAreDrawnToTheQuota(size: Size) async throws {
    try expectRecorded(try await console(size).present(), as: "quotas-\(size.columns)x\(size.rows)")
  }

  @Test func aRecordSaysTheQuotaAndWhoManagesIt() async throws {
    let test = try await console()
    await test.press(.enter)
    try expectRecorded(test.present(), as: "quota-record-80x24")
  }

  @Test func whereOnlyTheRestIsToldTheSizeIsADashAndTheRecordSaysWhatRemains() async throws {
    let test = try await console()
    let id = try #require(test.workspace.clouds.records.first { test.workspace.sizes[$0.id].value?.bytes == nil }?.id)
    test.workspace.clouds.select(id)
    #expect(test.line(with: "서울로")?.contains(" — ") == true)
    await test.press(.enter)
    #expect(test.line(with: "Quota")?.contains("remain") == true)
  }

  @Test func sizesThatNobodyTellsComeLastInBothDirections() async throws {
    let test = try await console()
    let isUnknown: (Cloud) -> Bool = { test.workspace.sizes[$0.id].value?.bytes == nil }
    for _ in 0..<2 {
      let rows = test.workspace.clouds.rowCount
      let last = test.workspace.clouds.row(at: rows - 1).id
      #expect(test.workspace.clouds.records.first { $0.id.rawValue == last }.map(isUnknown) == true)
      await test.press(.character("s"), .character("s"))
      #expect(test.workspace.clouds.order?.column == "size")
    }
  }

  @Test func thereAreNoProcessorsAndTheirKeySaysWhy() async throws {
    let test = try await console()
    #expect(!test.text.contains("Processors"))
    await test.press("4")
    #expect(test.console.focus == 0)
    #expect(test.text.contains("This service has no processors"))
    #expect(await test.simulator.requests.allSatisfy { !$0.path.contains("processor") })
    await test.press(.tab, .tab, .tab)
    #expect(test.console.focus == 0)
  }

  @Test func withoutAWordOnTheEditionThePaneGoesWhenItIsFoundOut() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 120, rows: 34), edition: .current, said: .auto)
    test.workspace.start(at: 3)
    #expect(test.text.contains("4 Processors"))
    test.console.handle([.key(.character("4"))])
    #expect(test.console.focus == 3)
    await test.settle()
    #expect(!test.text.contains("4 Processors"))
    #expect(test.console.focus == 1)
    #expect(test.workspace.clouds.selection == 3)
  }

  @Test func anInvitationCarriesARoleAndProjects() async throws {
    let test = try await console()
    await test.press("i")
    await test.type("new@chantier.example")
    await test.press(.tab, .control("u"))
    await test.type("https://landing.example")
    await test.press(.tab)
    #expect(test.line(with: "( ) Admin   (•) User") != nil)
    await test.press(.tab, .right, .tab, .right)
    try expectRecorded(test.present(), as: "invite-roles-80x24")
    await test.press(.enter)
    let sent = try #require(test.workspace.invitations.records.first { $0.email == "new@chantier.example" })
    #expect(sent.role == .user)
    #expect(sent.isInAllProjects == true)
    #expect(sent.projectRole == .guest)
    #expect(
      test.workspace.context.lastCommand?.text.hasSuffix("--role user --in-all-projects --project-role guest")
        == true)
  }

  @Test func theClassicFormAsksForNoRole() async throws {
    let test = try await ConsoleUnderTest()
    await test.start(at: 3)
    await test.press("i")
    #expect(!test.text.contains("Projects"))
    #expect(test.text.contains("becomes an administrator"))
  }

  @Test func noColumnOfCompaniesStandsThereForNothing() async throws {
    let test = try await console(Size(columns: 120, rows: 34))
    await test.press("2")
    #expect(!test.text.contains("COMPANY"))
    await test.press(.enter)
    #expect(test.text.contains("Signs in with"))
    #expect(!test.text.contains("Company"))
  }

  @Test func aCloudThatIsNotFreeIsRefusedWithTheReason() async throws {
    let test = try await console(freeClouds: 1)
    await test.press("c")
    await test.type("Another")
    await test.press(.enter)
    #expect(test.line(with: "You can't create") != nil, "\(test.text)")
    #expect(test.text.contains("Another"))
  }

  @Test func theJSONOfACloudIsSentAsAPatch() async throws {
    let test = try await console()
    let edit = try #require(test.workspace.clouds.actions.documentEdit())
    guard case .text(let text) = await edit.begin() else {
      Issue.record("It was not opened.")
      return
    }
    #expect(
      await edit.finish(text.replacing("\"Haussmann Tower\"", with: "\"Tower\""))
        == .saved("Renamed \"Haussmann Tower\" to \"Tower\"."))
    #expect(test.service.transport.writes == ["PATCH /cloud/3 {\"name\":\"Tower\"}"])
  }

  @Test func theJSONOfAPersonIsSentAsAPatch() async throws {
    let test = try await console()
    await test.press("2")
    let edit = try #require(test.workspace.users.actions.documentEdit())
    guard case .text(let text) = await edit.begin() else {
      Issue.record("It was not opened.")
      return
    }
    guard case .saved = await edit.finish(text.replacing("\"role\": 100", with: "\"role\": 50")) else {
      Issue.record("It was not saved: \(text)")
      return
    }
    #expect(test.service.transport.writes == ["PATCH /cloud/3/user/101 {\"cloud_role\":50}"])
    #expect(test.workspace.users.record(101)?.cloudRole == .user)
  }
}
