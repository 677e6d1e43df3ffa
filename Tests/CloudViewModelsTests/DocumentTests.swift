import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct DocumentTests {
  /// Opens the record under the cursor as a document.
  private func open(_ table: any TableModel) async throws -> (DocumentEditModel, String) {
    let model = try #require(table.actions.documentEdit())
    guard case .text(let text) = await model.begin() else {
      Issue.record("not opened")
      throw CancellationError()
    }
    return (model, text)
  }

  @Test func theDocumentHoldsWhatPutTakesAndTheRestAsComments() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let (model, text) = try await open(test.workspace.clouds)
    #expect(model.title == "cloud Haussmann Tower")
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.filter { !$0.hasPrefix("//") } == ["{", "  \"name\": \"Haussmann Tower\"", "}"])
    #expect(lines.contains("//   Id: 3"))
    #expect(lines.contains("//   Creator: Ada Lovelace, ada@atelier.example"))
  }

  @Test func unchangedIsNothingSent() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    for table in [test.workspace.clouds, test.workspace.users, test.workspace.processors] as [any TableModel] {
      let (model, text) = try await open(table)
      #expect(await model.finish(text) == .unchanged)
      // Changes of white space by an editor and of comments by the user don't count either.
      #expect(await model.finish(text + "\n") == .unchanged)
      #expect(await model.finish("// a remark\n" + text) == .unchanged)
    }
    #expect(test.transport.writes == [])
  }

  @Test func aMistakeThatIsTakenBackIsNothingSent() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let (model, text) = try await open(test.workspace.clouds)
    let broken = text.replacing("}", with: "")
    guard case .invalid(let message) = await model.finish(broken) else {
      Issue.record("taken for JSON")
      return
    }
    let shown = DocumentEditModel.document(broken, with: message)
    #expect(shown.hasPrefix("//! "))
    #expect(
      DocumentEditModel.document(shown, with: "Other").split(separator: "\n").filter { $0.hasPrefix("//!") } == [
        "//! Other"
      ])
    #expect(await model.finish(shown + "}") == .unchanged)
    #expect(test.transport.writes == [])
  }

  @Test func whatWasChangedIsPutExactly() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let (cloud, cloudText) = try await open(test.workspace.clouds)
    #expect(
      await cloud.finish(cloudText.replacing("Haussmann Tower", with: "A \\\"new\\\" name // 1"))
        == .saved("Renamed \"Haussmann Tower\" to \"A \"new\" name // 1\"."))
    await test.idle()
    let (user, userText) = try await open(test.workspace.users)
    _ = await user.finish(userText.replacing("\"role\": ", with: "\"role\": 50, // was "))
    await test.idle()
    test.workspace.processors.select(row: 1)
    let (processor, processorText) = try await open(test.workspace.processors)
    _ = await processor.finish(processorText.replacing("31", with: "31, 33"))
    await test.idle()
    #expect(test.transport.writes[0] == "PUT /cloud/3 {\"name\":\"A \\\"new\\\" name // 1\"}")
    #expect(test.transport.writes[1].hasSuffix(" {\"role\":50}"))
    #expect(test.workspace.clouds.selectedRecord?.name == "A \"new\" name // 1")
  }

  @Test(arguments: [
    ("{}", "missing"), ("{\"name\": \"x\", \"id\": 4}", "no field \"id\""), ("{\"name\": 5}", "\"name\""),
    ("{\"name\": null}", "\"name\""), ("{\"name\": \"x\"", "not JSON"), ("", "JSON"), ("[1]", "document"),
    ("\"name\"", "document"),
  ])
  func whatCannotBeSentComesBackWithTheReason(edited: String, reason: String) async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let (model, _) = try await open(test.workspace.clouds)
    guard case .invalid(let message) = await model.finish(edited) else {
      Issue.record("taken: \(edited)")
      return
    }
    #expect(message.lowercased().contains(reason.lowercased()), "\(message)")
    #expect(test.transport.writes == [])
  }

  @Test func aRoleThatIsNullIsRefusedAndNotLeftOut() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let (model, _) = try await open(test.workspace.users)
    guard case .invalid(let message) = await model.finish("{\"role\": null}") else {
      Issue.record("taken")
      return
    }
    #expect(message == "\"role\" can't be null.")
    #expect(test.transport.writes == [])
  }

  @Test func whatTheServiceRefusesComesBackWithItsMessage() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let (model, text) = try await open(test.workspace.processors)
    let edited = text.replacing("\"extract\"", with: "\"\(String(repeating: "x", count: 51))\"")
    guard case .invalid(let message) = await model.finish(edited) else {
      Issue.record("taken")
      return
    }
    #expect(message == "name: Ensure this field has no more than 50 characters.")
  }

  @Test func aRecordThatChangedMeanwhileIsNotOverwritten() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let (model, text) = try await open(test.workspace.clouds)
    _ = try await test.client.updateCloud(3, CloudPatch(name: "Theirs"))
    let edited = text.replacing("Haussmann Tower", with: "Mine")
    guard case .changedMeanwhile(let now, let mine) = await model.finish(edited) else {
      Issue.record("overwritten")
      return
    }
    #expect(now.contains("\"Theirs\""))
    #expect(mine.contains("\"Mine\""))
    #expect(!test.transport.writes.contains { $0.hasPrefix("PUT") })
  }

  @Test func anUnknownOutcomeIsSaidAndNotSentAgain() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let (model, text) = try await open(test.workspace.clouds)
    await test.fail(.put, "/cloud/3", with: .connectionLost(carriedOut: true))
    let edited = text.replacing("Haussmann Tower", with: "Mine")
    guard case .unknown(let unresolved) = await model.finish(edited) else {
      Issue.record("not said")
      return
    }
    await test.idle()
    #expect(unresolved.resolution == .done)
    #expect(test.workspace.clouds.record(3)?.name == "Mine")
    #expect(test.transport.writes.count == 1)
  }

  @Test func aRecordThatIsGoneIsNotOpened() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let model = try #require(test.workspace.clouds.actions.documentEdit())
    _ = try await test.client.deleteCloud(3)
    #expect(await model.begin() == .failed("It is already gone."))
  }

  @Test func nothingTheServiceSendsEndsAComment() async throws {
    let test = try await WorkspaceUnderTest()
    _ = try await test.client.createCloud(CloudDraft(name: "a\n{\"name\":\"b\"}\u{2028}c\r\u{85}d"))
    await test.start(at: 15)
    let (model, text) = try await open(test.workspace.clouds)
    #expect(await model.finish(text) == .unchanged)
    let lines = text.split(separator: "\n")
    #expect(lines.filter { !$0.hasPrefix("//") }.count == 3)
    #expect(
      await model.finish(text.replacing("d\"", with: "e\""))
        == .saved("Renamed \"a\n{\"name\":\"b\"}\u{2028}c\r\u{85}d\" to \"a\n{\"name\":\"b\"}\u{2028}c\r\u{85}e\"."))
  }
}
