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

  private struct Target: Sendable {
    let pane: Int
    let title: String
    let text: String
    let words: String
  }

  private nonisolated static let targets = [
    Target(pane: 1, title: "e-mail", text: "ada@atelier.example", words: "remove user "),
    Target(pane: 2, title: "e-mail", text: "controle.technique@veritable.example", words: "withdraw invitation "),
    Target(pane: 3, title: "name", text: "extract", words: "delete processor "),
    Target(pane: 0, title: "name", text: "Haussmann Tower", words: "delete cloud "),
  ]

  @Test(arguments: targets, [false, true])
  private func onALabelledServiceEveryDeletionIsTyped(target: Target, byWords: Bool) async throws {
    let test = try await WorkspaceUnderTest(service: Self.labelled)
    await test.start(at: 3)
    let question = try #require(test.workspace.tables[target.pane].actions.question(of: .delete))
    await test.idle()
    let wanted = try #require(question.wanted)
    #expect(wanted.name == TypedText.Name(title: target.title, text: target.text))
    #expect(wanted.words.hasPrefix(target.words) && wanted.words.hasSuffix(question.items[0].id))
    let text = byWords ? wanted.words : target.text
    for wrong in ["", "y", text.uppercased(), text + " ", question.items[0].id] {
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
  func whatCannotBeTypedAsItIsSeenIsConfirmedByWords(name: String) async throws {
    let test = try await WorkspaceUnderTest(service: Self.labelled)
    await test.start(at: 3)
    let processor = try await test.client.cloudProcessorCreate(3, ProcessorDraft(name: name))
    #expect(processor.name == name)
    test.workspace.processors.refresh()
    await test.idle()
    test.workspace.processors.select(processor.id)
    let question = try #require(test.workspace.processors.actions.question(of: .delete))
    await test.idle()
    #expect(question.wanted == TypedText(words: "delete processor \(processor.id)"))
    #expect(question.wanted?.isMet(by: name) == false && question.wanted?.isMet(by: processor.id.rawValue) == false)
  }

  @Test func sendingAnInvitationAgainIsNoDeletionAndAsksForY() async throws {
    let test = try await WorkspaceUnderTest(service: Self.labelled)
    await test.start(at: 3)
    let question = try #require(test.workspace.invitations.actions.question(of: .resend))
    await test.idle()
    #expect(question.wanted == nil)
  }
}
