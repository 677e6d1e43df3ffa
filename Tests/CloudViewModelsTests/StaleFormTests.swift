import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import Testing

/// Tests of a form whose record another user changed while it was filled in.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct StaleFormTests {
  private func form(after seconds: Double) async throws -> (WorkspaceUnderTest, FormModel) {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try #require(test.workspace.clouds.actions.editForm())
    form.set(.text("Mine"), for: "name")
    test.now += seconds
    return (test, form)
  }

  @Test func aFieldThatChangedIsShownAndEnterAgainSendsWhatWasTyped() async throws {
    let (test, form) = try await form(after: 31)
    _ = try await test.client.updateCloud(3, CloudPatch(name: "Theirs"))
    let writes = test.transport.writes.count
    form.submit()
    await test.idle()
    #expect(form.phase == .editing)
    #expect(form.problems["name"]?.contains("Name: Haussmann Tower → Theirs") == true, "\(form.problems)")
    #expect(form.values.line("name") == "Mine")
    #expect(test.transport.writes.count == writes)
    #expect(test.workspace.clouds.record(3)?.name == "Theirs")
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    #expect(test.workspace.clouds.record(3)?.name == "Mine")
    #expect(test.context.notices.current?.text == "Renamed \"Theirs\" to \"Mine\".")
  }

  @Test func oneThatIsGoneIsSaidToBeAndNothingIsSent() async throws {
    let (test, form) = try await form(after: 31)
    _ = try await test.client.deleteCloud(3)
    let writes = test.transport.writes.count
    form.submit()
    await test.idle()
    #expect(form.problem == "Haussmann Tower is gone: nothing was sent.")
    #expect(test.transport.writes.count == writes)
  }

  @Test func whatWasReadJustNowIsSentWithoutReadingAgain() async throws {
    let (test, form) = try await form(after: 29)
    let requests = await test.simulator.requests.count
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    let sent = await test.simulator.requests.dropFirst(requests).first
    #expect(sent?.method == .patch)
  }
}
