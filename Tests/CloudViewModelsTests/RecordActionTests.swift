import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct RecordActionTests {
  @Test func anInvitationIsSentAgainOnceAndOnlyWhenConfirmed() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let invitations = test.workspace.invitations
    invitations.filter(by: "pm@")
    let question = try #require(invitations.actions.question(of: .resend))
    #expect(question.title == "Send the invitation of pm@gabarit.example again?")
    await test.idle()
    #expect(await test.simulator.emailsSent(to: "pm@gabarit.example", in: 3) == 0)
    question.confirm()
    question.confirm()
    await test.idle()
    #expect(await test.simulator.emailsSent(to: "pm@gabarit.example", in: 3) == 1)
    #expect(question.phase == .done)
    #expect(invitations.totalCount == 3)
  }

  @Test func aDemoProjectAddsToTheCloudsSize() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 7)
    #expect(test.workspace.sizes[7].value == 0)
    let question = try #require(test.workspace.clouds.actions.question(of: .createDemo))
    await test.idle()
    question.confirm()
    await test.idle()
    #expect(test.transport.writes == ["POST /cloud/7/create-demo"])
    #expect(test.workspace.sizes[7].value?.bytes == Int64(Simulator.demoProjectSize))
    #expect(test.context.notices.current?.text == "Created the project Demo in Archive 2018.")
  }

  @Test func whatAPaneCannotDoIsRefusedWithWhatToDoInstead() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let tables = test.workspace.tables
    for table in tables {
      for intent in RecordIntent.allCases {
        guard let refusal = table.actions.refusal(of: intent) else { continue }
        #expect(refusal.hasSuffix("."), "\(table.names.plural) \(intent): \(refusal)")
        #expect(!refusal.contains("can't do that"), "\(table.names.plural) \(intent)")
      }
    }
    #expect(
      test.workspace.users.actions.refusal(of: .create)
        == "People join a cloud by invitation: {invite} invites someone.")
  }

  @Test func openingARecordReadsItAgain() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    _ = try await test.client.updateCloud(3, CloudPatch(name: "Renamed elsewhere"))
    let record = try #require(test.workspace.clouds.actions.recordScreen())
    #expect(record.status.loadingSince != nil)
    await test.idle()
    #expect(record.fields.first { $0.label == "Name" }?.value == .text("Renamed elsewhere"))
    #expect(record.fields.first { $0.label == "Creator" }?.value == .text("Ada Lovelace, ada@atelier.example"))
    #expect(test.workspace.clouds.selectedRecord?.name == "Renamed elsewhere")
  }

  @Test func aRecordThatCannotBeReadAgainSaysWhyAndStays() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    await test.fail(.get, "/cloud/3", with: .badGateway)
    let record = try #require(test.workspace.clouds.actions.recordScreen())
    await test.idle()
    #expect(record.status.failure?.error.code == .server(status: 502))
    #expect(record.fields.first { $0.label == "Name" }?.value == .text("Haussmann Tower"))
  }
}
