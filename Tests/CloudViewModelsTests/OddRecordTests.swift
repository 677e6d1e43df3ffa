import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

/// Records with fields that aren't as the API documents them, in lists that the user works with.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct OddRecordTests {
  private nonisolated static let users = """
    [{"id": 101, "email": "ada@x.example", "firstname": "Ada", "cloud_role": 100},
     {"id": null, "email": "bob@x.example", "firstname": "Bob", "cloud_role": 50},
     {"id": 103, "email": 5, "created_at": "", "firstname": "Cy", "cloud_role": {}}]
    """

  private nonisolated static func answers(_ answers: [String: String]) -> @Sendable (HTTPRequest) -> Fault? {
    { request in
      guard request.method == .get, let body = answers[request.path ?? ""] else { return nil }
      return .reply(status: .ok, fields: [.contentType: "application/json"], body: body)
    }
  }

  private func texts(_ table: any TableModel) -> [[String]] {
    (0..<table.rowCount).map { table.row(at: $0).values.map { $0.plainText(short: true) } }
  }

  @Test func theRowsOfAListWithOddFieldsStayAndAreToldOfOnce() async throws {
    let test = try await WorkspaceUnderTest(faults: Self.answers(["/cloud/1/user": Self.users]))
    await test.start(at: 1)
    let users = test.workspace.users
    #expect(users.status.failure == nil && users.status.asOf != nil && !users.status.isPartial)
    #expect(
      texts(users) == [
        ["Ada", "ada@x.example", "Admin", "—", "—"], ["Bob", "bob@x.example", "User", "—", "—"],
        ["Cy", "5", "?", "?", "—"],
      ])
    let said = { test.context.notices.history.map(\.text).filter { $0.contains("as the API documents") } }
    #expect(
      said() == [
        "2 users aren't as the API documents: “Bob” without an id (id is null), 103 (email is a number, not text, "
          + "created_at is empty, not a date, cloud_role is an object, not a whole number). Unreadable values are shown as ?."
      ])
    users.refresh()
    await test.idle()
    #expect(said().count == 1)
    // The list is not reloaded because of it.
    #expect(users.status.failure == nil)
  }

  @Test func nothingIsDoneToARecordWithoutAnID() async throws {
    let test = try await WorkspaceUnderTest(faults: Self.answers(["/cloud/1/user": Self.users]))
    await test.start(at: 1)
    let users = test.workspace.users
    users.select(row: 1)
    for intent in [RecordIntent.edit, .editDocument, .delete] {
      let refusal = users.actions.refusal(of: intent, about: .selected)
      #expect(refusal == "The service gave no id for Bob: nothing can be sent for it.")
    }
    #expect(users.actions.refusal(of: .open, about: .selected) == nil)
    #expect(users.details.contains(DetailField("Id", .unreadable)))
    let command = users.actions.command(about: .selected)
    #expect(command?.text.contains("users list 1") == true)
    // Nor can several records be changed if one of them has no id.
    users.markAll()
    #expect(users.actions.refusal(of: .delete, about: .marked) != nil)
    let screen = try #require(users.actions.recordScreen())
    screen.refresh()
    await test.idle()
    #expect(test.transport.writes.isEmpty)
  }

  @Test func whatCouldNotBeReadIsNotSentBack() async throws {
    let processors = #"[{"id": 1, "name": "a", "parent_processors": [{}, 2]}, {"id": 2, "name": "b"}]"#
    let invitations = #"[{"id": 1, "email": "a@x.example", "redirect_uri": {}}, {"id": 2, "email": "b@x.example"}]"#
    let test = try await WorkspaceUnderTest(
      faults: Self.answers(["/cloud/1/processor": processors, "/cloud/1/invitation": invitations]))
    await test.start(at: 1)
    test.workspace.processors.select(Processor.ID(1))
    #expect(
      test.workspace.processors.actions.refusal(of: .editDocument, about: .selected)
        == "Of a, parent_processors[0] can't be read: it would be lost.")
    #expect(test.workspace.processors.actions.refusal(of: .edit, about: .selected) != nil)
    #expect(test.workspace.processors.actions.refusal(of: .delete, about: .selected) == nil)
    test.workspace.processors.select(Processor.ID(2))
    #expect(test.workspace.processors.actions.refusal(of: .editDocument, about: .selected) == nil)
    test.workspace.invitations.select(CloudInvitation.ID(1))
    #expect(test.workspace.invitations.actions.refusal(of: .resend, about: .selected) != nil)
    test.workspace.invitations.select(CloudInvitation.ID(2))
    #expect(test.workspace.invitations.actions.refusal(of: .resend, about: .selected) == nil)
  }

  @Test func aCloudWithoutAnIDIsSeenAndNothingIsAskedOfIt() async throws {
    let clouds = #"[{"name": "Lost", "features": []}, {"id": 2, "name": {}, "features": []}]"#
    let test = try await WorkspaceUnderTest(faults: Self.answers(["/cloud": clouds]))
    await test.start()
    let list = test.workspace.clouds
    #expect(Set(texts(list).map { $0[0] }) == ["Lost", "?"])
    let row = try #require((0..<2).first { list.row(at: $0).values[0].plainText() == "Lost" })
    list.select(row: row)
    await test.idle()
    #expect(list.row(at: row).values[1] == .unreadable)
    #expect(test.workspace.inviteRefusal(about: .selected)?.contains("gave no id") == true)
    #expect(test.workspace.users.rowCount == 0)
    #expect(test.workspace.users.status.failure == nil)
    #expect(!test.workspace.requests.entries.contains { $0.path.contains("\0") || $0.path.contains("%00") })
  }

  @Test func numbersInNamesComeByTheirValue() async throws {
    let names = ["Étage 11", "Étage 2", "étage 1", "Étage 02 b", "Étage"]
    let clouds = names.enumerated().map { #"{"id": \#($0 + 1), "name": "\#($1)"}"# }.joined(separator: ",")
    let test = try await WorkspaceUnderTest(faults: Self.answers(["/cloud": "[\(clouds)]"]))
    await test.start()
    let list = test.workspace.clouds
    for _ in 0..<20 where list.order != RowOrder(column: "name") { list.sortByNextColumn() }
    #expect(texts(list).map { $0[0] } == ["Étage", "étage 1", "Étage 2", "Étage 02 b", "Étage 11"])
  }

  @Test(arguments: [Simulator.Edition.classic, .current])
  func aServiceThatSpeaksAnotherEditionByNowGetsOrLosesItsProcessors(edition: Simulator.Edition) async throws {
    let test = try await WorkspaceUnderTest(
      edition: edition, said: .auto, remembered: edition == .classic ? .current : .classic)
    #expect(test.workspace.hasProcessors == (edition == .current))
    await test.start(at: 1)
    #expect(test.workspace.hasProcessors == (edition == .classic))
    #expect((test.workspace.processors.rowCount > 0) == (edition == .classic))
  }
}
