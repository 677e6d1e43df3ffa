import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct InviteTests {
  func form(_ test: WorkspaceUnderTest, _ addresses: String) throws -> FormModel {
    let form = try #require(test.workspace.inviteForm())
    form.set(.text(addresses), for: "email")
    return form
  }

  @Test func everyAddressGetsOneInvitation() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "a@x.example, b@x.example;c@x.example d@x.example")
    #expect(form.remarks["email"] == "4 valid addresses")
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    for name in ["a", "b", "c", "d"] {
      #expect(await test.simulator.emailsSent(to: "\(name)@x.example", in: 3) == 1)
    }
    #expect(test.workspace.invitations.rowCount == 7)
    #expect(test.workspace.invitations.selectedRecord?.email == "d@x.example")
    #expect(
      test.context.notices.current?.text
        == "Invited a@x.example, b@x.example, c@x.example, d@x.example to Haussmann Tower.")
  }

  @Test(arguments: [
    ("a@x.example", nil), ("a@x.example, b@x.example, c", "2 valid addresses, 1 invalid"),
    ("a@x.example b c@", "1 valid address, 2 invalid"),
    ("a b", "2 invalid addresses"),
    (
      "a@x.example b pm@gabarit.example",
      "2 valid addresses, 1 invalid; invited already, gets another e-mail: pm@gabarit.example"
    ),
  ])
  func onlyAddressesAreCountedAsPeople(text: String, remark: String?) async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    #expect(try form(test, text).remarks["email"] == remark)
  }

  @Test func anAddressTypedTwiceGetsOneEmail() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "a@x.example, A@X.example a@x.example")
    form.submit()
    await test.idle()
    #expect(await test.simulator.emailsSent(to: "a@x.example", in: 3) == 1)
    #expect(test.transport.writes.count == 1)
  }

  @Test func aMemberIsNamedBeforeSending() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "new@x.example Grace@beton.example")
    form.submit()
    #expect(form.problems["email"] == "Grace@beton.example is a member already.")
    #expect(test.transport.writes == [])
  }

  @Test func aMemberThatTheListDoesNotShowIsNamedByTheServiceAndTheOthersAreInvited() async throws {
    let test = try await WorkspaceUnderTest()
    await test.fail(.get, "/cloud/3/user", with: .badGateway)
    await test.start(at: 3)
    let form = try form(test, "a@x.example grace@beton.example b@x.example")
    form.submit()
    await test.idle()
    #expect(form.phase == .editing)
    #expect(form.values["email"]?.text == "grace@beton.example")
    #expect(form.problems["email"]?.contains("grace@beton.example: ") == true)
    #expect(
      form.outcomes == [
        "grace@beton.example: This user is already a member of Haussmann Tower.",
        "Invited: a@x.example, b@x.example.",
      ])
    #expect(await test.simulator.emailsSent(to: "b@x.example", in: 3) == 1)
  }

  @Test func whatIsLeftAfterAFailureStaysAndWhatWasSentIsNotSentAgain() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "a@x.example b@x.example c@x.example")
    let posts = Counter()
    await test.simulator.setFaults { $0.method == .post && posts.next() >= 2 ? .forbidden : nil }
    form.submit()
    await test.idle()
    #expect(form.values["email"]?.text == "b@x.example, c@x.example")
    await test.heal()
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    for name in ["a", "b", "c"] {
      #expect(await test.simulator.emailsSent(to: "\(name)@x.example", in: 3) == 1)
    }
  }

  @Test(arguments: [true, false])
  func anInvitationWhoseAnswerWasLostIsNeverSentAgainByItself(carriedOut: Bool) async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "a@x.example b@x.example c@x.example")
    let posts = Counter()
    await test.simulator.setFaults {
      $0.method == .post && posts.next() == 2 ? .connectionLost(carriedOut: carriedOut) : nil
    }
    form.submit()
    await test.idle()
    #expect(form.values["email"]?.text == "c@x.example")
    await test.settleDoubts()
    // The reloaded list decides.
    #expect(test.workspace.invitations.records.contains { $0.email == "b@x.example" } == carriedOut)
    // The address returns to the field only if a read showed that it wasn't sent.
    #expect(form.values["email"]?.text == (carriedOut ? "c@x.example" : "b@x.example, c@x.example"))
    let verdict =
      carriedOut
      ? "Invited b@x.example to Haussmann Tower. The reply was lost; a re-read at 13:04 confirms it."
      : "Confirmed not done at 13:04: invite b@x.example to Haussmann Tower. It can be sent again."
    #expect(
      form.outcomes == [
        verdict, "Not sent: c@x.example. They stay in the form; press Enter to retry.", "Invited: a@x.example.",
      ])
    #expect(test.context.notices.current?.text == verdict)
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    #expect(await test.simulator.emailsSent(to: "a@x.example", in: 3) == 1)
    #expect(await test.simulator.emailsSent(to: "b@x.example", in: 3) == 1)
    #expect(await test.simulator.emailsSent(to: "c@x.example", in: 3) == 1)
    #expect(test.transport.writes.filter { $0.contains("b@x.example") }.count == (carriedOut ? 1 : 2))
  }

  @Test(arguments: [false, true])
  func whatIsFoundNotDoneWhileOthersAreInvitedIsInTheFieldAgain(isLeft: Bool) async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "a@x.example b@x.example c@x.example")
    await test.fail(.post, "/cloud/3/invitation", with: .connectionLost(carriedOut: false))
    form.submit()
    await test.idle()
    #expect(form.values["email"]?.text == "b@x.example, c@x.example")
    await test.fail(.post, "/cloud/3/invitation", with: .delay(.seconds(1)))
    form.submit()
    await test.network.waitForRest(of: .seconds(1))
    if isLeft { form.leave() }
    for rest in WorkspaceUnderTest.readingRests { #expect(await test.passes(rest)) }
    await test.until { test.context.notices.history.contains { $0.text.hasPrefix("Confirmed not done") } }
    for _ in 0..<2 {
      await test.network.waitForRest(of: .seconds(1))
      test.network.advance(by: .seconds(1))
    }
    await test.idle()
    #expect(form.phase == .editing)
    #expect(
      form.outcomes == [
        "Confirmed not done at 13:04: invite a@x.example to Haussmann Tower. It can be sent again.",
        "Invited b@x.example, c@x.example to Haussmann Tower.",
      ])
    let next = isLeft ? try #require(test.workspace.inviteForm()) : form
    #expect(next.values["email"]?.text == "a@x.example")
    await test.heal()
    next.submit()
    await test.idle()
    #expect(next.phase == .done)
    for name in ["a", "b", "c"] {
      #expect(await test.simulator.emailsSent(to: "\(name)@x.example", in: 3) == 1)
    }
  }

  @Test func whoIsNotSentToWhenABatchStopsIsNamedAndKeptForTheNextTime() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "a@x.example b@x.example c@x.example d@x.example")
    let posts = Counter()
    await test.simulator.setFaults {
      $0.method == .post && posts.next() == 2 ? .connectionLost(carriedOut: false) : nil
    }
    form.submit()
    await test.idle()
    #expect(
      form.outcomes == [
        "b@x.example: outcome unknown; a re-read of the list will tell.",
        "Not sent: c@x.example, d@x.example. They stay in the form; press Enter to retry.", "Invited: a@x.example.",
      ])
    // Closing loses nothing, so no confirmation is needed.
    #expect(!form.isTouched)
    form.leave()
    await test.settleDoubts()
    let next = try #require(test.workspace.inviteForm())
    #expect(next.values["email"]?.text == "c@x.example, d@x.example")
    #expect(next.isTouched)
    next.submit()
    await test.idle()
    #expect(next.phase == .done)
    for (name, count) in [("a", 1), ("b", 0), ("c", 1), ("d", 1)] {
      #expect(await test.simulator.emailsSent(to: "\(name)@x.example", in: 3) == count)
    }
  }

  @Test func ofManyTheFormNamesAsManyAsItHasRoomForAndTheLogAll() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let addresses = (1...40).map { "p\($0)@x.example" }
    let form = try form(test, addresses.joined(separator: " "))
    let posts = Counter()
    await test.simulator.setFaults { $0.method == .post && posts.next() > 20 ? .forbidden : nil }
    form.submit()
    await test.idle()
    #expect(form.outcomes.count == 3)
    #expect(form.outcomes[0].hasPrefix("p21@x.example: "))
    #expect(form.outcomes[1].hasPrefix("Not sent: p22@x.example, "))
    #expect(form.outcomes[1].contains("p31@x.example and 9 more, which the log names. They stay in the form"))
    #expect(form.outcomes[2].hasSuffix("p10@x.example and 10 more, which the log names."))
    let log = test.context.notices.history.map(\.text).joined(separator: "\n")
    #expect(addresses.allSatisfy { $0 == "p21@x.example" || log.contains("\($0),") || log.contains("\($0).") })
    #expect(form.values["email"]?.text == addresses[20...].joined(separator: ", "))
  }

  @Test(arguments: [
    ("https://x.example/c/{cloud}", "https://x.example/c/4"),
    ("https://x.example/cloud/3", "https://x.example/cloud/4"),
    ("https://x.example/welcome", "https://x.example/welcome"),
  ])
  func theSettingLeadsToTheCloudThatPeopleAreInvitedTo(setting: String, offered: String) async throws {
    var settings = Workspace.Settings.immediate
    settings.redirectURI = setting
    let test = try await WorkspaceUnderTest(settings: settings)
    await test.start(at: 4)
    #expect(try form(test, "a@x.example").values["redirect_uri"]?.text == offered)
  }

  @Test func sendingAgainKeepsTheAddressTheRoleAndTheProjectsOfTheInvitation() async throws {
    let test = try await WorkspaceUnderTest(edition: .current, said: .current)
    let draft = CloudInvitationDraft(
      email: "a@x.example", redirectURI: "https://x.example/cloud/3", role: .user, projectRole: .guest,
      inAllProjects: true)
    _ = try await test.client.inviteCloudUser(5, draft)
    await test.start(at: 5)
    let question = try #require(test.workspace.invitations.actions.question(of: .resend))
    await test.idle()
    question.confirm()
    await test.idle()
    #expect(test.transport.writes.count == 2)
    #expect(test.transport.writes.first == test.transport.writes.last)
    #expect(
      test.context.lastCommand?.text.hasSuffix("--role user --in-all-projects --project-role guest") == true)
  }

  @Test func whoIsNotInvitedToAllProjectsNeedsNoRoleInThem() async throws {
    let test = try await WorkspaceUnderTest(edition: .current, said: .current)
    await test.start(at: 5)
    let form = try form(test, "a@x.example")
    form.set(.text("https://x.example"), for: "redirect_uri")
    #expect(form.fields.map(\.id) == ["email", "redirect_uri", "role", "in_all_projects"])
    form.set(.text("yes"), for: "in_all_projects")
    #expect(form.fields.last?.id == "project_role")
    form.set(.text("25"), for: "project_role")
    form.set(.text("no"), for: "in_all_projects")
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    #expect(test.transport.writes.last?.contains("project_role") == false)
    #expect(test.workspace.invitations.selectedRecord?.role == .user)
  }

  @Test(arguments: ["", "  ", ",;", "nobody", "a@", "@b.example", "a@b", "a@b@c.example", "a@.example", "a@b.example."])
  func whatIsNoAddressIsNamedBeforeSending(text: String) async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, text)
    form.submit()
    #expect(form.problems["email"] != nil)
    #expect(test.transport.writes == [])
  }

  @Test(arguments: ["", " ", String(repeating: "x", count: 513)])
  func aRedirectThatTheAPIWouldRefuseIsNamedBeforeSending(text: String) async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "a@x.example")
    form.set(.text(text), for: "redirect_uri")
    form.submit()
    #expect(form.problems["redirect_uri"] != nil)
    #expect(test.transport.writes == [])
  }

  @Test func aPendingInvitationIsNamedAsOneThatGetsAnotherEmail() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "pm@gabarit.example")
    #expect(form.remarks["email"] == "invited already, gets another e-mail: pm@gabarit.example")
  }

  @Test func invitingGoesToTheCloudTheFormWasOpenedForWhereverTheCursorIsMeanwhile() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "a@x.example")
    test.workspace.clouds.select(5)
    await test.idle()
    form.submit()
    await test.idle()
    #expect(await test.simulator.emailsSent(to: "a@x.example", in: 3) == 1)
    #expect(await test.simulator.emailsSent(to: "a@x.example", in: 5) == 0)
    #expect(test.workspace.invitations.rowCount == 0)
  }
}
