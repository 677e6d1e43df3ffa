import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct TypedConfirmationTests {
  private static let labelled = ServiceIdentity(
    name: "prod", source: .profile("prod"), label: "PRODUCTION", colour: .red)

  @Test(arguments: [
    (1, "e-mail", "ada@atelier.example"), (2, "e-mail", "controle.technique@veritable.example"), (3, "name", "extract"),
    (0, "name", "Haussmann Tower"),
  ])
  func onALabelledServiceEveryDeletionIsTyped(pane: Int, title: String, text: String) async throws {
    let test = try await WorkspaceUnderTest(service: Self.labelled)
    await test.start(at: 3)
    let question = try #require(test.workspace.tables[pane].actions.question(of: .delete))
    await test.idle()
    #expect(question.wanted == TypedText(title: title, text: text))
    for wrong in ["", "y", text.uppercased(), text + " "] {
      question.typed = wrong
      question.confirm()
    }
    #expect(test.transport.writes == [])
    question.typed = text
    question.confirm()
    await test.idle()
    #expect(question.phase == .done)
    #expect(test.transport.writes.count == 1)
  }

  @Test func withoutALabelAPersonIsRemovedByY() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    for table in test.workspace.details {
      #expect(try #require(table.actions.question(of: .delete)).wanted == nil)
    }
    await test.idle()
  }

  @Test(arguments: ["a\u{202E}b", "two  blanks", "no\u{A0}break", "zero\u{200B}width"])
  func whatCannotBeTypedAsItIsSeenIsConfirmedByItsID(name: String) async throws {
    let test = try await WorkspaceUnderTest(service: Self.labelled)
    await test.start(at: 3)
    let processor = try await test.client.cloudProcessorCreate(3, ProcessorDraft(name: name))
    #expect(processor.name == name)
    test.workspace.processors.refresh()
    await test.idle()
    test.workspace.processors.select(processor.id)
    let question = try #require(test.workspace.processors.actions.question(of: .delete))
    await test.idle()
    #expect(question.wanted == TypedText(title: "id \(processor.id)", text: processor.id.rawValue))
  }

  @Test func sendingAnInvitationAgainIsNoDeletionAndAsksForY() async throws {
    let test = try await WorkspaceUnderTest(service: Self.labelled)
    await test.start(at: 3)
    let question = try #require(test.workspace.invitations.actions.question(of: .resend))
    await test.idle()
    #expect(question.wanted == nil)
  }
}
