import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct BatchTests {
  private func test(_ service: ServiceIdentity = .demo) async throws -> WorkspaceUnderTest {
    let test = try await WorkspaceUnderTest(service: service)
    await test.start(at: 3)
    return test
  }

  /// Marks the first rows and opens the question.
  private func batch(
    _ table: any TableModel, _ count: Int, _ intent: RecordIntent = .delete
  ) throws -> QuestionModel {
    table.select(row: 0)
    for _ in 0..<count { table.toggleMark() }
    guard let batch = table.actions.question(of: intent, about: .marked) else {
      throw CloudAPIError(.notFound, request: "no batch")
    }
    return batch
  }

  @Test func severalUsersAreRemovedEachByARequestOfItsOwn() async throws {
    let test = try await test()
    let users = test.workspace.users
    let batch = try batch(users, 3)
    let ids = batch.items.map(\.id)
    #expect(batch.title == "Remove 3 users from Haussmann Tower?")
    batch.confirm()
    #expect(!batch.canConfirm)
    await test.idle()
    #expect(batch.phase == .ready)
    #expect(batch.items[0].consequences == [.known("ada@atelier.example")])
    #expect(test.transport.writes == [])
    batch.confirm()
    batch.confirm()
    await test.idle()
    #expect(batch.phase == .done)
    #expect(test.transport.writes == ids.map { "DELETE /cloud/3/user/\($0)" })
    #expect(
      test.context.notices.current?.text == "Removed 3 users from Haussmann Tower: \(batch.items.map(\.title).listed).")
    #expect(users.totalCount == 45)
    #expect(users.markedCount == 0)
    #expect(
      test.context.notices.history.suffix(4).map(\.text).first
        == "remove user \"Ada Lovelace\" from Haussmann Tower: done.")
    #expect(
      test.context.lastCommand?.text
        == ids.map { "skydeck --demo users remove 3 \($0)" }.joined(separator: " &&\n"))
  }

  @Test func thoseOfALongListGoFromItAllAtOnce() async throws {
    let test = try await WorkspaceUnderTest(.generated(clouds: 1, users: 2_500))
    await test.start()
    let users = test.workspace.users
    let batch = try batch(users, 30)
    await test.idle()
    batch.typed = batch.wanted?.words ?? ""
    // The reload afterwards gets no response, so that the rows are those that the changes left.
    await test.simulator.setFaults { $0.method == .get ? .noAnswer(carriedOut: false) : nil }
    var counts: [Int] = []
    let announce = test.context.activity.onChange
    test.context.activity.onChange = {
      if counts.last != users.totalCount { counts.append(users.totalCount) }
      announce?()
    }
    batch.confirm()
    await test.until { users.totalCount == 2_470 }
    #expect(counts == [2_500, 2_470])
    let gone = Set(batch.items.map(\.id))
    #expect(users.records.allSatisfy { !gone.contains($0.id.rawValue) })
    #expect(users.markedCount == 0)
    _ = test.workspace.leave()
  }

  @Test func oneThatIsRefusedDoesNotKeepTheOthers() async throws {
    let test = try await test()
    let invitations = test.workspace.invitations
    let batch = try batch(invitations, 3)
    let ids = batch.items.map(\.id)
    await test.idle()
    let conflict = Fault.reply(status: .conflict, fields: [:], body: "")
    await test.fail(.delete, "/cloud/3/invitation/\(ids[1])", with: conflict)
    batch.confirm()
    await test.idle()
    #expect(batch.phase == .settled(""))
    #expect(batch.items[0].state == .done && batch.items[2].state == .done)
    guard case .refused = batch.items[1].state else {
      Issue.record("\(batch.items[1])")
      return
    }
    #expect(test.transport.writes.count == 3)
    let notice = try #require(test.context.notices.current)
    #expect(notice.kind == .failure)
    #expect(notice.text.hasPrefix("Withdrew 2 of 3 invitations to "))
    #expect(invitations.records.map(\.id.rawValue) == [ids[1]])
    // The record that was not changed keeps its mark.
    #expect(invitations.markedCount == 1)
  }

  @Test(arguments: [true, false])
  func afterAnUnknownOutcomeNothingMoreIsSentAndTheListDecides(carriedOut: Bool) async throws {
    let test = try await test()
    let users = test.workspace.users
    let batch = try batch(users, 3)
    let ids = batch.items.map(\.id)
    await test.idle()
    // The record is read again a second after the response was lost.
    await test.simulator.setFaults { request in
      guard request.path == "/cloud/3/user/\(ids[1])" else { return nil }
      return request.method == .delete ? .connectionLost(carriedOut: carriedOut) : .delay(.seconds(1))
    }
    batch.confirm()
    await test.until { batch.phase == .settled("") }
    await test.network.waitForRest(of: .seconds(1))
    await test.heal()
    test.network.advance(by: .seconds(1))
    await test.idle()
    await test.settleDoubts()
    #expect(batch.phase == .settled(""))
    #expect(batch.items[0].state == .done)
    #expect(batch.items[2].state == .unsent)
    #expect(test.transport.writes == ids.prefix(2).map { "DELETE /cloud/3/user/\($0)" })
    let said = test.context.notices.history.filter { $0.kind == .unknown }.map(\.text)
    #expect(
      said.contains { $0.hasPrefix("Removed 1 of 3 users from Haussmann Tower: ") && $0.contains("It is unknown") })
    // The second read has decided.
    let notice = try #require(test.context.notices.current)
    #expect(notice.kind == .failure)
    #expect(notice.text.hasPrefix("Removed \(carriedOut ? 2 : 1) of 3 users from Haussmann Tower: "))
    #expect(notice.text.contains("Confirmed not done") == !carriedOut)
    #expect(notice.text.hasSuffix("Not sent: \(batch.items[2].title): still marked."))
    #expect((users.record(User.ID(rawValue: ids[1])) == nil) == carriedOut)
    // The mark of the unresolved record is gone: sending it again is a separate decision of the user.
    #expect(users.markedCount == 1)
  }

  @Test func allIsDoneWhenReadingShowsThatTheLastOneIs() async throws {
    let test = try await test()
    let batch = try batch(test.workspace.users, 3)
    let last = try #require(batch.items.last)
    await test.idle()
    // The record is read again a second after the response was lost.
    await test.simulator.setFaults { request in
      guard request.path == "/cloud/3/user/\(last.id)" else { return nil }
      return request.method == .delete ? .connectionLost(carriedOut: true) : .delay(.seconds(1))
    }
    batch.confirm()
    await test.until { batch.phase == .settled("") }
    #expect(batch.items.last?.isUnknown == true)
    await test.network.waitForRest(of: .seconds(1))
    test.network.advance(by: .seconds(1))
    await test.idle()
    #expect(batch.phase == .done)
    #expect(
      test.context.notices.current?.text == "Removed 3 users from Haussmann Tower: \(batch.items.map(\.title).listed).")
  }

  @Test func marksThatWentWithTheirListAreNotSaidToBeThere() async throws {
    let test = try await test()
    let users = test.workspace.users
    let batch = try batch(users, 3)
    await test.idle()
    await test.fail(.delete, "/cloud/3/user/\(batch.items[0].id)", with: .delay(.seconds(9)))
    batch.confirm()
    await test.network.waitForRest(of: .seconds(9))
    batch.leave()
    test.workspace.clouds.select(1)
    await test.until { users.scopeName == "Gare du Nord, extension" && users.status.asOf != nil }
    test.network.advance(by: .seconds(9))
    await test.until { batch.phase == .settled("") }
    let text = try #require(test.context.notices.current?.text)
    #expect(text.hasPrefix("Removed 1 of 3 users from Haussmann Tower: \(batch.items[0].title). Not sent: "))
    #expect(!text.contains("marked"))
  }

  @Test func oneThatIsGoneWhenItsTurnComesIsSaidToBe() async throws {
    let test = try await test()
    let batch = try batch(test.workspace.users, 2)
    await test.idle()
    _ = try await test.client.deleteCloudUser(3, User.ID(rawValue: batch.items[1].id))
    batch.confirm()
    await test.idle()
    #expect(batch.phase == .done)
    #expect(
      test.context.notices.current?.text
        == "Removed 1 of 2 users from Haussmann Tower: \(batch.items[0].title). \(batch.items[1].title): was already gone."
    )
  }

  @Test func nothingIsDoneWhereOneChangedSinceItWasDrawn() async throws {
    let test = try await test()
    let clouds = test.workspace.clouds
    let id = Cloud.ID(rawValue: clouds.row(at: 1).id)
    // The row still shows the old name.
    _ = try await test.client.updateCloud(id, CloudPatch(name: "Somebody's new name"))
    let batch = try batch(clouds, 2)
    #expect(batch.items.map(\.id).last == id.rawValue)
    await test.idle()
    #expect(
      batch.phase == .refused("1 of 2 changed since they were shown: nothing was done. Check them first."))
    batch.typed = "delete 2 clouds"
    batch.confirm()
    await test.idle()
    #expect(!test.transport.writes.contains { $0.hasPrefix("DELETE") })
    #expect(clouds.record(id)?.name == "Somebody's new name")
  }

  @Test func cloudsAreDeletedByTypingHowMany() async throws {
    let test = try await test()
    let batch = try batch(test.workspace.clouds, 2)
    await test.idle()
    #expect(batch.items.map { $0.consequences.count } == [4, 4])
    for wrong in ["", "y", "delete 3 clouds", "delete 2 clouds ", batch.items[0].title] {
      batch.typed = wrong
      batch.confirm()
    }
    #expect(test.transport.writes == [])
    batch.typed = "delete 2 clouds"
    batch.confirm()
    await test.idle()
    #expect(batch.phase == .done)
    #expect(test.transport.writes.count == 2)
    #expect(test.workspace.clouds.totalCount == 12)
  }

  @Test func onALabelledServiceAndFromElevenOnSeveralAreConfirmedByTyping() async throws {
    let labelled = ServiceIdentity(name: "prod", source: .profile("prod"), label: "PRODUCTION")
    let test = try await test(labelled)
    #expect(try batch(test.workspace.users, 2).wanted?.words == "remove 2 users")
    #expect(try batch(test.workspace.invitations, 2).wanted?.words == "withdraw 2 invitations")
    let other = try await self.test()
    #expect(try batch(other.workspace.users, 10).wanted == nil)
    other.workspace.users.clearMarks()
    #expect(try batch(other.workspace.users, 11).wanted?.words == "remove 11 users")
    await test.idle()
    await other.idle()
  }

  @Test func stoppingSendsNothingMoreAndSaysWhatWasNotSent() async throws {
    let test = try await test()
    let batch = try batch(test.workspace.users, 3)
    let ids = batch.items.map(\.id)
    await test.idle()
    await test.fail(.delete, "/cloud/3/user/\(ids[0])", with: .delay(.seconds(1)))
    batch.confirm()
    await test.network.waitForRest(of: .seconds(1))
    #expect(
      test.context.changes.outstanding.unanswered == ["remove user \"\(batch.items[0].title)\" from Haussmann Tower"])
    #expect(
      test.context.changes.outstanding.unsent
        == batch.items.dropFirst().map { "remove user \"\($0.title)\" from Haussmann Tower" })
    #expect(batch.stop())
    #expect(!batch.stop())
    test.network.advance(by: .seconds(1))
    await test.idle()
    #expect(batch.items.map(\.state) == [.done, .unsent, .unsent])
    #expect(test.transport.writes.count == 1)
    #expect(
      test.context.notices.current?.text
        == "Removed 1 of 3 users from Haussmann Tower: \(batch.items[0].title). Not sent: \(batch.items[1].title), \(batch.items[2].title): still marked."
    )
    #expect(test.context.changes.outstanding.summary == OutstandingChanges.Summary())
  }

  @Test func severalInvitationsAreSentAgainAndAreOneCommand() async throws {
    let test = try await test()
    let invitations = test.workspace.invitations
    let batch = try batch(invitations, 3, .resend)
    await test.idle()
    #expect(batch.title == "Send 3 invitations to Haussmann Tower again?")
    batch.confirm()
    await test.idle()
    #expect(
      test.context.notices.current?.text
        == "Sent 3 invitations to Haussmann Tower again: \(batch.items.map(\.title).listed).")
    #expect(test.transport.writes.filter { $0.hasPrefix("POST /cloud/3/invitation") }.count == 3)
    #expect(invitations.totalCount == 3)
    #expect(invitations.markedCount == 0)
  }

  @Test func aManyMarkedRecordsAreReadAgainInOneRequest() async throws {
    let test = try await test()
    let before = await test.simulator.requests.count
    let batch = try batch(test.workspace.users, 9)
    await test.idle()
    #expect(batch.phase == .ready)
    let sent = await test.simulator.requests.dropFirst(before).map { "\($0.method) \($0.path)" }
    #expect(sent == ["GET /cloud/3/user"])
  }
}
