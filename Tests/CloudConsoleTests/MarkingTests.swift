import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

/// Tests of marks and of commands for the marked records, by keys.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct MarkingTests {
  private func console(_ pane: Character = "2", size: Size = Size(columns: 80, rows: 24)) async throws
    -> ConsoleUnderTest
  {
    let test = try await ConsoleUnderTest(size: size)
    await test.start(at: 3)
    await test.press(pane)
    return test
  }

  @Test(arguments: [(120, 34), (80, 24), (40, 10)])
  func marksStandBesideTheCursor(columns: Int, rows: Int) async throws {
    let test = try await console(size: Size(columns: columns, rows: rows))
    await test.press(.character(" "), .character(" "), .down, .character(" "))
    try expectRecorded(test.present(), as: "marks-\(columns)x\(rows)")
  }

  @Test func inASCIIAMarkIsAStar() async throws {
    let test = try await console()
    await test.press(" ")
    let text = test.console.frame(textWidth: .builtIn.drawingInASCII).text()
    #expect(text.contains("|*  Ada Lovelace"))
    #expect(text.contains("| >"))
  }

  @Test(arguments: [(120, 34), (80, 24), (40, 10)])
  func theQuestionListsWhatIsMarked(columns: Int, rows: Int) async throws {
    let test = try await console("1", size: Size(columns: columns, rows: rows))
    await test.press(.character(" "), .character(" "), .character("D"))
    await test.type("delete 2")
    try expectRecorded(test.present(), as: "delete-several-\(columns)x\(rows)")
  }

  @Test func theHintsAndThePaletteSayHowManyItIsAbout() async throws {
    let test = try await console()
    await test.press(.character(" "), .character(" "), .character(" "))
    #expect(test.text.contains("D remove 3  e role 3"))
    await test.press(":")
    await test.type("delete")
    #expect(test.line(with: "▸ delete 3") != nil)
    await test.press(.enter)
    #expect(test.line(with: "╭ Remove 3 users from Haussmann Tower?") != nil)
  }

  @Test func peopleAreInvitedToAllMarkedClouds() async throws {
    let test = try await console("1")
    await test.press(.character(" "), .character(" "), .character("i"))
    #expect(test.line(with: "Invite administrators to 2 clouds") != nil)
    await test.type("new@x.example ada@atelier.example")
    await test.press(.enter)
    #expect(test.text.contains("is a user already"))
    #expect(test.service.transport.writes.isEmpty, "a question comes first")
    await test.press("y")
    let writes = test.service.transport.writes
    #expect(writes.allSatisfy { $0.hasPrefix("POST /cloud/") } && Set(writes).count == writes.count)
    #expect(writes.count { $0.contains("new@x.example") } == 2)
    #expect(writes.contains { $0.hasPrefix("POST /cloud/3/invitation") && $0.contains("/cloud/3\"") })
    #expect(writes.contains { $0.hasPrefix("POST /cloud/4/invitation") && $0.contains("/cloud/4\"") })
  }

  @Test func whatIsForOneCloudIsRefusedWhereSeveralAreMarked() async throws {
    let key: Character = "e"
    let test = try await console("1")
    await test.press(.character(" "), .character(" "), .character(key))
    #expect(test.console.layers.isEmpty)
    let refusal = "Works on one cloud at a time; 2 are marked. Press u to unmark."
    #expect(test.service.context.notices.current?.text == refusal)
    await test.press(.character("u"), .character(key))
    #expect(!test.console.layers.isEmpty)
  }

  @Test func peopleAreInvitedToTheMarkedCloudAndNotToTheOneUnderTheCursor() async throws {
    let test = try await console("1")
    await test.press(.character(" "), .character("i"))
    #expect(test.workspace.clouds.selection != 3)
    #expect(test.line(with: "Invite an administrator to Haussmann Tower") != nil)
    await test.type("new@x.example")
    await test.press(.enter)
    // The redirect address comes from an invitation to the cloud under the cursor, with the id replaced.
    let body = #"{"email":"new@x.example","redirect_uri":"https://platform.bimdata.io/cloud/3"}"#
    #expect(test.service.transport.writes == ["POST /cloud/3/invitation \(body)"])
  }

  @Test(arguments: ["2", "3", "4"] as [Character])
  func anotherPaneInvitesToNoCloudThanItsOwn(pane: Character) async throws {
    let test = try await console("1")
    await test.press(.character(" "), .character(pane), .character("i"))
    #expect(test.console.layers.isEmpty)
    #expect(
      test.service.context.notices.current?.text.hasPrefix("Haussmann Tower is marked, and the cursor is on ") == true)
    await test.press(.character("1"), .character(" "), .character(pane), .character("i"))
    #expect(test.console.layers.isEmpty)
    #expect(
      test.service.context.notices.current?.text
        == "2 clouds are marked: i in the Clouds pane invites to all of them, u there unmarks them.")
    await test.press(.character("1"), .character("u"), .character(pane), .character("i"))
    #expect(!test.console.layers.isEmpty)
  }

  @Test func enterAndEscCancelAndYRemovesThem() async throws {
    let test = try await console()
    await test.press(.character(" "), .character(" "), .character("D"), .enter)
    #expect(test.console.layers.isEmpty)
    await test.press(.character("D"), .escape)
    #expect(test.service.transport.writes == [])
    await test.press(.character("D"), .character("y"))
    #expect(test.service.transport.writes.count == 2)
    #expect(test.text.contains("Removed 2 users from Haussmann Tower: "))
    #expect(test.console.layers.isEmpty)
  }

  @Test func escTakesTheFilterFirstAndThenTheMarks() async throws {
    let test = try await console()
    await test.press("/")
    await test.type("beton")
    await test.press(.enter, .control("a"))
    let count = test.workspace.users.markedCount
    #expect(count > 1)
    #expect(test.line(with: "/beton")?.contains("\(count) marked · \(count) of 48 match") == true)
    await test.press(.escape)
    #expect(test.workspace.users.rowCount == 48)
    #expect(test.workspace.users.markedCount == count)
    await test.press(.escape)
    #expect(test.workspace.users.markedCount == 0)
  }

  @Test func theBorderSaysAsLongAsTheFilterIsThereThatItTookMarks() async throws {
    let test = try await console()
    await test.press(.control("a"), .character("/"))
    await test.type("grace")
    #expect(test.line(with: "/grace")?.contains("1 marked · 47 dropped") == true)
    await test.press(.enter)
    #expect(test.text.contains("47 marks dropped: the filter hides them."))
    #expect(test.line(with: "/grace")?.contains("1 marked · 47 dropped") == true)
    await test.press(.escape)
    #expect(!test.text.contains("dropped"))
  }

  @Test func spaceInAFilterIsABlankAndMarksNothing() async throws {
    let test = try await console()
    await test.press("/")
    await test.type("a *")
    #expect(test.workspace.users.markedCount == 0)
    #expect(test.workspace.users.filter.text == "a *")
  }

  @Test func aRecordsOwnScreenActsOnThatRecordWhateverIsMarked() async throws {
    let test = try await console()
    await test.press(.character(" "), .character(" "), .enter)
    let title = try #require(test.workspace.users.selectedRecord.map(UserText.title))
    await test.press("D")
    #expect(test.line(with: "╭ Remove \(title) from ") != nil)
  }

  @Test func whatIsDoneToOneIsRefusedWithTheKeyThatHelps() async throws {
    let test = try await console()
    await test.press(.character(" "), .character(" "), .character("E"))
    #expect(
      test.text.contains("Works on one user at a time; 2 are marked. Press u to unmark."))
    await test.press("u")
    #expect(test.workspace.users.markedCount == 0)
    await test.press("u")
    #expect(test.text.contains("Nothing is marked."))
  }

  @Test func aLongQuestionIsScrolledAndKeepsItsAnswerInSight() async throws {
    let test = try await console()
    await test.press(.control("a"), .character("D"))
    #expect(test.text.contains("1–"))
    #expect(test.text.contains("of 48 ↑↓"))
    #expect(test.text.contains("Ada Lovelace · ada@atelier.example"))
    #expect(test.text.contains("Type “remove 48 users” to confirm:"))
    await test.press(.pageDown, .pageDown, .pageDown, .pageDown, .pageDown)
    #expect(test.text.contains("–48 of 48 ↑↓"))
    #expect(test.text.contains("Type “remove 48 users” to confirm:"))
    await test.type("remove 48 users")
    await test.press(.enter)
    // All admins are among them: without the words they stay.
    #expect(test.service.transport.writes.count == 41)
    #expect(test.text.contains("left out:"))
  }

  @Test func keysTypedBeforeTheQuestionIsSeenDoNotAnswerIt() async throws {
    let test = try await console()
    await test.press(.character(" "), .character(" "))
    await test.burst([.character("D"), .character("y"), .character("y")])
    #expect(test.service.transport.writes == [])
    #expect(test.console.layers.count == 1)
  }

  @Test func theMarkedRecordsAreCopiedAsCommands() async throws {
    let test = try await console()
    let terminal = TerminalUnderTest()
    test.console.host = terminal
    await test.press(.character(" "), .character(" "), .character("Y"))
    #expect(terminal.copied.last?.hasPrefix("skydeck --demo users get 3 101 &&\nskydeck --demo users get 3 ") == true)
    #expect(test.text.contains("users get 3 101 &&"))
  }
}
