import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

/// A change found done late changes the rows as a response would have, and leaves the cursor where the user moved it.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct LateVerdictRowsTests {
  /// Starts at cloud 3; writes of the given method lose their connection and are applied four seconds later.
  private func started(_ method: HTTPRequest.Method) async throws -> WorkspaceUnderTest {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    await test.simulator.setFaults { $0.method == method ? .connectionLostEarly(carriedOutAfter: .seconds(4)) : nil }
    return test
  }

  /// Lets the service apply the change after the first read, and triggers the second read without reloading a list.
  private func arriveLate(_ test: WorkspaceUnderTest) async {
    await test.idle()
    await test.network.waitForRest(of: .seconds(4))
    test.network.advance(by: .seconds(4))
    while await test.simulator.requests.last(where: { $0.method != .get })?.isApplied == false {}
    await test.settleDoubts()
  }

  @Test func aRemovedUserGoesAndTheCursorStaysWhereItIs() async throws {
    let test = try await started(.delete)
    let users = test.workspace.users
    let question = try #require(users.actions.question(of: .delete))
    let id = try #require(users.selection)
    await test.idle()
    question.confirm()
    await test.idle()
    users.select(row: 5)
    let selected = users.selection
    await arriveLate(test)
    #expect(users.record(id) == nil)
    #expect(users.selection == selected)
    #expect(question.phase == .done)
  }

  @Test func aCreatedProcessorIsThereAndTheCursorStaysWhereItIs() async throws {
    let test = try await started(.post)
    let processors = test.workspace.processors
    processors.select(row: 2)
    let selected = processors.selection
    let form = try #require(processors.actions.creationForm())
    form.set(.text("late"), for: "name")
    form.submit()
    await arriveLate(test)
    #expect(processors.records.contains { $0.name == "late" })
    #expect(processors.selection == selected)
    #expect(form.phase == .done)
  }

  @Test func oneOfSeveralThatIsRemovedLateGoesFromTheRows() async throws {
    let test = try await started(.delete)
    let users = test.workspace.users
    for _ in 0..<2 { users.toggleMark() }
    guard let batch = users.actions.question(of: .delete, about: .marked) else {
      Issue.record("Two marked users are several.")
      return
    }
    await test.idle()
    batch.confirm()
    await arriveLate(test)
    #expect(batch.items.map(\.state) == [.done, .unsent])
    #expect(users.record(User.ID(rawValue: batch.items[0].id)) == nil)
    #expect(users.totalCount == 47)
  }

  /// The list can't be reloaded at that time: the verdict alone changes the rows.
  @Test func theRowsChangeAlsoWhereTheListCannotBeRead() async throws {
    let test = try await started(.patch)
    let form = try #require(test.workspace.clouds.actions.editForm())
    form.set(.text("Late"), for: "name")
    form.submit()
    await test.idle()
    await test.network.waitForRest(of: .seconds(4))
    test.network.advance(by: .seconds(4))
    while await test.simulator.requests.last(where: { $0.method != .get })?.isApplied == false {}
    await test.fail(.get, "/cloud", with: .badGateway)
    _ = await test.passes(.seconds(10))
    await test.until { form.phase == .done }
    await test.idle()
    #expect(test.workspace.clouds.record(3)?.name == "Late")
  }

  /// The status 429 says nothing about a write: the record does, once the service may be read again.
  @Test(arguments: [true, false]) func aWriteThatWasAnsweredWith429IsReadAgain(isDone: Bool) async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let throttled = #"{"detail":"Request was throttled. Expected available in 7 seconds."}"#
    let fields: HTTPFields = [.contentType: "application/json", .retryAfter: "7"]
    await test.fail(
      .patch, "/cloud/3",
      with: isDone
        ? .replyAfterwards(status: .tooManyRequests, fields: fields, body: throttled)
        : .reply(status: .tooManyRequests, fields: fields, body: throttled))
    let form = try #require(test.workspace.clouds.actions.editForm())
    form.set(.text("Quai 7"), for: "name")
    let before = await test.simulator.requests.count
    form.submit()
    await test.idle()
    #expect(form.phase == .resolving)
    // A service that asks to wait must not be read earlier.
    #expect(await test.simulator.requests.count == before + 1)
    await test.settleDoubts(rests: [.seconds(7), .seconds(10), .seconds(13)])
    #expect(form.phase == (isDone ? .done : .editing))
    #expect(test.workspace.clouds.record(3)?.name == (isDone ? "Quai 7" : "Haussmann Tower"))
    #expect(form.problem?.contains(isDone ? "The reply was lost" : "Confirmed not done") == true)
  }

  @Test func aGatewaysNotFoundTakesNoRowAway() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let page = Fault.reply(status: .notFound, fields: [.contentType: "text/plain"], body: "404 page not found\n")
    for table in test.workspace.tables as [any TableModel] {
      await test.simulator.setFaults { $0.method == .delete ? page : nil }
      let count = table.totalCount
      let question = try #require(table.actions.question(of: .delete))
      await test.idle()
      question.typed = question.wanted?.words ?? ""
      question.confirm()
      await test.idle()
      await test.settleDoubts()
      #expect(table.totalCount == count, "\(table.names.plural)")
      #expect(test.context.notices.current?.text.hasPrefix("Confirmed not done") == true, "\(table.names.plural)")
    }
  }

  /// The gateway also answers the request for the single record with 404; the list shows that the record exists.
  @Test func aRecordThatOnlyAGatewayCallsNotFoundIsReadFromItsList() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let page = Fault.reply(status: .notFound, fields: [.contentType: "text/html"], body: "<html></html>")
    let users = test.workspace.users
    let id = try #require(users.selection)
    await test.fail(.get, "/cloud/3/user/\(id)", with: page)
    let question = try #require(users.actions.question(of: .delete))
    await test.idle()
    #expect(question.phase == .ready)
    _ = try await test.client.deleteCloudUser(3, id)
    let again = try #require(users.actions.question(of: .delete))
    await test.idle()
    #expect(again.phase == .refused("It is already gone."))
  }
}
