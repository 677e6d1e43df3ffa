import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TestSupport
import Testing

/// What waits for a change whose answer was lost doesn't outlive the end of everything.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct ReleaseTests {
  enum Model: CaseIterable { case form, bulkForm, question }

  /// Sends something whose answer is lost.
  private func sent(_ model: Model, _ test: WorkspaceUnderTest) async throws -> AnyObject {
    let users = test.workspace.users
    switch model {
    case .form:
      let form = try #require(test.workspace.clouds.actions.editForm())
      form.set(.text("Late"), for: "name")
      form.submit()
      await test.idle()
      return form
    case .bulkForm:
      let isAdmin = users.selectedRecord?.cloudRole == .admin
      for _ in 0..<3 { users.toggleMark() }
      let form = try #require(users.actions.editForm(about: .marked))
      form.set(.text(isAdmin ? "50" : "100"), for: "role")
      form.submit()
      await test.idle()
      return form
    case .question:
      let question = try #require(users.actions.question(of: .delete))
      await test.idle()
      question.confirm()
      await test.idle()
      return question
    }
  }

  @Test(arguments: Model.allCases)
  func whatIsUnresolvedWhenEverythingEndsKeepsNothingAlive(model: Model) async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    await test.simulator.setFaults { $0.method == .get ? nil : .connectionLost(carriedOut: false) }
    weak var kept: AnyObject?
    kept = try await sent(model, test)
    #expect(test.context.changes.outstanding.unanswered.count == 1)
    #expect(kept != nil)
    test.context.activity.stop()
    await yield(until: kept == nil)
    #expect(kept == nil)
  }
}
