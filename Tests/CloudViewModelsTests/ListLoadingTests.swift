import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct ListLoadingTests {
  @Test func oldRowsStayWithTheirTimeWhileARefreshRunsAndFails() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    let clouds = test.workspace.clouds
    let first = test.now
    test.now += 60
    await test.fail(.get, "/cloud", with: .badGateway)
    clouds.refresh()
    #expect(clouds.rowCount == 14)
    #expect(clouds.status.asOf == first)
    #expect(clouds.status.loadingSince == test.now)
    await test.idle()
    #expect(clouds.rowCount == 14)
    #expect(clouds.status.asOf == first)
    #expect(clouds.status.loadingSince == nil)
    #expect(clouds.status.failure?.error.code == .server(status: 502))
    #expect(clouds.status.failure?.since == test.now)
  }

  @Test func aFailedReadIsTriedAgainAfterLongerAndLongerRestsUntilItSucceeds() async throws {
    let test = try await WorkspaceUnderTest()
    await test.fail(.get, "/cloud", with: .badGateway)
    await test.start()
    let clouds = test.workspace.clouds
    let since = test.now
    for seconds in [5, 10, 20, 40, 60, 60] {
      #expect(clouds.status.failure?.nextTry == test.now + Double(seconds))
      #expect(clouds.status.failure?.since == since)
      let before = clouds.status
      await test.pass(.seconds(seconds)) { clouds.status != before && clouds.status.loadingSince == nil }
    }
    await test.heal()
    await test.pass(.seconds(60)) { clouds.status.asOf != nil }
    #expect(clouds.rowCount == 14)
    #expect(clouds.status.failure == nil)
    #expect(await test.simulator.requestCount(.get, "/cloud") == 8)
    #expect(test.clock.rests == [])
  }

  @Test func anAnswerThatIsTooLargeIsAskedForAgainByAPersonOnly() async throws {
    let test = try await WorkspaceUnderTest(listBodyLimit: 1 << 20)
    await test.simulator.setFaultPlan(FaultPlan([try FaultSpec("endless:GET:/cloud")]))
    await test.start()
    let clouds = test.workspace.clouds
    #expect(clouds.status.failure?.error.code == .tooLarge(limit: 1 << 20))
    #expect(clouds.status.failure?.nextTry == nil)
    #expect(test.clock.rests == [])
    #expect(await test.simulator.requestCount(.get, "/cloud") == 1)
    await test.simulator.setFaultPlan(.none)
    clouds.refresh()
    await test.idle()
    #expect(clouds.status.failure == nil && !clouds.status.isPartial)
    #expect(clouds.rowCount == 14)
  }

  @Test(arguments: ["html", "malformed", "wrong-type"])
  func anAnswerThatCannotBeReadIsAskedForAgainLessAndLessOften(fault: String) async throws {
    let test = try await WorkspaceUnderTest()
    await test.simulator.setFaultPlan(FaultPlan([try FaultSpec("\(fault):GET:/cloud")]))
    await test.start()
    let clouds = test.workspace.clouds
    for seconds in [5, 10, 20, 40, 80, 160, 300, 300] {
      #expect(clouds.status.failure?.nextTry == test.now + Double(seconds))
      let before = clouds.status
      await test.pass(.seconds(seconds)) { clouds.status != before && clouds.status.loadingSince == nil }
    }
    await test.simulator.setFaultPlan(.none)
    await test.pass(.seconds(300)) { clouds.status.asOf != nil }
    #expect(clouds.rowCount == 14)
    #expect(clouds.status.failure == nil)
  }

  @Test func theServiceSaysWhenToTryAgain() async throws {
    let test = try await WorkspaceUnderTest()
    await test.fail(.get, "/cloud", with: .throttled(retryAfter: 37))
    await test.start()
    let clouds = test.workspace.clouds
    #expect(clouds.status.failure?.nextTry == test.now + 37)
    await test.heal()
    await test.pass(.seconds(37)) { clouds.status.asOf != nil }
    #expect(clouds.rowCount == 14)
  }

  @Test(arguments: [Fault.forbidden, .reply(status: .unauthorized, body: "{\"detail\":\"Invalid token.\"}")])
  func aReadThatIsNotAllowedIsNotTriedAgainByItself(fault: Fault) async throws {
    let test = try await WorkspaceUnderTest()
    await test.fail(.get, "/cloud/1/invitation", with: fault)
    await test.start()
    let invitations = test.workspace.invitations
    #expect(invitations.status.failure != nil)
    #expect(invitations.status.failure?.nextTry == nil)
    #expect(test.clock.rests == [])
    // Everything else still works, and so does a reload.
    #expect(test.workspace.users.rowCount == 60)
    await test.heal()
    invitations.refresh()
    await test.idle()
    #expect(invitations.status.failure == nil)
    #expect(invitations.rowCount == 1)
  }

  @Test func aForbiddenReadNamesTheScopeThatIsMissing() async throws {
    let test = try await WorkspaceUnderTest()
    await test.fail(.get, "/cloud/1/invitation", with: .forbidden)
    await test.start()
    #expect(test.workspace.invitations.status.failure?.error.sentence.contains("org:manage") == true)
  }

  @Test func anotherCloudsRowsNeverStandUnderAFailedOnesName() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    await test.fail(.get, "/cloud/3/user", with: .badGateway)
    test.workspace.clouds.select(3)
    #expect(test.workspace.users.scopeName == "Gare du Nord, extension")
    #expect(test.workspace.users.nextScopeName == "Haussmann Tower")
    #expect(test.workspace.users.rowCount == 60)
    await test.idle()
    #expect(test.workspace.users.scopeName == "Haussmann Tower")
    #expect(test.workspace.users.rowCount == 0)
    #expect(test.workspace.users.status.failure != nil)
    #expect(test.workspace.users.status.asOf == nil)
  }

  @Test func aReadThatIsNoLongerWantedEndsSilently() async throws {
    let test = try await WorkspaceUnderTest(faults: { $0.path == "/cloud/3/user" ? .noAnswer(carriedOut: true) : nil })
    await test.start()
    test.workspace.clouds.select(3)
    #expect(test.workspace.users.nextScopeName == "Haussmann Tower")
    test.workspace.clouds.select(4)
    await test.idle()
    #expect(test.workspace.users.scopeName == "Zürich Hauptbahnhof")
    #expect(test.workspace.users.status.failure == nil)
    #expect(test.context.notices.history == [])
    #expect(test.network.rests == [])
  }

  @Test func theAnswerToASupersededReadIsDropped() async throws {
    let test = try await WorkspaceUnderTest()
    let answers = LateAnswers()
    let list = ListModel<Cloud, EveryCloud>(.answered(by: answers), context: test.context)
    list.load(EveryCloud())
    await answers.waitForRequests(1)
    list.refresh()
    await answers.waitForRequests(2)
    await answers.answer(2, with: [Cloud(id: 2, name: "new")])
    await test.until { list.rowCount == 1 }
    await answers.answer(1, with: [Cloud(id: 1, name: "old"), Cloud(id: 3, name: "old")])
    await test.idle()
    #expect(list.records.map(\.name) == ["new"])
  }
}

/// A service whose responses are sent by the test, even if the request was superseded.
private actor LateAnswers {
  private var requests: [CheckedContinuation<[Cloud], Never>] = []
  private var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

  func list() async -> [Cloud] {
    await withCheckedContinuation { continuation in
      requests.append(continuation)
      for waiter in waiters where waiter.count <= requests.count { waiter.continuation.resume() }
      waiters.removeAll { $0.count <= requests.count }
    }
  }

  func waitForRequests(_ count: Int) async {
    guard requests.count < count else { return }
    await withCheckedContinuation { waiters.append((count, $0)) }
  }

  func answer(_ number: Int, with clouds: [Cloud]) {
    requests[number - 1].resume(returning: clouds)
  }
}

extension Resource where Record == Cloud, Scope == EveryCloud {
  fileprivate static func answered(by answers: LateAnswers) -> Resource {
    Resource(
      names: ResourceNames(singular: "cloud", plural: "clouds", title: "Clouds"), columns: [], title: { $0.name },
      details: { _, _ in [] },
      list: { _, _, receive throws(CloudAPIError) in receive(await answers.list()) },
      show: Resource.clouds.show, emptyText: "")
  }
}
