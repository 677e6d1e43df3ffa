import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

/// A change that creates a record is identified by what it creates: it isn't sent twice without a question.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct SentTwiceTests {
  /// What the user creates in a form, with the path that it is sent to.
  enum Made: String, CaseIterable {
    case cloud, processor, invitation

    var path: String {
      switch self {
      case .cloud: "/cloud"
      case .processor: "/cloud/3/processor"
      case .invitation: "/cloud/3/invitation"
      }
    }

    /// Opens the form that creates it, filled in.
    @MainActor
    func form(_ test: WorkspaceUnderTest, _ name: String = "twice") throws -> FormModel {
      let workspace = test.workspace
      switch self {
      case .cloud: return try Self.fill(workspace.clouds.actions.creationForm(), ["name": .text(name)])
      case .processor: return try Self.fill(workspace.processors.actions.creationForm(), ["name": .text(name)])
      case .invitation:
        return try Self.fill(
          workspace.inviteForm(),
          ["email": .text("\(name)@x.example"), "redirect_uri": .text("https://platform.example")])
      }
    }

    @MainActor
    private static func fill(_ form: FormModel?, _ values: FormValues) throws -> FormModel {
      let form = try #require(form)
      for (id, value) in values { form.set(value, for: id) }
      return form
    }

    @MainActor
    func count(_ test: WorkspaceUnderTest) -> Int {
      switch self {
      case .cloud: test.workspace.clouds.records.count { $0.name == "twice" }
      case .processor: test.workspace.processors.records.count { $0.name == "twice" }
      case .invitation: test.workspace.invitations.records.count { $0.email == "twice@x.example" }
      }
    }
  }

  private func started(_ fault: Fault, _ made: Made) async throws -> WorkspaceUnderTest {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    await test.fail(.post, made.path, with: fault)
    return test
  }

  private func postCount(_ test: WorkspaceUnderTest) -> Int {
    test.transport.writes.count { $0.hasPrefix("POST") }
  }

  @Test(arguments: Made.allCases)
  func whatIsNotAnsweredIsNotSentAgainFromAnotherForm(made: Made) async throws {
    let test = try await started(.noAnswer(carriedOut: true), made)
    let first = try made.form(test)
    first.submit()
    await test.network.waitForRest(of: .seconds(30))
    first.leave()
    let second = try made.form(test)
    second.submit()
    #expect(second.phase == .editing && second.question == nil)
    #expect(second.problem?.contains("was sent before and isn't answered yet") == true)
    // Other changes are not blocked.
    await test.heal()
    let other = try made.form(test, "other")
    other.submit()
    await test.until { other.phase == .done }
    #expect(postCount(test) == 2)
    test.network.advance(by: .seconds(30))
    await test.idle()
    await test.settleDoubts()
    #expect(made.count(test) == 1)
  }

  /// Addresses are compared ignoring case, and individually if there are several.
  @Test func anInvitationIsKnownByItsAddress() async throws {
    let test = try await started(.noAnswer(carriedOut: true), .invitation)
    try Made.invitation.form(test).submit()
    await test.network.waitForRest(of: .seconds(30))
    let form = try Made.invitation.form(test)
    form.set(.text("new@x.example, Twice@X.example"), for: "email")
    form.submit()
    #expect(form.problem?.contains("Twice@X.example") == true)
    #expect(postCount(test) == 1)
    test.network.advance(by: .seconds(30))
    await test.idle()
    await test.settleDoubts()
  }

  @Test(arguments: Made.allCases)
  func whatIsNotDoneYetAsksBeforeItIsSentAgain(made: Made) async throws {
    let test = try await started(.connectionLost(carriedOut: false), made)
    try made.form(test).submit()
    await test.idle()
    _ = await test.passes(.seconds(10))
    await test.until { test.context.notices.current?.text.hasPrefix("Not done by 13:04: ") == true }
    #expect(test.context.notices.current?.text.contains("It may still arrive until 13:04:47") == true)
    await test.heal()
    let form = try made.form(test)
    form.submit()
    #expect(form.question?.contains("may still arrive until 13:04:47") == true)
    form.answer(sendingAgain: false)
    await test.idle()
    #expect(form.question == nil && form.phase == .editing)
    #expect(postCount(test) == 1)
    form.submit()
    form.answer(sendingAgain: true)
    await test.until { form.phase == .done }
    #expect(postCount(test) == 2)
    await test.settleDoubts(rests: [.seconds(20)])
    #expect(made.count(test) == 1)
    // The existing record has a response of its own, so it isn't taken for the first.
    let text = test.context.notices.history.last { $0.kind != .information }?.text
    #expect(text?.contains("The reply was lost") == false, "\(text ?? "")")
  }

  @Test(arguments: Made.allCases)
  func whatIsCarriedOutLateIsFoundAndSendingItAgainAsks(made: Made) async throws {
    let test = try await started(.connectionLostEarly(carriedOutAfter: .seconds(25)), made)
    let first = try made.form(test)
    first.submit()
    await test.idle()
    _ = await test.passes(.seconds(10))
    await test.until { test.context.notices.current?.text.hasPrefix("Not done by 13:04: ") == true }
    await test.network.waitForRest(of: .seconds(25))
    test.network.advance(by: .seconds(25))
    while await test.simulator.requests.last(where: { $0.method == .post })?.isApplied == false {}
    await test.settleDoubts(rests: [.seconds(20)])
    #expect(
      test.context.notices.current?.text.hasSuffix("The reply was lost; a re-read at 13:04 confirms it.") == true)
    #expect(first.phase == .done)
    #expect(made.count(test) == 1)
    let second = try made.form(test)
    second.submit()
    #expect(second.question?.contains("was found done") == true)
    #expect(postCount(test) == 1)
  }

  @Test func onceNothingCanArriveAnyMoreItIsSentWithoutAQuestion() async throws {
    let test = try await started(.connectionLost(carriedOut: false), .cloud)
    let form = try Made.cloud.form(test)
    form.submit()
    await test.idle()
    await test.settleDoubts()
    #expect(form.problem?.contains("Confirmed not done at 13:04") == true)
    await test.heal()
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
  }

  /// Other values in the form are neither lost nor sent when the change is found done.
  @Test func aFormThatHoldsSomethingElseByThenStaysOpen() async throws {
    let test = try await started(.connectionLost(carriedOut: false), .cloud)
    let form = try Made.cloud.form(test)
    form.submit()
    await test.idle()
    _ = await test.passes(.seconds(10))
    await test.until { form.phase == .editing }
    form.set(.text("another"), for: "name")
    await test.heal()
    _ = try await test.client.createCloud(CloudDraft(name: "twice"))
    await test.settleDoubts(rests: [.seconds(20)])
    #expect(form.phase == .editing)
    #expect(form.problem?.contains("The reply was lost") == true)
    #expect(form.values.line("name") == "another")
  }

  @Test func whatNobodyKnowsAsksBeforeItIsSentAgain() async throws {
    let test = try await started(.connectionLost(carriedOut: false), .invitation)
    // An invitation to the address was pending before, so the list can't tell.
    let form = try Made.invitation.form(test)
    form.set(.text("pm@gabarit.example"), for: "email")
    form.submit()
    await test.idle()
    await test.settleDoubts()
    #expect(test.context.notices.current?.text.hasPrefix("It is unknown whether it was done") == true)
    let again = try Made.invitation.form(test)
    again.set(.text("pm@gabarit.example"), for: "email")
    again.submit()
    #expect(again.question?.contains("it is unknown whether it was done") == true)
    #expect(postCount(test) == 1)
  }

  @Test func anotherDemoProjectIsAskedForWithWhatIsNotKnownOfTheFirst() async throws {
    let test = try await started(.connectionLost(carriedOut: true), .cloud)
    await test.fail(.post, "/cloud/3/create-demo", with: .connectionLost(carriedOut: true))
    let first = try #require(test.workspace.clouds.actions.question(of: .createDemo))
    await test.idle()
    #expect(first.items[0].consequences.count == 2)
    first.confirm()
    await test.idle()
    let second = try #require(test.workspace.clouds.actions.question(of: .createDemo))
    await test.idle()
    #expect(second.items[0].consequences.last??.text?.contains("it is unknown whether it was done") == true)
  }

  @Test func aRecordIsNotReplacedWhileTheFirstChangeMayArrive() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    await test.fail(.patch, "/cloud/3", with: .connectionLost(carriedOut: false))
    let form = try #require(test.workspace.clouds.actions.editForm())
    form.set(.text("Quai 7"), for: "name")
    form.submit()
    await test.idle()
    _ = await test.passes(.seconds(10))
    await test.until { form.phase == .editing }
    #expect(test.workspace.clouds.actions.refusal(of: .editDocument)?.contains("may still arrive") == true)
    form.submit()
    #expect(form.question?.contains("may still arrive") == true)
    await test.settleDoubts(rests: [.seconds(20)])
    #expect(form.question == nil)
    #expect(test.workspace.clouds.actions.refusal(of: .editDocument) == nil)
  }
}
