import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct DeletionTests {
  private func question(_ table: any TableModel, _ intent: RecordIntent = .delete) throws -> QuestionModel {
    try #require(table.actions.question(of: intent))
  }

  private func texts(_ question: QuestionModel) -> [String] {
    question.items[0].texts.map { $0?.text ?? "…" }
  }

  @Test func deletingACloudSaysWhatGoesWithItAndAsksForItsName() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let question = try question(test.workspace.clouds)
    #expect(question.items[0].consequences == [nil, nil, nil, nil])
    await test.idle()
    #expect(question.phase == .ready)
    #expect(texts(question) == ["512 GB of files", "48 users' access", "3 invitations", "5 processors"])
    for wrong in [
      "", "haussmann tower", "Haussmann Towe", "Haussmann Tower ", "y", "3", "delete cloud", "Delete cloud 3",
      "delete cloud 33",
    ] {
      question.typed = wrong
      #expect(!question.canConfirm)
      question.confirm()
    }
    #expect(question.phase == .ready)
    #expect(test.transport.writes == [])
    question.typed = "Haussmann Tower"
    question.confirm()
    await test.idle()
    #expect(question.phase == .done)
    #expect(test.transport.writes == ["DELETE /cloud/3"])
    #expect(test.workspace.clouds.record(3) == nil)
    #expect(test.workspace.clouds.selectedRecord?.name == "Zürich Hauptbahnhof")
    #expect(test.context.notices.current?.text == "Deleted cloud Haussmann Tower.")
  }

  @Test func wordsConfirmAsWellAsTheName() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let question = try question(test.workspace.clouds)
    await test.idle()
    question.typed = "delete cloud 3"
    question.confirm()
    await test.idle()
    #expect(test.transport.writes == ["DELETE /cloud/3"] && question.phase == .done)
  }

  @Test(arguments: [7, 12, 14]) func whatIsNothingIsNotListed(cloud: Cloud.ID) async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: cloud)
    let question = try question(test.workspace.clouds)
    await test.idle()
    let texts = texts(question)
    #expect(!texts.contains { $0.hasPrefix("0 ") } && !texts.isEmpty, "\(texts)")
    if cloud == 7 { #expect(texts == ["5 users' access"]) }
  }

  @Test func aCloudWithNothingInItIsSaidToBeEmpty() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    await test.simulator.setFaults {
      switch $0.path {
      case "/cloud/3/size": .reply(status: .ok, body: "0")
      case "/cloud/3/user", "/cloud/3/invitation", "/cloud/3/processor": .reply(status: .ok, body: "[]")
      default: nil
      }
    }
    let question = try question(test.workspace.clouds)
    await test.idle()
    #expect(texts(question) == ["the cloud, which is empty"], "\(texts(question))")
  }

  @Test func confirmingTwiceDeletesOnce() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let question = try question(test.workspace.users)
    await test.idle()
    question.confirm()
    question.confirm()
    await test.idle()
    question.confirm()
    await test.idle()
    #expect(test.transport.writes.count == 1)
  }

  @Test func nothingIsConfirmedWhileTheTargetIsRead() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    // Of an admin the list is read, which also shows who else is one.
    await test.fail(.get, "/cloud/3/user", with: .noAnswer(carriedOut: true))
    test.workspace.users.filter(by: "ada@")
    let question = try question(test.workspace.users)
    question.confirm()
    await test.network.waitForRest(of: .seconds(120))
    question.confirm()
    #expect(!question.canConfirm)
    question.leave()
    await test.idle()
    #expect(test.transport.writes == [])
    #expect(test.clock.rests == [])
  }

  @Test func aTargetThatChangedSinceItWasDrawnIsNotDeleted() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    _ = try await test.client.updateCloud(3, CloudPatch(name: "Somebody's new name"))
    let question = try question(test.workspace.clouds)
    await test.idle()
    guard case .refused(let reason) = question.phase else {
      Issue.record("\(question.phase)")
      return
    }
    #expect(reason.contains("Name: Haussmann Tower → Somebody's new name"))
    question.typed = "Haussmann Tower"
    question.confirm()
    await test.idle()
    #expect(!test.transport.writes.contains { $0.hasPrefix("DELETE") })
    // The row shows the record as it is now.
    #expect(test.workspace.clouds.selectedRecord?.name == "Somebody's new name")
  }

  @Test func aTargetThatIsGoneIsSaidToBeGone() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let invitations = test.workspace.invitations
    let target = try #require(invitations.selectedRecord)
    _ = try await test.client.cancelCloudUserInvitation(3, target.id)
    let question = try question(invitations)
    await test.idle()
    #expect(question.phase == .refused("It is already gone."))
    #expect(invitations.record(target.id) == nil)
    #expect(invitations.rowCount == 2)
  }

  @Test func aTargetThatCannotBeReadIsNotDeleted() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    await test.fail(.get, "/cloud/3", with: .badGateway)
    let question = try question(test.workspace.clouds)
    await test.idle()
    guard case .refused(let reason) = question.phase else {
      Issue.record("\(question.phase)")
      return
    }
    #expect(reason.hasPrefix("It could not be re-read, so nothing was done."))
  }

  @Test func whatCannotBeReadShowsAQuestionMarkAndDoesNotBlock() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    await test.simulator.setFaults {
      switch $0.path {
      case "/cloud/3/user": .forbidden
      case "/cloud/3/size": .badGateway
      default: nil
      }
    }
    let question = try question(test.workspace.clouds)
    await test.idle()
    #expect(
      texts(question) == [
        "files: the size could not be read", "users' access: the number could not be read",
        "3 invitations", "5 processors",
      ])
    #expect(question.phase == .ready)
  }

  @Test func whatIsNotAnsweredWithinFiveSecondsDoesNotBlock() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    await test.fail(.get, "/cloud/3/user", with: .noAnswer(carriedOut: true))
    let question = try question(test.workspace.clouds)
    await test.until {
      question.items[0].consequences[0] != nil && question.items[0].consequences[2] != nil
        && question.items[0].consequences[3] != nil
    }
    if case .reading = question.phase {} else { Issue.record("\(question.phase)") }
    await test.pass(.seconds(5)) { question.phase == .ready }
    #expect(
      question.items[0].consequences[1]
        == .unread("users' access: the number is not known: no response yet"))
    #expect(test.network.rests == [])
  }

  @Test func exactlyTheRecordThatWasAskedAboutIsDeletedWhateverMovesMeanwhile() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let users = test.workspace.users
    users.filter(by: "grace")
    let question = try question(users)
    await test.idle()
    users.filter(by: "")
    users.select(row: 0)
    users.sortByNextColumn()
    _ = try await test.client.deleteCloudUser(3, 101)
    users.refresh()
    await test.idle()
    test.workspace.clouds.select(4)
    await test.idle()
    question.confirm()
    await test.idle()
    #expect(test.transport.writes.last == "DELETE /cloud/3/user/102")
    #expect(users.scopeName == "Zürich Hauptbahnhof")
    #expect(users.rowCount == 33)
  }

  @Test func aRecordThatIsGoneWhenItIsDeletedIsTakenAway() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let processors = test.workspace.processors
    let target = try #require(processors.selectedRecord)
    let question = try question(processors)
    await test.idle()
    _ = try await test.client.cloudProcessorDelete(3, target.id)
    question.confirm()
    await test.idle()
    #expect(question.phase == .done)
    #expect(test.context.notices.current?.text == "extract was already gone from Haussmann Tower.")
    #expect(processors.record(target.id) == nil)
  }

  @Test func aRefusedDeletionKeepsTheRecordAndSaysWhy() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    await test.fail(.delete, "/cloud/3", with: .forbidden)
    let question = try question(test.workspace.clouds)
    await test.idle()
    question.typed = "Haussmann Tower"
    question.confirm()
    await test.idle()
    guard case .settled(let text) = question.phase else {
      Issue.record("\(question.phase)")
      return
    }
    #expect(text.hasPrefix("It is still there."))
    #expect(text.contains("cloud:manage"))
    #expect(test.workspace.clouds.record(3) != nil)
  }

  @Test(arguments: [true, false])
  func anUnknownOutcomeIsSaidAndTheListDecides(carriedOut: Bool) async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    await test.fail(.delete, "/cloud/3", with: .connectionLost(carriedOut: carriedOut))
    let question = try question(test.workspace.clouds)
    await test.idle()
    question.typed = "Haussmann Tower"
    question.confirm()
    await test.idle()
    await test.settleDoubts()
    let said = try #require(test.context.notices.history.first { $0.kind == .unknown })
    #expect(said.text.hasPrefix("delete cloud \"Haussmann Tower\": It is unknown whether this was done"))
    let verdict = try #require(test.context.notices.current)
    #expect(verdict.kind == (carriedOut ? .done : .failure))
    // The notice has the same text as after a normal response.
    if carriedOut {
      #expect(
        verdict.text == "Deleted cloud Haussmann Tower. The reply was lost; a re-read at 13:04 confirms it.")
    }
    #expect(question.phase == (carriedOut ? .done : .settled(verdict.text)))
    #expect((test.workspace.clouds.record(3) == nil) == carriedOut)
    #expect(test.transport.writes.count == 1)
  }

  @Test func deletingAProcessorNamesWhatLosesItsParent() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    test.workspace.processors.select(row: 1)
    let question = try question(test.workspace.processors)
    await test.idle()
    #expect(question.items[0].consequences == [.known("svg, preview, xkt lose this parent")])
    question.confirm()
    await test.idle()
    #expect(test.workspace.processors.rowCount == 4)
    #expect(test.workspace.processors.records.allSatisfy { $0.parentProcessors.isEmpty })
  }
}
