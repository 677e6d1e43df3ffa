import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct FormTests {
  func cloudForm(_ test: WorkspaceUnderTest, name: String) throws -> FormModel {
    let form = try #require(test.workspace.clouds.actions.creationForm())
    form.set(.text(name), for: "name")
    return form
  }

  @Test func aCloudIsCreatedAndTheCursorStandsOnIt() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    let form = try cloudForm(test, name: "  New tower ")
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    #expect(test.workspace.clouds.selectedRecord?.name == "New tower")
    #expect(test.workspace.users.scopeName == "New tower")
    #expect(test.context.notices.current?.text == "Created cloud \"New tower\".")
    #expect(test.transport.writes == ["POST /cloud {\"name\":\"New tower\"}"])
    #expect(test.workspace.sizes[15].value == 0)
  }

  @Test func whatTheServiceWouldRefuseIsSaidBeforeSending() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    let form = try cloudForm(test, name: "   ")
    form.submit()
    #expect(form.problems == ["name": "A name is required."])
    #expect(form.phase == .editing)
    form.set(.text(String(repeating: "é", count: 257)), for: "name")
    #expect(form.problems == ["name": "257 characters: 256 at most."])
    form.set(.text(String(repeating: "é", count: 256)), for: "name")
    #expect(form.problems == [:])
    #expect(test.transport.writes == [])
  }

  @Test func whatTheServiceRefusesStandsBesideTheSameFieldAndWhatWasTypedStays() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    await test.fail(
      .post, "/cloud",
      with: .reply(
        status: .badRequest, fields: [.contentType: "application/json"],
        body: "{\"name\":[\"cloud with this name already exists.\"]}"))
    let form = try cloudForm(test, name: "Sandbox")
    form.submit()
    await test.idle()
    #expect(form.phase == .editing)
    #expect(form.problems == ["name": "cloud with this name already exists."])
    #expect(form.values["name"]?.text == "Sandbox")
    #expect(form.isTouched)
    form.set(.text("Sandbox 2"), for: "name")
    #expect(form.problems == [:])
  }

  @Test func messagesAboutFieldsThatTheFormDoesNotHaveAreShownToo() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    await test.fail(
      .post, "/cloud",
      with: .reply(
        status: .badRequest, fields: [.contentType: "application/json"],
        body: "{\"organization\":[\"This field is required.\"],\"non_field_errors\":[\"Quota reached.\"]}"))
    let form = try cloudForm(test, name: "One more")
    form.submit()
    await test.idle()
    #expect(form.phase == .editing)
    #expect(form.problem?.contains("organization: This field is required.") == true)
    #expect(form.problem?.contains("Quota reached.") == true)
  }

  @Test func sendingTwiceSendsOnce() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    let form = try cloudForm(test, name: "Once")
    form.submit()
    form.submit()
    await test.idle()
    form.submit()
    await test.idle()
    #expect(await test.simulator.requestCount(.post, "/cloud") == 1)
  }

  @Test func leavingWhileItIsSentStopsNothingAndSaysWhatBecameOfIt() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    await test.fail(.post, "/cloud", with: .forbidden)
    let form = try cloudForm(test, name: "Left")
    form.submit()
    form.leave()
    await test.idle()
    #expect(test.context.notices.current?.kind == .failure)
    #expect(test.context.notices.current?.text.hasPrefix("Create a cloud: ") == true)
    #expect(test.context.notices.current?.text.contains("cloud:manage") == true)
  }

  @Test func whatWasRefusedAfterTheFormWasLeftIsInItWhenItIsOpenedAgain() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    await test.fail(.post, "/cloud", with: .forbidden)
    let form = try cloudForm(test, name: "Left")
    form.submit()
    form.leave()
    await test.idle()
    let again = try #require(test.workspace.clouds.actions.creationForm())
    #expect(again.values.line("name") == "Left")
    #expect(again.isTouched)
    // The values are returned once, and a form that was still open when it was refused keeps none.
    again.submit()
    await test.idle()
    again.leave()
    #expect(test.workspace.clouds.actions.creationForm()?.isTouched == false)
  }

  @Test func whatCameBackOfARecordIsInNoOtherRecordsForm() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    await test.fail(.patch, "/cloud/1", with: .forbidden)
    let clouds = test.workspace.clouds
    let form = try #require(clouds.actions.editForm(about: .selected))
    form.set(.text("Another name"), for: "name")
    form.submit()
    form.leave()
    await test.idle()
    let first = clouds.selection
    clouds.select(2)
    #expect(clouds.actions.editForm(about: .selected)?.isTouched == false)
    if let first { clouds.select(first) }
    #expect(clouds.actions.editForm(about: .selected)?.values.line("name") == "Another name")
  }

  @Test func anUnknownOutcomeHoldsTheFormUntilReadingAgainDecides() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    await test.simulator.setFaults {
      switch ($0.method, $0.path) {
      case (.post, "/cloud"): .connectionLost(carriedOut: true)
      case (.get, "/cloud"): .badGateway
      default: nil
      }
    }
    let form = try cloudForm(test, name: "Perhaps")
    form.submit()
    await test.idle()
    #expect(form.phase == .resolving)
    #expect(form.problem?.hasPrefix("It is unknown whether this was done") == true)
    #expect(test.context.notices.current?.kind == .unknown)
    #expect(test.context.changes.outstanding.unanswered == ["create cloud \"Perhaps\""])
    form.submit()
    form.set(.text("Another"), for: "name")
    await test.idle()
    #expect(await test.simulator.requestCount(.post, "/cloud") == 1)
    await test.heal()
    await test.pass(.seconds(5)) { form.phase == .done }
    #expect(
      test.context.notices.current?.text
        == "Created cloud \"Perhaps\". The reply was lost; a re-read at 13:04 confirms it.")
    #expect(test.workspace.clouds.records.contains { $0.name == "Perhaps" })
    #expect(test.context.changes.outstanding.unanswered == [])
    #expect(await test.simulator.requestCount(.post, "/cloud") == 1)
  }

  @Test func whatReadingAgainShowsToBeUndoneCanBeSentAgain() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    await test.fail(.post, "/cloud", with: .connectionLost(carriedOut: false))
    let form = try cloudForm(test, name: "Perhaps")
    form.submit()
    await test.idle()
    // The service may still be processing the request.
    #expect(form.phase == .resolving)
    await test.settleDoubts()
    #expect(form.phase == .editing)
    #expect(form.problem == test.context.notices.current?.text)
    #expect(form.problem?.hasSuffix("create cloud \"Perhaps\". It can be sent again.") == true)
    await test.heal()
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    #expect(test.workspace.clouds.records.count { $0.name == "Perhaps" } == 1)
  }

  @Test func whatNeverLeftIsNotAnUnknownOutcome() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    await test.fail(.post, "/cloud", with: .refusedConnection)
    let form = try cloudForm(test, name: "Never sent")
    form.submit()
    await test.idle()
    #expect(form.problem?.contains("can't be reached") == true)
    #expect(test.context.notices.current == nil)
    await test.heal()
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
  }

  @Test func theFilterGoesRatherThanHideWhatWasJustWritten() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    test.workspace.clouds.filter(by: "tower")
    let form = try cloudForm(test, name: "Quai 9")
    form.submit()
    await test.idle()
    #expect(test.workspace.clouds.filter.isEmpty)
    #expect(test.workspace.clouds.selectedRecord?.name == "Quai 9")
  }

  @Test func theAnswerToAWriteOfAnotherCloudDoesNotEnterTheRows() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try #require(test.workspace.processors.actions.creationForm())
    form.set(.text("late"), for: "name")
    await test.simulator.setFaults { $0.method == .post ? .delay(.seconds(1)) : nil }
    form.submit()
    test.workspace.clouds.select(5)
    await test.until { test.workspace.processors.scopeName == "Lot B – façade" }
    await test.network.waitForRest(of: .seconds(1))
    test.network.advance(by: .seconds(1))
    await test.idle()
    #expect(test.workspace.processors.records.map(\.name) == ["extract", "gltf"])
    #expect(test.context.notices.current?.text == "Created processor \"late\" in Haussmann Tower.")
    #expect(test.transport.writes.first?.hasPrefix("POST /cloud/3/processor ") == true)
  }
}
