import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

/// Every fault of the simulator in some of the clouds that changes are made in: none is sent twice, and each outcome
/// agrees with what the service did.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct FaultsAcrossCloudsTests {
  enum Kind: CaseIterable {
    case removal, role, invitation
  }

  /// User 132 is a plain user of these clouds; the faults strike the second and the third.
  private static let clouds: [Cloud.ID] = [1, 2, 3, 4]
  private static let user: User.ID = 132
  private static let email = "new@x.example"

  private func changes(_ kind: Kind, _ test: WorkspaceUnderTest) async throws -> [Change] {
    var changes: [Change] = []
    for cloud in Self.clouds {
      let user = try await test.client.getCloudUser(cloud, Self.user)
      let call: Call =
        switch kind {
        case .removal: .deleteCloudUser(cloud, user.id)
        case .role: .updateCloudUser(cloud, user.id, UserCloudUpdate(role: .admin))
        case .invitation:
          .inviteCloudUser(cloud, CloudInvitationDraft(email: Self.email, redirectURI: "https://x.example"))
        }
      changes.append(
        Change(
          call, names: Change.Names(record: UserText.title(user), cloud: "Cloud \(cloud.rawValue)"),
          before: kind == .invitation ? nil : user.snapshot))
    }
    return changes
  }

  /// Whether the service has what a change of that kind asks for.
  private func isSo(_ kind: Kind, in cloud: Cloud.ID, _ test: WorkspaceUnderTest) async throws -> Bool {
    guard try await test.client.getClouds().contains(where: { $0.id == cloud }) else { return kind == .removal }
    let user = try await test.client.getCloudUsers(cloud).first { $0.id == Self.user }
    switch kind {
    case .removal: return user == nil
    case .role: return user?.cloudRole == .admin
    case .invitation: return try await test.client.getCloudInvitations(cloud).contains { $0.email == Self.email }
    }
  }

  @Test(arguments: FaultUnderTest.all) func eachIsSentOnceAndAccountedFor(fault: FaultUnderTest) async throws {
    for kind in Kind.allCases {
      let test = try await WorkspaceUnderTest(.demo)
      await test.start(at: 8)
      let changes = try await changes(kind, test)
      let specs = try [2, 3].map { try FaultSpec("\(fault):POST,PATCH,DELETE:/cloud/\($0)/**") }
      await test.simulator.setFaultPlan(FaultPlan(specs))
      let time = Task { await fault.passTime(test) }
      let outcomes = await test.context.changes.run(changes, reviewed: test.now).finish()
      await test.idle()
      time.cancel()
      await test.simulator.setFaultPlan(.none)
      await fault.settleAll(test)

      let context = Comment(rawValue: "\(fault), \(kind): \(outcomes)")
      let writes = test.transport.writes
      #expect(Set(writes).count == writes.count, context)
      for (cloud, outcome) in zip(Self.clouds, outcomes) {
        let isSo = try await isSo(kind, in: cloud, test)
        #expect(await test.simulator.emailsSent(to: Self.email, in: Int(cloud.rawValue) ?? 0) <= 1, context)
        switch outcome {
        case .applied, .alreadySo: #expect(isSo, context)
        case .refused, .notSent: #expect(!isSo || fault.description == "vanish", context)
        case .stale: Issue.record(context)
        case .unresolved(let unresolved):
          switch unresolved.resolution {
          case .done: #expect(isSo, context)
          case .notDone: #expect(!isSo, context)
          // Nothing tells a new invitation from one that was there before.
          case .undecided: #expect(kind == .invitation, context)
          case .notDoneYet, nil: Issue.record(context)
          }
        }
      }
      #expect(test.context.changes.outstanding.unsent == [], context)
      #expect(test.context.changes.outstanding.unanswered == [], context)
      // A cloud's trouble is its own unless no other would fare better.
      if !["401", "429=7", "429", "refused"].contains(fault.description), !fault.description.hasPrefix("50") {
        #expect(writes.contains { $0.contains(" /cloud/1/") } && writes.contains { $0.contains(" /cloud/4/") }, context)
      }
    }
  }
}
