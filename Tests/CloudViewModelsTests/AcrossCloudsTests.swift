import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import Testing

/// One question for changes of people's access to several clouds.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct AcrossCloudsTests {
  /// Changes of people in the clouds of a workspace.
  @MainActor
  struct People {
    let test: WorkspaceUnderTest

    private func names(_ record: String, _ cloud: Cloud.ID) -> Change.Names {
      Change.Names(record: record, cloud: test.workspace.clouds.record(cloud)?.name)
    }

    func removals(_ email: String, _ clouds: [Cloud.ID]) async throws -> [Change] {
      var changes: [Change] = []
      for cloud in clouds {
        for user in try await test.client.getCloudUsers(cloud) where user.email == email {
          changes.append(
            Change(
              .deleteCloudUser(cloud, user.id), names: names(UserText.title(user), cloud), before: user.snapshot))
        }
      }
      return changes
    }

    func roles(_ role: Role, _ email: String, _ clouds: [Cloud.ID]) async throws -> [Change] {
      try await removals(email, clouds).map { change in
        Change(
          .updateCloudUser(
            change.target.cloud ?? 0, User.ID(rawValue: change.target.id ?? ""), UserCloudUpdate(role: role)),
          names: change.names, before: change.before)
      }
    }

    func withdrawals(_ cloud: Cloud.ID) async throws -> [Change] {
      try await test.client.getCloudInvitations(cloud).map { invitation in
        Change(
          .cancelCloudUserInvitation(cloud, invitation.id), names: names(invitation.email, cloud),
          before: invitation.snapshot)
      }
    }

    func invitations(_ emails: [String], _ clouds: [Cloud.ID]) -> [Change] {
      clouds.flatMap { cloud in
        emails.map { email in
          Change(
            .inviteCloudUser(cloud, CloudInvitationDraft(email: email, redirectURI: "https://x.example")),
            names: names(email, cloud))
        }
      }
    }
  }

  private func started(
    _ service: ServiceIdentity = .demo, faults: (@Sendable (HTTPRequest) -> Fault?)? = nil
  ) async throws -> (WorkspaceUnderTest, People) {
    let test = try await WorkspaceUnderTest(.demo, service: service, faults: faults)
    await test.start()
    return (test, People(test: test))
  }

  private let ada = "ada@atelier.example"

  private func text(_ state: QuestionModel.State) -> String { String("\(state)".prefix { $0 != "(" }) }

  @Test func onePersonLeavesSeveralCloudsAndEachIsReadOnce() async throws {
    let (test, people) = try await started()
    let grace = "grace@beton.example"
    let changes = try await people.removals(grace, [1, 3])
    let before = await test.simulator.requests.count
    let question = try #require(QuestionModel.acrossClouds(changes, context: test.context))
    #expect(question.title == "Remove Grace Hopper from 2 clouds?")
    #expect(question.preface == "grace@beton.example loses access to 2 clouds and all their projects:")
    #expect(question.items.map(\.title) == ["Gare du Nord, extension", "Haussmann Tower"])
    await test.idle()
    #expect(question.phase == .ready && question.wanted == nil && question.warnings == [])
    #expect(question.facts.prefix(2) == ["No e-mail goes out.", "There is no undo."])
    let read = await test.simulator.requests.dropFirst(before).map(\.path)
    #expect(Set(read) == ["/cloud/1/user/102", "/cloud/3/user/102"] && read.count == 2)
    question.confirm()
    await test.idle()
    #expect(question.phase == .done)
    #expect(Set(test.transport.writes) == ["DELETE /cloud/1/user/102", "DELETE /cloud/3/user/102"])
    #expect(test.context.notices.current?.text.hasPrefix("Removed Grace Hopper from 2 clouds: ") == true)
  }

  @Test func invitationsAreWithdrawnBeforeAccessIsRemoved() async throws {
    let (test, people) = try await started()
    let changes = try await people.removals("grace@beton.example", [1]) + people.withdrawals(1)
    let question = try #require(QuestionModel.acrossClouds(changes, context: test.context))
    #expect(question.title == "Remove 2 people from Gare du Nord, extension?")
    await test.idle()
    #expect(question.facts.first == "1 invitation is withdrawn.")
    question.confirm()
    await test.idle()
    #expect(test.transport.writes.map { String($0.prefix(19)) } == ["DELETE /cloud/1/inv", "DELETE /cloud/1/use"])
  }

  @Test func theTitleSaysWhatIsDoneToWhom() async throws {
    let (test, people) = try await started()
    func title(_ changes: [Change]) -> String? {
      QuestionModel.acrossClouds(changes, context: test.context)?.title
    }
    let (one, two) = (
      try await people.removals(ada, [1, 3]), try await people.removals("grace@beton.example", [1, 3])
    )
    #expect(title(one + two) == "Remove 2 people from 2 clouds?")
    #expect(title(Array(one.prefix(1))) == "Remove Ada Lovelace from Gare du Nord, extension?")
    let admin = try await people.roles(.admin, ada, [1, 3])
    let user = try await people.roles(.user, ada, [1])
    let mixed = try await people.roles(.admin, ada, [1]) + people.roles(.user, ada, [3])
    let withdrawals = try await people.withdrawals(3)
    #expect(title(admin) == "Make Ada Lovelace admin of 2 clouds?")
    #expect(title(user) == "Make Ada Lovelace user of Gare du Nord, extension?")
    #expect(title(mixed) == "Change the role of Ada Lovelace in 2 clouds?")
    let invited = people.invitations(["a@x.example", "b@x.example", "c@x.example"], [1, 2, 3, 4, 5])
    #expect(title(invited) == "Invite 3 people to 5 clouds?")
    #expect(title(withdrawals) == "Withdraw 3 invitations to Haussmann Tower?")
    #expect(title(one + people.invitations(["a@x.example"], [1])) == "Make 3 changes in 2 clouds?")
    #expect(title([]) == nil)
    await test.idle()
  }

  @Test func moreThanTenAndLabelledServicesAndTheUsersOwnAccessAreTyped() async throws {
    let (test, people) = try await started()
    func wanted(_ changes: [Change], _ context: ModelContext) -> String? {
      QuestionModel.acrossClouds(changes, context: context)?.wanted?.words
    }
    let emails = (1...11).map { "p\($0)@x.example" }
    #expect(wanted(people.invitations(Array(emails.prefix(10)), [1]), test.context) == nil)
    #expect(wanted(people.invitations(emails, [1]), test.context) == "invite 11")
    #expect(wanted(people.invitations(Array(emails.prefix(3)), [1, 2, 3, 4]), test.context) == "invite 4")
    for service in [
      ServiceIdentity(name: "p", source: .demo, label: "PRODUCTION"),
      ServiceIdentity(name: "p", source: .demo, me: ada),
    ] {
      let (other, people) = try await started(service)
      let changes = try await people.removals(ada, [1, 3])
      #expect(wanted(changes, other.context) == "remove 2")
      await other.idle()
    }
    await test.idle()
  }

  @Test func whatIsGoneIsLeftOutAndWhatChangedIsAskedAboutAsItIsNow() async throws {
    let (test, people) = try await started()
    let changes = try await people.removals("grace@beton.example", [1, 3])
    _ = try await test.client.deleteCloudUser(1, 102)
    _ = try await test.client.updateCloudUser(3, 102, UserCloudUpdate(role: .admin))
    let writes = test.transport.writes.count
    let question = try #require(QuestionModel.acrossClouds(changes, context: test.context))
    await test.idle()
    #expect(question.phase == .ready)
    #expect(question.items.map(\.state) == [.gone, .asked])
    #expect(question.items[1].difference == "Role: User → Admin")
    question.confirm()
    await test.idle()
    #expect(question.phase == .done)
    #expect(test.transport.writes.dropFirst(writes) == ["DELETE /cloud/3/user/102"])
  }

  @Test func whereNothingIsLeftNothingIsSent() async throws {
    let (test, people) = try await started()
    let changes =
      try await people.removals("grace@beton.example", [1]) + people.roles(.user, "grace@beton.example", [3])
    _ = try await test.client.deleteCloudUser(1, 102)
    let question = try #require(QuestionModel.acrossClouds(changes, context: test.context))
    await test.idle()
    #expect(question.phase == .refused("Nothing is left to do."))
    #expect(question.items.map(\.state) == [.gone, .already("is User already.")])
    #expect(question.leftCount == 0 && question.again() == nil)
  }

  @Test func whoIsThereAlreadyIsNotInvited() async throws {
    let (test, people) = try await started()
    let pending = try #require(try await test.client.getCloudInvitations(3).first).email
    let changes = people.invitations(["ADA@atelier.example", pending.uppercased(), "new@x.example"], [3])
    let question = try #require(QuestionModel.acrossClouds(changes, context: test.context))
    await test.idle()
    #expect(question.items.map(\.state) == [.already("is a user already."), .already("is invited already."), .asked])
    #expect(
      question.facts.prefix(3) == [
        "Each becomes an administrator.", "Accepting opens https://x.example.", "1 e-mail goes out.",
      ])
    question.confirm()
    await test.idle()
    #expect(question.phase == .done && test.transport.writes.count == 1)
  }

  @Test func whatFailsStaysAndIsAskedAboutAgainAlone() async throws {
    let (test, people) = try await started()
    let emails = [ada, "grace@beton.example"]
    var changes: [Change] = []
    for email in emails { changes += try await people.removals(email, [1, 3]) }
    // One cloud refuses its users to the key, one removal its answer is lost, one is refused.
    await test.simulator.setFaults { request in
      switch (request.method, request.path) {
      case (.delete, "/cloud/1/user/101"): .connectionLost(carriedOut: false)
      case (.delete, "/cloud/3/user/102"): .reply(status: .conflict, body: "{}")
      case (.get, "/cloud/1/user/101"), (.get, "/cloud/1/user"): nil
      default: nil
      }
    }
    let question = try #require(QuestionModel.acrossClouds(changes, context: test.context))
    await test.idle()
    question.confirm()
    await test.until { question.phase == .settled("") }
    #expect(question.items.map { text($0.state) } == ["unknown", "unsent", "done", "refused"])
    #expect(question.leftCount == 2)
    await test.heal()
    let again = try #require(question.again())
    #expect(
      again.items.map(\.title) == ["Gare du Nord, extension · Grace Hopper", "Haussmann Tower · Grace Hopper"]
        || again.items.count == 2)
    await test.settleDoubts()
    // What is found not done meanwhile is asked about the next time.
    #expect(text(question.items[0].state) == "notDone" && question.leftCount == 3)
    again.confirm()
    await test.idle()
    #expect(again.phase == .done)
    #expect(test.transport.writes.count { $0 == "DELETE /cloud/1/user/101" } == 1)
  }

  @Test func aCloudThatCannotBeReadIsLeftOutAndSaid() async throws {
    let (test, people) = try await started()
    let changes = try await people.removals("grace@beton.example", [1, 3])
    await test.fail(.get, "/cloud/1/user/102", with: .forbidden)
    let question = try #require(QuestionModel.acrossClouds(changes, context: test.context))
    await test.idle()
    #expect(question.phase == .ready)
    guard case .refused(let text) = question.items[0].state else {
      Issue.record("\(question.items[0])")
      return
    }
    #expect(text.hasPrefix("It could not be re-read"))
    question.confirm()
    await test.idle()
    #expect(question.phase == .settled("") && question.leftCount == 1)
    #expect(test.transport.writes == ["DELETE /cloud/3/user/102"])
  }

  @Test func aRefusedKeyIsNotTriedInEveryCloud() async throws {
    let test = try await WorkspaceUnderTest(.generated(clouds: 60, users: 3))
    await test.start()
    let changes = (1...60).map { cloud in
      let id = (cloud - 1) * 3 + 2
      return Change(
        .deleteCloudUser(Cloud.ID(cloud), User.ID(id)), names: Change.Names(record: "x"),
        before: .user(User(id: User.ID(id), email: "x@x.example", cloudRole: .user)))
    }
    let before = await test.simulator.requests.count
    await test.simulator.setFaults { $0.method == .get ? .reply(status: .unauthorized, body: "{}") : nil }
    let question = try #require(QuestionModel.acrossClouds(changes, context: test.context))
    await test.idle()
    #expect(question.phase == .refused("Nothing can be sent.") && question.leftCount == 60)
    #expect(await test.simulator.requests.count - before < 40)
  }

  @Test func theLastAdminIsLeftOutUntilTheWordsAreTyped() async throws {
    let (test, people) = try await started()
    let email = try #require(try await test.client.getCloudUser(6, 129).email)
    let changes = try await people.removals(email, [4, 6])
    let question = try #require(QuestionModel.acrossClouds(changes, context: test.context))
    await test.idle()
    #expect(question.lastAdmins.map(\.cloud.name) == ["Pont de l'Alma"])
    question.confirm()
    await test.idle()
    #expect(question.phase == .settled("") && question.leftCount == 1)
    #expect(test.transport.writes == ["DELETE /cloud/4/user/129"])
    let again = try #require(question.again())
    #expect(again.title == "Remove Małgorzata Kowalska from Pont de l'Alma?")
    await test.idle()
    #expect(!again.canConfirm)
    again.includeLastAdmins()
    again.confirm()
    await test.idle()
    #expect(again.phase == .done && test.transport.writes.count == 2)
  }

  @Test func moreThanAThousandAreSentInPartsAndAnnounced() async throws {
    let test = try await WorkspaceUnderTest(.generated(clouds: 2, users: 700))
    await test.start()
    var changes: [Change] = []
    for cloud: Cloud.ID in [1, 2] {
      changes += try await test.client.getCloudUsers(cloud).filter { $0.cloudRole != .admin }.map { user in
        Change(
          .deleteCloudUser(cloud, user.id), names: Change.Names(record: UserText.title(user), cloud: "C\(cloud)"),
          before: user.snapshot)
      }
    }
    try #require(changes.count > 1_000)
    let question = try #require(QuestionModel.acrossClouds(changes, context: test.context))
    await test.idle()
    #expect(question.facts.last?.hasSuffix("are sent in 2 parts of at most 1,000.") == true)
    question.typed = question.wanted?.words ?? ""
    question.confirm()
    #expect(test.context.changes.outstanding.unsent.count >= changes.count - 2)
    await test.idle()
    #expect(question.phase == .done, "\(question.phase)")
    #expect(test.transport.writes.count == changes.count)
    #expect(Set(test.transport.writes).count == changes.count)
  }

  @Test func stoppingSendsNothingMore() async throws {
    let (test, people) = try await started()
    var changes: [Change] = []
    for email in [ada, "grace@beton.example"] { changes += try await people.removals(email, [1, 3]) }
    let question = try #require(QuestionModel.acrossClouds(changes, context: test.context))
    await test.idle()
    await test.simulator.setFaults { $0.method == .delete ? .delay(.seconds(1)) : nil }
    question.confirm()
    await test.until { test.network.rests.count == 2 }
    #expect(question.stop() && !question.stop())
    test.network.advance(by: .seconds(1))
    await test.until { question.phase == .settled("") }
    #expect(question.items.map { text($0.state) }.sorted() == ["done", "done", "unsent", "unsent"])
    #expect(question.leftCount == 2)
    await test.heal()
    await test.idle()
  }

  @Test func sixteenCloudsAreChangedAtTheSameTime() async throws {
    let test = try await WorkspaceUnderTest(.generated(clouds: 40, users: 3))
    await test.start()
    let changes = (1...40).map { cloud in
      let id = User.ID((cloud - 1) * 3 + 3)
      return Change(
        .deleteCloudUser(Cloud.ID(cloud), id), names: Change.Names(record: "x"),
        before: .user(User(id: id, email: "x@x.example", cloudRole: .user)))
    }
    await test.simulator.setFaults { $0.method == .delete ? .delay(.seconds(1)) : nil }
    let run = test.context.changes.run(changes)
    for count in [16, 16, 8] {
      await test.network.waitForRest(of: .seconds(1))
      await test.until { run.outcomes.count { $0 == nil } >= 0 && test.network.rests.count == count }
      test.network.advance(by: .seconds(1))
    }
    let outcomes = await run.finish()
    #expect(outcomes.count(where: \.isDone) == 40)
  }
}
