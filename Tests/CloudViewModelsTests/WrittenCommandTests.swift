import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

/// Tests of changes as shell commands.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct WrittenCommandTests {
  private func test() async throws -> WorkspaceUnderTest {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    return test
  }

  private func send(_ form: FormModel?, _ values: FormValues, _ test: WorkspaceUnderTest) async throws {
    let form = try #require(form)
    for (id, value) in values { form.set(value, for: id) }
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
  }

  private func confirm(_ table: any TableModel, _ intent: RecordIntent, _ test: WorkspaceUnderTest) async throws {
    let question = try #require(table.actions.question(of: intent))
    await test.idle()
    question.typed = question.wanted?.words ?? ""
    question.confirm()
    await test.idle()
    #expect(question.phase == .done)
  }

  private func replace(
    _ table: any TableModel, _ text: String, by new: String, _ test: WorkspaceUnderTest
  ) async throws {
    let model = try #require(table.actions.documentEdit())
    guard case .text(let document) = await model.begin() else { throw CancellationError() }
    guard case .saved = await model.finish(document.replacing(text, with: new)) else { throw CancellationError() }
    await test.idle()
  }

  @Test func ofClouds() async throws {
    let test = try await test()
    let clouds = test.workspace.clouds
    #expect(clouds.actions.command?.text == "skydeck --demo clouds get 3")
    try await send(clouds.actions.editForm(), ["name": .text("Pont de l'Alma")], test)
    #expect(test.done == #"clouds update 3 --name 'Pont de l'\''Alma'"#)
    try await replace(clouds, "\"name\": \"Pont de l'Alma\"", by: "\"name\": \"Tower\"", test)
    #expect(test.done == "clouds replace 3 --name Tower")
    try await confirm(clouds, .createDemo, test)
    #expect(test.done == "clouds create-demo 3")
    try await confirm(clouds, .delete, test)
    #expect(test.done == "clouds delete 3")
    try await send(clouds.actions.creationForm(), ["name": .text("New one")], test)
    #expect(test.done == "clouds create --name 'New one'")
  }

  @Test func ofUsers() async throws {
    let test = try await test()
    let users = test.workspace.users
    users.filter(by: "grace@")
    let id = try #require(users.selection)
    #expect(users.actions.command?.text == "skydeck --demo users get 3 \(id)")
    try await send(users.actions.editForm(), ["role": .text("100")], test)
    #expect(test.done == "users update 3 \(id) --role admin")
    try await replace(users, "\"role\": 100", by: "\"role\": 50", test)
    #expect(test.done == "users replace 3 \(id) --role user")
    try await confirm(users, .delete, test)
    #expect(test.done == "users remove 3 \(id)")
  }

  @Test func ofInvitations() async throws {
    let test = try await test()
    let invitations = test.workspace.invitations
    #expect(invitations.actions.command?.text == "skydeck --demo invitations list 3")
    try await send(
      test.workspace.inviteForm(),
      ["email": .text("a@x.example, b@x.example"), "redirect_uri": .text("https://x.example/?a=1")], test)
    #expect(test.done == "invitations send 3 a@x.example b@x.example --redirect-uri 'https://x.example/?a=1'")
    let id = try #require(invitations.selection)
    try await confirm(invitations, .resend, test)
    #expect(test.done == "invitations send 3 b@x.example --redirect-uri 'https://x.example/?a=1'")
    try await confirm(invitations, .delete, test)
    #expect(test.done == "invitations cancel 3 \(id)")
  }

  @Test func ofProcessors() async throws {
    let test = try await test()
    let processors = test.workspace.processors
    let root = try #require(processors.selection)
    #expect(processors.actions.command?.text == "skydeck --demo processors get 3 \(root)")
    try await send(
      processors.actions.creationForm(), ["name": .text("step"), "parent_processors": .picks([root.rawValue])], test)
    #expect(test.done == "processors create 3 --name step --parent \(root)")
    let id = try #require(processors.selection)
    try await send(processors.actions.editForm(), ["name": .text("step 2")], test)
    #expect(test.done == "processors update 3 \(id) --name 'step 2'")
    try await send(processors.actions.editForm(), ["parent_processors": .picks([])], test)
    // `update` can't remove all parents.
    #expect(test.done == "processors replace 3 \(id) --name 'step 2'")
    try await send(processors.actions.editForm(), ["parent_processors": .picks([root.rawValue])], test)
    #expect(test.done == "processors update 3 \(id) --parent \(root)")
    try await replace(processors, "step 2", by: "step 3", test)
    #expect(test.done == "processors replace 3 \(id) --name 'step 3' --parent \(root)")
    try await confirm(processors, .delete, test)
    #expect(test.done == "processors delete 3 \(id)")
  }

  @Test func whatWasRefusedWasNotDone() async throws {
    let test = try await test()
    await test.fail(.patch, "/cloud/3", with: .forbidden)
    let form = try #require(test.workspace.clouds.actions.editForm())
    form.set(.text("Other"), for: "name")
    form.submit()
    await test.idle()
    #expect(test.context.lastCommand == nil)
  }

  @Test func ofSeveralInvitationsThoseThatWereSentAreTold() async throws {
    let test = try await test()
    let refused = Counter()
    await test.simulator.setFaults { $0.method == .post && refused.next() == 2 ? .badGateway : nil }
    let form = try #require(test.workspace.inviteForm())
    form.set(.text("a@x.example b@x.example c@x.example"), for: "email")
    form.set(.text("https://x.example"), for: "redirect_uri")
    form.submit()
    await test.idle()
    #expect(test.done == "invitations send 3 a@x.example --redirect-uri https://x.example")
  }

  @Test func anEmptyListIsShownByItsList() async throws {
    let test = try await WorkspaceUnderTest(.empty)
    await test.start()
    #expect(test.workspace.clouds.actions.command?.text == "skydeck --demo clouds list")
    #expect(test.workspace.users.actions.command == nil)
  }
}

extension WorkspaceUnderTest {
  /// The last write as a command, without the words that all start with.
  fileprivate var done: String? {
    context.lastCommand.map { String($0.text.dropFirst("skydeck --demo ".count)) }
  }
}
