import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import Testing

/// The last admin of a cloud in questions, forms and documents: never removed or given another role unless that is typed.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct LastAdminTests {
  private static let words = "leave no admin"

  /// Pont de l'Alma, whose only admin is Małgorzata Kowalska.
  private func test(_ service: ServiceIdentity = .demo, selecting user: User.ID = 129) async throws
    -> WorkspaceUnderTest
  {
    let test = try await WorkspaceUnderTest(.demo, service: service)
    await test.start(at: 6)
    test.workspace.users.select(user)
    return test
  }

  private func mark(_ ids: [User.ID], _ test: WorkspaceUnderTest) {
    for id in ids {
      test.workspace.users.select(id)
      test.workspace.users.toggleMark()
    }
  }

  @Test func aloneNothingIsSentUntilTheWordsAreTyped() async throws {
    let test = try await test()
    let question = try #require(test.workspace.users.actions.question(of: .delete))
    await test.idle()
    #expect(question.phase == .ready && question.leavesOutLastAdmins && !question.canConfirm)
    #expect(
      question.warnings == [
        "Małgorzata Kowalska is the only admin of Pont de l'Alma (mairie@paris.example is only invited as admin): "
          + "left out."
      ])
    question.confirm()
    await test.idle()
    #expect(question.phase == .ready && test.transport.writes == [])
    question.includeLastAdmins()
    #expect(question.canConfirm && !question.leavesOutLastAdmins)
    question.confirm()
    await test.idle()
    #expect(question.phase == .done)
    #expect(test.transport.writes == ["DELETE /cloud/6/user/129"])
  }

  @Test func whoIsNotTheOnlyAdminIsRemovedAsEver() async throws {
    let test = try await test(selecting: 125)
    let question = try #require(test.workspace.users.actions.question(of: .delete))
    await test.idle()
    #expect(question.warnings == [] && question.canConfirm)
  }

  @Test func ofSeveralTheLastAdminsAreLeftOutAndStayMarked() async throws {
    let test = try await test()
    _ = try await test.client.updateCloudUser(6, 125, UserCloudUpdate(role: .admin))
    test.workspace.users.refresh()
    await test.idle()
    mark([125, 126, 129], test)
    let writes = test.transport.writes.count
    let question = try #require(test.workspace.users.actions.question(of: .delete, about: .marked))
    await test.idle()
    #expect(question.lastAdmins.map(\.people.count) == [2])
    #expect(question.heldItems.count == 2)
    question.confirm()
    await test.idle()
    #expect(question.phase == .settled(""))
    #expect(test.transport.writes.dropFirst(writes) == ["DELETE /cloud/6/user/126"])
    #expect(test.workspace.users.markedCount == 2)
    let states = question.items.map(\.state)
    #expect(states.count { if case .leftOut = $0 { true } else { false } } == 2)
    #expect(test.context.notices.current?.kind == .failure)
  }

  @Test func aFormAsksForTheWordsAndSendsOnlyThen() async throws {
    let test = try await test()
    let form = try #require(test.workspace.users.actions.editForm())
    form.set(.text("50"), for: "role")
    form.submit()
    await test.idle()
    #expect(form.phase == .editing && form.isUnconfirmed)
    #expect(form.fields.map(\.label) == ["Role", "Confirm"])
    #expect(form.problems["confirmation"]?.contains("is the only admin of Pont de l'Alma") == true)
    #expect(form.problems["confirmation"]?.hasSuffix("Type leave no admin to save it.") == true)
    for wrong in ["", "yes", "Leave no admin"] {
      form.set(.text(wrong), for: "confirmation")
      form.submit()
      await test.idle()
    }
    #expect(test.transport.writes == [] && form.phase == .editing)
    form.set(.text(Self.words), for: "confirmation")
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    #expect(test.transport.writes == [#"PATCH /cloud/6/user/129 {"role":50}"#])
  }

  @Test func withTheRoleAsItWasTheFormAsksForNothing() async throws {
    let test = try await test()
    let form = try #require(test.workspace.users.actions.editForm())
    form.set(.text("50"), for: "role")
    form.submit()
    await test.idle()
    form.set(.text("100"), for: "role")
    #expect(!form.isUnconfirmed && form.fields.count == 1)
    form.submit()
    await test.idle()
    #expect(form.phase == .done && test.transport.writes == [])
  }

  @Test func aFormForSeveralSavesTheOthersAndAsksForTheWords() async throws {
    let test = try await test()
    _ = try await test.client.updateCloudUser(6, 125, UserCloudUpdate(role: .admin))
    test.workspace.users.refresh()
    await test.idle()
    let writes = test.transport.writes.count
    mark([125, 126, 129], test)
    let form = try #require(test.workspace.users.actions.editForm(about: .marked))
    form.set(.text("50"), for: "role")
    form.submit()
    await test.idle()
    #expect(form.isUnconfirmed && form.phase == .editing)
    #expect(test.transport.writes.count == writes)
    #expect(form.outcomes.count == 2)
    form.set(.text(Self.words), for: "confirmation")
    form.submit()
    await test.idle()
    #expect(form.phase == .done, "\(form.outcomes) \(form.problems)")
    #expect(test.transport.writes.count == writes + 2)
    #expect(test.context.notices.current?.text.hasPrefix("Saved 3 users in ") == true)
  }

  @Test func aDocumentAsksForTheWordsAsAComment() async throws {
    let test = try await test()
    let document = try #require(test.workspace.users.actions.documentEdit())
    guard case .text(let text) = await document.begin() else {
      Issue.record("It was not opened.")
      return
    }
    let edited = text.replacing("100", with: "50")
    guard case .invalid(let message) = await document.finish(edited) else {
      Issue.record("It was sent.")
      return
    }
    #expect(message.contains("is the only admin of Pont de l'Alma") && message.hasSuffix("\n// leave no admin"))
    let again = DocumentEditModel.document(edited, with: message)
    guard case .invalid = await document.finish(again) else {
      Issue.record("What it asks for was taken for the answer.")
      return
    }
    #expect(test.transport.writes == [])
    guard case .saved = await document.finish("// leave no admin\n" + edited) else {
      Issue.record("It was not sent.")
      return
    }
    #expect(test.transport.writes == [#"PUT /cloud/6/user/129 {"role":50}"#])
  }

  @Test func anotherAdminMadeMeanwhileIsSeenBeforeItIsSent() async throws {
    let test = try await test()
    let question = try #require(test.workspace.users.actions.question(of: .delete))
    await test.idle()
    #expect(question.leavesOutLastAdmins)
    // Asked again, the list shows the other one.
    question.leave()
    _ = try await test.client.updateCloudUser(6, 125, UserCloudUpdate(role: .admin))
    let again = try #require(test.workspace.users.actions.question(of: .delete))
    await test.idle()
    #expect(!again.leavesOutLastAdmins && again.canConfirm)
    // Confirmed later than 30 s after, the list is read again: the other one is gone.
    _ = try await test.client.deleteCloudUser(6, 125)
    let writes = test.transport.writes.count
    test.now += 31
    again.confirm()
    await test.idle()
    #expect(test.transport.writes.count == writes)
    guard case .settled(let text) = again.phase else {
      Issue.record("\(again.phase)")
      return
    }
    #expect(text.contains("is the only admin of Pont de l'Alma"))
  }

  // MARK: The user's own access

  private static let me = ServiceIdentity(name: "demo", source: .demo, me: "Aicha.Benali@BETON.example")

  @Test func theUsersOwnRemovalIsTyped() async throws {
    let test = try await test(Self.me, selecting: 126)
    let row = try #require(test.workspace.users.selectedRow)
    #expect(test.workspace.users.row(at: row).values[0] == .text("Aïcha Benali (you)"))
    let question = try #require(test.workspace.users.actions.question(of: .delete))
    #expect(
      question.wanted
        == TypedText(
          TypedText.Name(title: "e-mail", text: "aicha.benali@beton.example"), words: "remove user 126"))
    await test.idle()
    #expect(question.warnings == ["This is your own access."])
    mark([125, 126], test)
    let several = try #require(test.workspace.users.actions.question(of: .delete, about: .marked))
    await test.idle()
    #expect(several.wanted?.words == "remove 2 users")
    #expect(several.warnings == ["This is your own access, too: it is changed last."])
  }

  @Test func theUsersOwnRoleIsTypedInAForm() async throws {
    let test = try await test(Self.me, selecting: 126)
    let form = try #require(test.workspace.users.actions.editForm())
    form.set(.text("100"), for: "role")
    form.submit()
    await test.idle()
    #expect(form.isUnconfirmed && test.transport.writes == [])
    form.set(.text("aicha.benali@beton.example"), for: "confirmation")
    form.submit()
    await test.idle()
    #expect(form.phase == .done && test.transport.writes.count == 1)
  }

  @Test func theUsersOwnRoleIsTypedInADocument() async throws {
    let test = try await test(Self.me, selecting: 126)
    let document = try #require(test.workspace.users.actions.documentEdit())
    guard case .text(let text) = await document.begin() else { return }
    let edited = text.replacing(#""role": 50"#, with: #""role": 100"#)
    guard case .invalid(let message) = await document.finish(edited) else {
      Issue.record("It was sent.")
      return
    }
    #expect(message.hasPrefix("This is your own access."))
    guard case .saved = await document.finish("// aicha.benali@beton.example\n" + edited) else {
      Issue.record("It was not sent.")
      return
    }
  }

  @Test func theMarkOfTheUserIsNotCopied() async throws {
    let test = try await test(Self.me)
    let names = test.workspace.users.copy(ofColumn: 0)().text
    #expect(names.contains("Aïcha Benali") && !names.contains("(you)"))
  }
}
