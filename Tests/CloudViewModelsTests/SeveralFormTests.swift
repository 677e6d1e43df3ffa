import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

/// Tests of one form for several records.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct SeveralFormTests {
  private func test() async throws -> (WorkspaceUnderTest, FormModel) {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let users = test.workspace.users
    for _ in 0..<3 { users.toggleMark() }
    return (test, try #require(users.actions.editForm(about: .marked)))
  }

  @Test func theMarkedUsersAreGivenARoleAndThoseThatHaveItAreLeftAlone() async throws {
    let (test, form) = try await test()
    #expect(form.definition.title == "Edit 3 users")
    let users = test.workspace.users
    let targets = users.records.sorted { UserText.title($0) < UserText.title($1) }
    #expect(targets.count == 48)
    form.set(.text("50"), for: "role")
    let marked = (0..<users.rowCount).map(users.row(at:)).filter(\.isMarked).map { User.ID(rawValue: $0.id) }
    let others = marked.filter { users.record($0)?.cloudRole != .user }
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    #expect(test.transport.writes == others.map { "PATCH /cloud/3/user/\($0) {\"role\":50}" })
    #expect(marked.allSatisfy { users.record($0)?.cloudRole == .user })
    #expect(test.context.notices.current?.text.hasPrefix("Saved 3 users in Haussmann Tower") == true)
  }

  /// The form for three users with another role, with the new role entered, and the requests that it then sends.
  private func three(
    _ fault: Fault, atThe index: Int
  ) async throws -> (WorkspaceUnderTest, FormModel, targets: [User.ID], writes: [String]) {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let users = test.workspace.users
    let ids = (0..<users.rowCount).map { User.ID(rawValue: users.row(at: $0).id) }
    let targets = Array(ids.filter { users.record($0)?.cloudRole == .user }.prefix(3))
    for id in targets {
      users.select(id)
      users.toggleMark()
    }
    let form = try #require(users.actions.editForm(about: .marked))
    await test.fail(.patch, "/cloud/3/user/\(targets[index])", with: fault)
    form.set(.text("100"), for: "role")
    form.submit()
    await test.until { if case .sending = form.phase { false } else { true } }
    return (test, form, targets, targets.map { "PATCH /cloud/3/user/\($0) {\"role\":100}" })
  }

  /// The rows may be out of date: another user has changed one meanwhile.
  @Test func theyAreReadAgainBeforeAnyIsTakenForHavingTheRole() async throws {
    let (test, form) = try await test()
    let users = test.workspace.users
    let marked = (0..<users.rowCount).map(users.row(at:)).filter(\.isMarked).map { User.ID(rawValue: $0.id) }
    let changed = marked[0]
    let role = try #require(users.record(changed)?.cloudRole)
    let other: Role = role == .admin ? .user : .admin
    _ = try await test.client.updateCloudUser(3, changed, UserCloudUpdate(role: other))
    let before = test.transport.writes.count
    form.set(.text(String(role.rawValue)), for: "role")
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    #expect(test.context.notices.current?.text.hasPrefix("Saved 3 users in Haussmann Tower") == true)
    for id in marked { #expect(try await test.client.getCloudUser(3, id).cloudRole == role) }
    #expect(
      test.transport.writes.dropFirst(before).contains("PATCH /cloud/3/user/\(changed) {\"role\":\(role.rawValue)}"))
    // The next command doesn't apply to users that already had the role.
    #expect(users.markedCount == 0)
  }

  @Test func oneThatIsGoneIsSaidToBeAndNothingIsSentForIt() async throws {
    let (test, form) = try await test()
    let users = test.workspace.users
    let marked = (0..<users.rowCount).map(users.row(at:)).filter(\.isMarked).map { User.ID(rawValue: $0.id) }
    let gone = try #require(users.record(marked[1]))
    _ = try await test.client.deleteCloudUser(3, gone.id)
    form.set(.text("100"), for: "role")
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    #expect(
      test.context.notices.current?.text.hasSuffix(". Already gone: \(UserText.title(gone)).") == true)
    #expect(!test.transport.writes.contains { $0.hasPrefix("PATCH /cloud/3/user/\(gone.id) ") })
    #expect(users.record(gone.id) == nil)
  }

  @Test func whereTheyCannotBeReadNothingIsSent() async throws {
    let (test, form) = try await test()
    await test.simulator.setFaults { $0.method == .get ? .badGateway : nil }
    form.set(.text("100"), for: "role")
    form.submit()
    await test.idle()
    #expect(form.phase == .editing)
    #expect(form.problem?.hasPrefix("They could not be re-read, so nothing was sent.") == true)
    #expect(test.transport.writes == [])
  }

  @Test(arguments: [3, 12]) func itNamesUpToTenRecords(count: Int) async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let users = test.workspace.users
    users.select(row: 0)
    for _ in 0..<count { users.toggleMark() }
    let form = try #require(users.actions.editForm(about: .marked))
    #expect(form.definition.preface.split(separator: ", ").count == min(count, 10))
    #expect(form.definition.preface.hasSuffix("and 2 more") == (count == 12))
  }

  @Test func oneInDoubtEndsTheTryAndIsSaidUntilReadingDecides() async throws {
    let (test, form, _, writes) = try await three(.connectionLost(carriedOut: true), atThe: 0)
    #expect(form.outcomes.dropFirst().allSatisfy { $0.hasSuffix("not sent") })
    await test.idle()
    #expect(form.outcomes.first?.contains("a re-read at") == true)
    #expect(test.transport.writes == [writes[0]])
    await test.heal()
    form.submit()
    await test.idle()
    #expect(test.transport.writes == writes)
    #expect(form.phase == .done)
    #expect(test.context.notices.current?.text.hasPrefix("Saved 3 users in Haussmann Tower") == true)
  }

  /// Other records may be sent meanwhile; a record with an unknown outcome is never reported as saved.
  @Test(arguments: [false, true])
  func whatIsStillInDoubtIsNeverSaidToBeSaved(isLast: Bool) async throws {
    let (test, form, targets, writes) = try await three(.connectionLost(carriedOut: false), atThe: isLast ? 2 : 0)
    #expect(form.outcomes.contains { $0.contains("outcome unknown") })
    form.submit()
    await test.until { form.phase == .editing }
    #expect(form.outcomes.first?.contains("outcome unknown") == true, "\(form.outcomes)")
    #expect(form.outcomes.count == (isLast ? 1 : 3))
    #expect(Set(test.transport.writes) == Set(writes))
    #expect(test.transport.writes.count == 3)
    await test.heal()
    await test.settleDoubts()
    // The change was not done: Enter sends it again, and no other.
    #expect(form.outcomes.first?.contains("Confirmed not done") == true, "\(form.outcomes)")
    form.submit()
    await test.idle()
    #expect(test.transport.writes.dropFirst(3) == [writes[isLast ? 2 : 0]])
    #expect(form.phase == .done)
    #expect(test.context.notices.current?.text.hasPrefix("Saved 3 users in Haussmann Tower") == true)
    #expect(targets.allSatisfy { test.workspace.users.record($0)?.cloudRole == .admin })
  }

  @Test func whatIsFoundNotDoneWhileOthersAreSentIsSentByTheNextEnter() async throws {
    let (test, form, _, writes) = try await three(.connectionLost(carriedOut: false), atThe: 0)
    await test.simulator.setFaults { $0.method == .patch ? .delay(.seconds(1)) : nil }
    form.submit()
    await test.network.waitForRest(of: .seconds(1))
    for rest in WorkspaceUnderTest.readingRests { #expect(await test.passes(rest)) }
    await test.until { test.context.notices.history.contains { $0.text.hasPrefix("Confirmed not done") } }
    for _ in 0..<2 {
      await test.network.waitForRest(of: .seconds(1))
      test.network.advance(by: .seconds(1))
    }
    await test.idle()
    #expect(form.phase == .editing)
    #expect(form.outcomes.count == 3)
    #expect(form.outcomes.first?.hasPrefix("Confirmed not done") == true, "\(form.outcomes)")
    #expect(form.outcomes.dropFirst().allSatisfy { $0.hasSuffix("saved") }, "\(form.outcomes)")
    #expect(test.transport.writes == writes)
    await test.heal()
    form.submit()
    await test.idle()
    #expect(test.transport.writes.dropFirst(3) == [writes[0]])
    #expect(form.phase == .done)
    #expect(test.context.notices.current?.text.hasPrefix("Saved 3 users in Haussmann Tower") == true)
  }

  @Test func theLastOneIsDoneWhenReadingShowsIt() async throws {
    let (test, form, targets, writes) = try await three(.connectionLost(carriedOut: true), atThe: 2)
    await test.idle()
    #expect(form.phase == .done)
    #expect(test.transport.writes == writes)
    #expect(targets.allSatisfy { test.workspace.users.record($0)?.cloudRole == .admin })
  }

  @Test func whoeverWasGivenAnotherRoleIsNotCounted() async throws {
    let refusal = Fault.reply(status: .badRequest, body: #"{"role":["Not this one."]}"#)
    let (test, form, _, _) = try await three(refusal, atThe: 1)
    await test.heal()
    form.set(.text("50"), for: "role")
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    #expect(test.context.notices.current?.text.hasPrefix("Saved 1 of 3 users in Haussmann Tower") == true)
  }

  /// This includes the records after the one without a response.
  @Test func theyAreNotEditedAgainWhileOneIsNotAnswered() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let users = test.workspace.users
    users.markAll()
    let form = try #require(users.actions.editForm(about: .marked))
    // A role taken from all would leave no admin.
    let row = try #require(
      (0..<users.rowCount).first { users.record(User.ID(rawValue: users.row(at: $0).id))?.cloudRole == .user })
    await test.fail(.patch, "/cloud/3/user/\(users.row(at: row).id)", with: .noAnswer(carriedOut: false))
    form.set(.text("100"), for: "role")
    form.submit()
    form.leave()
    await test.until { test.context.changes.outstanding.unanswered.count == 1 }
    #expect(users.actions.refusal(of: .edit, about: .marked)?.contains("of those marked isn't answered yet") == true)
    #expect(users.actions.refusal(of: .delete, about: .marked) == nil)
    users.clearMarks()
    users.select(row: row)
    #expect(users.actions.refusal(of: .edit)?.contains("isn't answered yet") == true)
  }

  @Test func whatWasRefusedAfterTheFormWasLeftIsInItForThoseThatAreLeft() async throws {
    let (test, form) = try await test()
    let users = test.workspace.users
    let marked = (0..<users.rowCount).map(users.row(at:)).filter(\.isMarked).map { User.ID(rawValue: $0.id) }
    let role: Role = users.record(marked[0])?.cloudRole == .admin ? .user : .admin
    let targets = marked.filter { users.record($0)?.cloudRole != role }
    let refusal = Fault.reply(status: .badRequest, body: #"{"role":["Not this one."]}"#)
    await test.fail(.patch, "/cloud/3/user/\(targets[0])", with: refusal)
    form.set(.text(String(role.rawValue)), for: "role")
    form.submit()
    form.leave()
    await test.idle()
    #expect(test.context.notices.current?.text.contains("Your input is kept in the form.") == true)
    // Users that already have the role lose their marks.
    #expect(users.markedCount == 1)
    // For other users the form is empty.
    let kept = users.selection
    users.clearMarks()
    users.markAll()
    #expect(users.actions.editForm(about: .marked)?.isTouched == false)
    users.clearMarks()
    users.select(targets[0])
    users.toggleMark()
    let again = try #require(users.actions.editForm(about: .marked))
    #expect(again.values.line("role") == String(role.rawValue))
    #expect(again.isTouched)
    if let kept { users.select(kept) }
  }
}
