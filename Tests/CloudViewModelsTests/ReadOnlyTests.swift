import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct ReadOnlyTests {
  private static let readOnly = ServiceIdentity(name: "prod", source: .profile("prod"), isReadOnly: true)

  @Test(arguments: RecordIntent.allCases.filter(\.writes))
  func noWriteBeginsOnAReadOnlyService(intent: RecordIntent) async throws {
    let test = try await WorkspaceUnderTest(service: Self.readOnly)
    await test.start(at: 3)
    for table in test.workspace.tables {
      #expect(table.actions.refusal(of: intent) == "This profile is read-only.", "\(table.names.plural)")
      #expect(table.actions.question(of: intent) == nil)
      #expect(table.actions.creationForm() == nil)
      #expect(table.actions.editForm() == nil)
      #expect(table.actions.documentEdit() == nil)
    }
    await test.idle()
    #expect(test.transport.writes == [])
  }

  @Test func nobodyIsInvitedToAReadOnlyService() async throws {
    let test = try await WorkspaceUnderTest(service: Self.readOnly)
    await test.start(at: 3)
    #expect(test.workspace.inviteForm() == nil)
    #expect(test.workspace.inviteRefusal(about: .selected) == "This profile is read-only.")
  }

  @Test func aReadOnlyServiceIsReadAsAnyOther() async throws {
    let test = try await WorkspaceUnderTest(service: Self.readOnly)
    await test.start(at: 3)
    #expect(test.workspace.clouds.totalCount == 14)
    #expect(test.workspace.clouds.actions.refusal(of: .open) == nil)
    #expect(test.workspace.users.actions.recordScreen() != nil)
    await test.idle()
  }

  @Test func withoutAProfileTheReasonNamesNone() {
    let service = ServiceIdentity(name: "localhost", source: .environment(address: nil), isReadOnly: true)
    #expect(service.readOnlyReason == "skydeck was started read-only.")
  }
}
