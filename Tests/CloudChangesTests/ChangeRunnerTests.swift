import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

/// Changes to several clouds, run together.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct ChangeRunnerTests {
  private func started() async throws -> WorkspaceUnderTest {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    return test
  }

  private func removals(_ test: WorkspaceUnderTest, of ids: [Int], from cloud: Int) async throws -> [Change] {
    let users = try await test.client.getCloudUsers(Cloud.ID(cloud))
    return users.filter { ids.contains(Int($0.id.rawValue) ?? 0) }.map { user in
      Change(
        .deleteCloudUser(Cloud.ID(cloud), user.id), names: Change.Names(record: UserText.title(user), cloud: "C"),
        before: user.snapshot)
    }
  }

  /// Two users each of clouds 1 and 3.
  private func four(_ test: WorkspaceUnderTest) async throws -> [Change] {
    let first = try await test.client.getCloudUsers(1).prefix(2).compactMap { Int($0.id.rawValue) }
    return try await removals(test, of: [101, 102], from: 3) + removals(test, of: first, from: 1)
  }

  private func words(_ outcomes: [Outcome]) -> [String] {
    outcomes.map { outcome in
      switch outcome {
      case .applied: "applied"
      case .alreadySo: "already so"
      case .stale: "stale"
      case .refused: "refused"
      case .notSent(let reason): "not sent: \(reason)"
      case .unresolved: "unresolved"
      }
    }
  }

  @Test func withinACloudOneGoesAfterTheOtherAndCloudsGoSideBySide() async throws {
    let test = try await started()
    let changes = try await four(test)
    await test.simulator.setFaults { $0.method == .delete ? .delay(.seconds(1)) : nil }
    let run = test.context.changes.run(changes)
    await yield(until: test.network.rests == [.seconds(1), .seconds(1)])
    #expect(
      Set(test.transport.writes) == ["DELETE /cloud/3/user/101", "DELETE /cloud/1/user/\(changes[2].call.ids[1])"])
    test.network.advance(by: .seconds(1))
    await yield(until: test.transport.writes.count == 4 && test.network.rests.count == 2)
    test.network.advance(by: .seconds(1))
    #expect(words(await run.finish()) == Array(repeating: "applied", count: 4))
  }

  @Test func changesOfCloudsThemselvesGoOneAfterTheOther() async throws {
    let test = try await started()
    let changes = [3, 4].map { id in
      Change(.updateCloud(Cloud.ID(id), CloudPatch(name: "n\(id)")), names: Change.Names(record: "cloud \(id)"))
    }
    await test.simulator.setFaults { $0.method == .patch ? .delay(.seconds(1)) : nil }
    let run = test.context.changes.run(changes)
    for count in 1...2 {
      await test.network.waitForRest(of: .seconds(1))
      #expect(test.transport.writes.count == count)
      test.network.advance(by: .seconds(1))
    }
    #expect(words(await run.finish()) == ["applied", "applied"])
  }

  /// A permission missing in one cloud, or a lost response from it, doesn't affect the others.
  @Test(arguments: [Fault.forbidden, .connectionLost(carriedOut: false)])
  func whatEndsALaneLeavesTheOthers(fault: Fault) async throws {
    let test = try await started()
    let changes = try await four(test)
    await test.simulator.setFaults { $0.method == .delete && $0.path?.hasPrefix("/cloud/3/") == true ? fault : nil }
    let outcomes = await test.context.changes.run(changes).finish()
    #expect(
      words(outcomes) == [
        fault == .forbidden ? "refused" : "unresolved", "not sent: ended", "applied", "applied",
      ])
    #expect(test.context.changes.outstanding.unsent == [])
  }

  @Test(arguments: [Fault.reply(status: .unauthorized, body: "{}"), .refusedConnection, .throttled(retryAfter: 9)])
  func whatNoOtherWillFareBetterWithEndsTheRun(fault: Fault) async throws {
    let test = try await started()
    let changes = try await four(test)
    await test.simulator.setFaults { request in
      guard request.method == .delete else { return nil }
      return request.path?.hasPrefix("/cloud/3/") == true ? fault : .delay(.seconds(1))
    }
    let run = test.context.changes.run(changes)
    await test.network.waitForRest(of: .seconds(1))
    await test.until { run.outcomes[0] != nil }
    test.network.advance(by: .seconds(1))
    // The request in progress in another cloud is completed.
    #expect(words(await run.finish()).dropFirst() == ["not sent: ended", "applied", "not sent: ended"])
  }

  @Test func oneThatIsRefusedForItselfLeavesTheNext() async throws {
    let test = try await started()
    let changes = try await removals(test, of: [101, 102, 103], from: 3)
    await test.fail(.delete, "/cloud/3/user/101", with: .reply(status: .conflict, body: "{}"))
    _ = try await test.client.deleteCloudUser(3, 102)
    let outcomes = await test.context.changes.run(changes).finish()
    #expect(words(outcomes) == ["refused", "already so", "applied"])
  }

  @Test func theyAreOutstandingBeforeAnythingIsAwaitedAndNotAfterwards() async throws {
    let test = try await started()
    let changes = try await removals(test, of: [101, 102], from: 3)
    let runner = test.context.changes
    let run = runner.run(changes)
    #expect(runner.outstanding.unsent.count == 2)
    #expect(runner.outstanding.obstacle(to: [changes[1]])?.text.contains("isn't answered yet") == true)
    _ = await run.finish()
    #expect(runner.outstanding.summary == OutstandingChanges.Summary())
    #expect(runner.outstanding.obstacle(to: changes) == nil)
  }

  @Test func stoppingSendsNothingMore() async throws {
    let test = try await started()
    let changes = try await removals(test, of: [101, 102], from: 3)
    await test.simulator.setFaults { $0.method == .delete ? .delay(.seconds(1)) : nil }
    let run = test.context.changes.run(changes)
    await test.network.waitForRest(of: .seconds(1))
    run.stop()
    test.network.advance(by: .seconds(1))
    #expect(words(await run.finish()) == ["applied", "not sent: stopped"])
  }

  @Test func whatWasReviewedLongAgoIsReadAgainFirst() async throws {
    let test = try await started()
    var changes = try await removals(test, of: [101, 102, 103, 104], from: 3)
    let user = try await test.client.getCloudUser(3, 104)
    changes[3] = Change(
      .updateCloudUser(3, 104, UserCloudUpdate(role: user.cloudRole == .admin ? .user : .admin)),
      names: Change.Names(record: UserText.title(user), cloud: "C"), before: user.snapshot)
    let reviewed = test.now
    let role: Role = try await test.client.getCloudUser(3, 101).cloudRole == .admin ? .user : .admin
    _ = try await test.client.updateCloudUser(3, 101, UserCloudUpdate(role: role))
    _ = try await test.client.deleteCloudUser(3, 102)
    let before = test.transport.writes.count
    test.now += 31
    let outcomes = await test.context.changes.run(changes, reviewed: reviewed).finish()
    #expect(words(outcomes) == ["stale", "already so", "applied", "applied"])
    #expect(test.transport.writes.count - before == 2)
    // What was reviewed just now isn't read again.
    let requests = await test.simulator.requests.count
    let again = try await removals(test, of: [105], from: 3)
    _ = await test.context.changes.run(again, reviewed: test.now).finish()
    await test.idle()
    let sent = await test.simulator.requests.dropFirst(requests).map { "\($0.method) \($0.path)" }
    #expect(!sent.contains("GET /cloud/3/user/105"))
  }

  @Test func whoWasInvitedSinceTheReviewIsNotSentAnotherEMail() async throws {
    let test = try await started()
    let drafts = ["new@x.example", "ada@atelier.example", "next@x.example"].map {
      CloudInvitationDraft(email: $0, redirectURI: "https://x.example")
    }
    let changes = drafts.map { Change(.inviteCloudUser(3, $0), names: Change.Names(record: $0.email, cloud: "C")) }
    let reviewed = test.now
    _ = try await test.client.inviteCloudUser(3, drafts[0])
    let before = test.transport.writes.count
    test.now += 31
    let outcomes = await test.context.changes.run(changes, reviewed: reviewed).finish()
    #expect(
      words(outcomes) == [
        "not sent: already(\"is invited already\")", "not sent: already(\"is a user already\")", "applied",
      ])
    #expect(test.transport.writes.count - before == 1)
  }

  @Test func stoppingEndsTheReadsBeforeAChange() async throws {
    let test = try await started()
    let changes = try await removals(test, of: [101, 102], from: 3)
    let reviewed = test.now
    test.now += 31
    await test.simulator.setFaults { $0.method == .get ? .noAnswer(carriedOut: false) : nil }
    let reads = test.transport.reads.count
    let run = test.context.changes.run(changes, reviewed: reviewed)
    await yield(until: test.transport.reads.count > reads)
    run.stop()
    #expect(words(await run.finish()) == ["not sent: stopped", "not sent: stopped"])
    #expect(test.transport.writes == [])
  }

  @Test func whatCannotBeReadAgainIsNotSent() async throws {
    let test = try await started()
    let changes = try await removals(test, of: [101], from: 3)
    let reviewed = test.now
    test.now += 31
    await test.simulator.setFaults { $0.method == .get ? .badGateway : nil }
    let outcomes = await test.context.changes.run(changes, reviewed: reviewed).finish()
    guard case .notSent(.unread) = outcomes[0] else {
      Issue.record("\(outcomes)")
      return
    }
    #expect(test.transport.writes == [])
  }

  @Test func whatIsFoundDoneBringsItsEffectAboutLater() async throws {
    let test = try await started()
    let changes = try await removals(test, of: [101], from: 3)
    await test.simulator.setFaults { $0.method == .delete ? .connectionLost(carriedOut: true) : nil }
    guard case .unresolved(let unresolved) = await test.context.changes.run(changes).finish()[0] else {
      Issue.record("Its answer was lost.")
      return
    }
    await test.idle()
    #expect(unresolved.resolution == .done)
    #expect(unresolved.effect == Effect(changes[0].target, .gone, isLate: true))
    #expect(test.workspace.users.record(101) == nil)
  }
}
