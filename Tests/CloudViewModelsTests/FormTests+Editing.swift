import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import Testing

// Forms that change a record.
extension FormTests {
  @Test func editingSendsTheChangedFieldsAlone() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let processors = test.workspace.processors
    processors.select(row: 1)
    let form = try #require(processors.actions.editForm())
    form.set(.text("glTF"), for: "name")
    form.submit()
    await test.idle()
    #expect(test.transport.writes == ["PATCH /cloud/3/processor/32 {\"name\":\"glTF\"}"])
    #expect(processors.selectedRecord?.name == "glTF")
    #expect(processors.selectedRecord?.parentProcessors == [31])
    #expect(test.context.notices.current?.text == "Renamed \"gltf\" to \"glTF\" in Haussmann Tower.")
  }

  @Test func parentsAreChosenAmongWhatMakesNoCycle() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let processors = test.workspace.processors
    processors.select(row: 1)
    let form = try #require(processors.actions.editForm())
    guard case .picks(let choices) = form.definition.fields[1].kind else {
      Issue.record("parents are not picked")
      return
    }
    #expect(choices.map(\.title) == ["extract"])
    form.set(.picks([]), for: "parent_processors")
    form.submit()
    await test.idle()
    #expect(test.transport.writes == ["PATCH /cloud/3/processor/32 {\"parent_processors\":[]}"])
  }

  @Test func nothingChangedIsNothingSent() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    for table in [test.workspace.clouds, test.workspace.users, test.workspace.processors] as [any TableModel] {
      let form = try #require(table.actions.editForm())
      form.submit()
      await test.idle()
      #expect(form.phase == .done)
      #expect(test.context.notices.current?.text == "Nothing was changed, so nothing was sent.")
    }
    #expect(test.transport.writes == [])
  }

  @Test func aUsersRoleIsChosenAndSent() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let users = test.workspace.users
    users.filter(by: "grace")
    let form = try #require(users.actions.editForm())
    #expect(form.values["role"]?.text == "50")
    form.set(.text("100"), for: "role")
    form.submit()
    await test.idle()
    #expect(test.transport.writes == ["PATCH /cloud/3/user/102 {\"role\":100}"])
    #expect(users.selectedRecord?.cloudRole == .admin)
  }

  @Test func aUserWithoutARoleMustBeGivenOneBeforeAnythingIsSent() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    test.workspace.users.filter(by: "sarka")
    let form = try #require(test.workspace.users.actions.editForm())
    form.submit()
    await test.idle()
    #expect(form.problems == ["role": "Choose a role."])
    #expect(test.transport.writes == [])
  }

  @Test func aRecordIsNotEditedAgainWhileThatIsNotAnswered() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let clouds = test.workspace.clouds
    await test.fail(.patch, "/cloud/3", with: .noAnswer(carriedOut: false))
    let form = try #require(clouds.actions.editForm())
    form.set(.text("First"), for: "name")
    form.submit()
    form.leave()
    await test.until { test.context.changes.outstanding.unanswered.count == 1 }
    #expect(clouds.actions.refusal(of: .edit)?.contains("isn't answered yet") == true)
    #expect(clouds.actions.refusal(of: .editDocument)?.contains("isn't answered yet") == true)
    #expect(clouds.actions.refusal(of: .delete) == nil)
    clouds.select(1)
    #expect(clouds.actions.refusal(of: .edit) == nil)
  }

  @Test func aRecordIsNotEditedWhileItsDocumentIsNotAnswered() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let clouds = test.workspace.clouds
    await test.fail(.put, "/cloud/3", with: .noAnswer(carriedOut: false))
    let document = try #require(clouds.actions.documentEdit(about: .selected))
    guard case .text(let text) = await document.begin() else {
      Issue.record("it was not opened")
      return
    }
    Task { await document.finish(text.replacing("Haussmann", with: "Eiffel")) }
    await test.until { test.context.changes.outstanding.unanswered.count == 1 }
    for intent in [RecordIntent.edit, .editDocument] {
      #expect(clouds.actions.refusal(of: intent)?.contains("isn't answered yet") == true)
    }
  }
}
