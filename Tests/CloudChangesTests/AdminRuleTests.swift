import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

/// The rule of the last admin where changes are sent, whoever asks for them.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct AdminRuleTests {
  /// Pont de l'Alma, whose only admin is Małgorzata Kowalska.
  private let cloud: Cloud.ID = 6
  private let admin: User.ID = 129

  private func started() async throws -> WorkspaceUnderTest {
    let test = try await WorkspaceUnderTest(.demo)
    await test.start()
    return test
  }

  private func removal(_ id: User.ID, knownTo test: WorkspaceUnderTest? = nil) async throws -> Change {
    let user = try await test?.client.getCloudUser(cloud, id)
    return Change(
      .deleteCloudUser(cloud, id), names: Change.Names(record: user.map(UserText.title) ?? "\(id)"),
      before: user?.snapshot)
  }

  private func role(_ role: Role, of id: User.ID, _ test: WorkspaceUnderTest) async throws -> Change {
    let user = try await test.client.getCloudUser(cloud, id)
    return Change(
      .updateCloudUser(cloud, id, UserCloudUpdate(role: role)), names: Change.Names(record: UserText.title(user)),
      before: user.snapshot)
  }

  private func reads(_ test: WorkspaceUnderTest, _ body: () async throws -> Void) async throws -> [String] {
    let before = await test.simulator.requests.count
    try await body()
    return await test.simulator.requests.dropFirst(before).filter { $0.method == .get }.map(\.path)
  }

  @Test func theLastAdminIsNotSentAndTheOthersAre() async throws {
    let test = try await started()
    let changes = [try await removal(admin, knownTo: test), try await removal(125, knownTo: test)]
    let outcomes = await test.context.changes.run(changes).finish()
    guard case .notSent(.lastAdmin(let found)) = outcomes[0] else {
      Issue.record("\(outcomes[0])")
      return
    }
    #expect(found.text.hasPrefix("Małgorzata Kowalska is the only admin of cloud 6"))
    #expect(outcomes[1].isDone)
    #expect(test.transport.writes == ["DELETE /cloud/6/user/125"])
    #expect(test.context.changes.outstanding.summary == OutstandingChanges.Summary())
  }

  @Test(arguments: [AdminRule.Exception.all, .clouds([6])]) func whereItIsWantedItIsSent(
    exception: AdminRule.Exception
  ) async throws {
    let test = try await started()
    let change = try await removal(admin, knownTo: test)
    let reads = try await reads(test) {
      #expect(await test.context.changes.run([change], admins: AdminRule(except: exception)).finish()[0].isDone)
    }
    #expect(!reads.contains("/cloud/6/user"))
  }

  @Test func anExceptionForAnotherCloudIsNone() async throws {
    let test = try await started()
    let change = try await removal(admin, knownTo: test)
    _ = await test.context.changes.run([change], admins: AdminRule(except: .clouds([5]))).finish()
    #expect(test.transport.writes == [])
  }

  @Test func theUsersAreReadOnlyWhereAnAdminMayGo() async throws {
    let test = try await started()
    let harmless = [try await removal(125, knownTo: test), try await role(.admin, of: 126, test)]
    var read = try await reads(test) { _ = await test.context.changes.run(harmless).finish() }
    #expect(read == [])
    // Of a record that isn't known, that record alone is read first.
    let unknown = try await removal(127)
    read = try await reads(test) { _ = await test.context.changes.run([unknown]).finish() }
    #expect(read == ["/cloud/6/user/127"])
  }

  @Test func whatIsNotKnownBeforeIsReadFirst() async throws {
    let test = try await started()
    let outcome = await test.context.changes.run([try await removal(admin)]).finish()[0]
    guard case .notSent(.lastAdmin(let found)) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(found.people == ["Małgorzata Kowalska"])
    #expect(test.transport.writes == [])
  }

  @Test(arguments: ["/cloud/6/user", "/cloud/6/user/129"])
  func whereItCannotBeReadWhetherAnAdminRemainsNothingIsSent(path: String) async throws {
    let test = try await started()
    let change = try await removal(admin, knownTo: path.hasSuffix("user") ? test : nil)
    await test.fail(.get, path, with: .forbidden)
    let outcome = await test.context.changes.run([change]).finish()[0]
    guard case .notSent(.adminsUnread(let error)) = outcome, case .forbidden = error.code else {
      Issue.record("\(outcome)")
      return
    }
    #expect(test.transport.writes == [])
  }

  @Test func newAdminsAreMadeBeforeOthersGoAndWhereThatFailsTheyStay() async throws {
    let test = try await started()
    let changes = [try await removal(admin, knownTo: test), try await role(.admin, of: 125, test)]
    await test.fail(.patch, "/cloud/6/user/125", with: .reply(status: .conflict, body: "{}"))
    let outcomes = await test.context.changes.run(changes).finish()
    guard case .notSent(.lastAdmin) = outcomes[0], case .refused = outcomes[1] else {
      Issue.record("\(outcomes)")
      return
    }
    #expect(test.transport.writes.count == 1)
    await test.heal()
    let later = await test.context.changes.run(changes).finish()
    #expect(later.count(where: \.isDone) == 2)
    #expect(test.transport.writes.map { String($0.prefix(6)) } == ["PATCH ", "PATCH ", "DELETE"])
  }

  @Test func whatWasReviewedLongAgoIsJudgedAgain() async throws {
    let test = try await started()
    _ = try await test.client.updateCloudUser(cloud, 125, UserCloudUpdate(role: .admin))
    let change = try await removal(admin, knownTo: test)
    let review = await Review(test.context.client).read([change], at: test.now)
    #expect(LastAdmins.found(in: [change], admins: review.admins) == [])
    let reviewed = test.now
    _ = try await test.client.deleteCloudUser(cloud, 125)
    let before = test.transport.writes.count
    test.now += 31
    let outcomes = await test.context.changes.run(
      [change], reviewed: reviewed, admins: AdminRule(reviewed: review.admins)
    ).finish()
    guard case .notSent(.lastAdmin) = outcomes[0] else {
      Issue.record("\(outcomes)")
      return
    }
    #expect(test.transport.writes.count == before)
  }

  @Test func invitedAdminsAreSaid() async throws {
    let test = try await started()
    let change = try await removal(admin, knownTo: test)
    let review = await Review(test.context.client).read([change], at: test.now)
    let found = try #require(LastAdmins.found(in: [change], admins: review.admins).first)
    #expect(
      found.text
        == "Małgorzata Kowalska is the only admin of cloud 6 (mairie@paris.example is only invited as admin)")
  }

  @Test(arguments: [Simulator.Edition.classic, .current]) func oneRequestShowsRecordAndAdmins(
    edition: Simulator.Edition
  ) async throws {
    let test = try await WorkspaceUnderTest(.demo, edition: edition, said: edition == .classic ? .classic : .current)
    await test.start()
    _ = try await test.client.updateCloudUser(cloud, 125, UserCloudUpdate(role: .admin))
    let users = try await test.client.getCloudUsers(cloud)
    let changes = users.filter { $0.id == admin || $0.id == 126 }.map { user in
      Change(.deleteCloudUser(cloud, user.id), names: Change.Names(record: "x"), before: user.snapshot)
    }
    let read = try await reads(test) { _ = await Review(test.context.client).read(changes, at: test.now) }
    #expect(read == ["/cloud/6/user"])
  }

  /// The changes of a cloud may be sent in two parts: the second is judged by what the first left.
  @Test func aRunSaysWhichAdminsItLeft() async throws {
    let test = try await started()
    _ = try await test.client.updateCloudUser(cloud, 125, UserCloudUpdate(role: .admin))
    let makes = try await role(.admin, of: 126, test)
    let removes = [try await removal(admin, knownTo: test), try await removal(125, knownTo: test)]
    let review = await Review(test.context.client).read([makes] + removes, at: test.now)
    #expect(LastAdmins.found(in: [makes] + removes, admins: review.admins).isEmpty, "126 is to be an admin")
    await test.fail(.patch, "/cloud/6/user/126", with: .forbidden)
    let first = test.context.changes.run(
      [removes[0]], reviewed: test.now, admins: AdminRule(reviewed: review.admins))
    #expect(await first.finish()[0].isDone)
    let second = test.context.changes.run([removes[1]], reviewed: test.now, admins: first.admins)
    guard case .notSent(.lastAdmin) = await second.finish()[0] else {
      Issue.record("Nobody would be admin.")
      return
    }
    #expect(test.transport.writes.count { $0.hasPrefix("DELETE") } == 1)
  }

  @Test func theUsersOwnAccessIsChangedLast() async throws {
    let me = ServiceIdentity(name: "Demo", source: .demo, me: "ADA@atelier.example")
    let test = try await WorkspaceUnderTest(.demo, service: me)
    await test.start()
    var changes: [Change] = []
    for cloud: Cloud.ID in [1, 3] {
      for user in try await test.client.getCloudUsers(cloud).prefix(3) {
        changes.append(
          Change(
            .deleteCloudUser(cloud, user.id), names: Change.Names(record: UserText.title(user)), before: user.snapshot))
      }
    }
    #expect(changes.count { $0.isAboutUser(at: "ada@ATELIER.example") } == 2)
    let outcomes = await test.context.changes.run(changes, admins: AdminRule(except: .all)).finish()
    #expect(outcomes.count(where: \.isDone) == outcomes.count)
    #expect(Set(test.transport.writes.suffix(2)) == ["DELETE /cloud/1/user/101", "DELETE /cloud/3/user/101"])
  }

  @Test func anInvitationThatIsGoneMayHaveBeenAccepted() async throws {
    let test = try await started()
    let invitation = try #require(try await test.client.getCloudInvitations(cloud).first)
    let change = Change(
      .cancelCloudUserInvitation(cloud, invitation.id), names: Change.Names(record: invitation.email),
      before: invitation.snapshot)
    _ = try await test.client.cancelCloudUserInvitation(cloud, invitation.id)
    var effects: [Effect] = []
    test.context.changes.onEffects = { effects += $0 }
    guard case .alreadySo = await test.context.changes.run([change]).finish()[0] else {
      Issue.record("It was gone.")
      return
    }
    #expect(effects.map(\.target.kind) == [.invitation, .user])
    #expect(effects.map(\.state) == [.gone, .readAgain])
  }
}
