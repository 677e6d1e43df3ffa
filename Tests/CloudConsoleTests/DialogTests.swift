import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct DialogTests {
  private func console(at cloud: Cloud.ID = 3) async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest()
    await test.start(at: cloud)
    return test
  }

  @Test func aFormTakesEveryKey() async throws {
    let test = try await console()
    await test.press("c")
    await test.type("qDiIeERM:?/12 hjkl")
    #expect(test.line(with: "Name  ")?.contains("qDiIeERM:?/12 hjkl") == true)
    #expect(test.console.layers.count == 1)
    #expect(!test.hasQuit)
    #expect(test.service.transport.writes == [])
  }

  @Test(arguments: [
    "i": "a@x.example\n", "D": "y\nHaussmann Tower\n", "M": "yyy\n", "c": "Name\n", ":": "quit\n", "e": "x\n",
  ])
  func keysTypedWithTheOneThatOpensADialogNeverAnswerIt(key: Character, text: String) async throws {
    let test = try await console()
    let keys = text.map { $0 == "\n" ? Key.enter : .character($0) }
    await test.burst([.character(key)] + keys)
    #expect(test.console.layers.count == 1)
    #expect(test.service.transport.writes == [])
    #expect(!test.hasQuit)
  }

  @Test func yDoesNothingBeforeThePersonCouldSeeWhatItAnswers() async throws {
    let test = try await console()
    test.console.handle([.key(.character("2"))])
    test.console.handle([.key(.character("D"))])
    test.present()
    test.console.handle([.key(.character("y"))])
    await test.service.idle()
    // The question is ready now, but the screen doesn't show it yet.
    test.console.handle([.key(.character("y"))])
    await test.settle()
    #expect(test.service.transport.writes == [])
    #expect(test.text.contains("y remove   Enter cancel"))
    await test.press("y")
    #expect(test.service.transport.writes.count == 1)
  }

  @Test func enterMeansCancelWhereYDeletes() async throws {
    let test = try await console()
    await test.press(.character("2"), .character("D"), .enter)
    #expect(test.console.layers.isEmpty)
    #expect(test.service.transport.writes == [])
  }

  @Test func otherKeysDoNotAnswerAQuestion() async throws {
    let test = try await console()
    await test.press(.character("2"), .character("D"))
    await test.type("dDnq jk")
    await test.press(.down, .tab, .delete, .control("y"))
    await test.paste("y")
    #expect(test.console.layers.count == 1)
    #expect(test.service.transport.writes == [])
  }

  @Test func inASmallWindowWhatIsLostAndTheFieldAreSeenTogether() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 40, rows: 10))
    await test.start(at: 3)
    await test.press("D")
    await test.type("Haus")
    for text in [
      "Delete Haussmann Tower?", "512 GB of files", "48 users' access", "3 invitations", "5 processors", "Haus",
    ] {
      #expect(test.text.contains(text), "\(test.text)")
    }
    await test.type("smann Tower")
    #expect(test.text.contains("Enter delete"))
  }

  @Test func enterMeansCancelWhileNothingIsTypedAndDeletesOnceTheNameIs() async throws {
    let test = try await console()
    await test.press(.character("D"), .enter)
    #expect(test.console.layers.isEmpty)
    await test.press("D")
    await test.type(" ")
    await test.press(.enter)
    #expect(test.console.layers.isEmpty)
    #expect(test.service.transport.writes == [])
    await test.press("D")
    await test.type("Haussmann Tower")
    #expect(test.text.contains("Enter delete   Esc cancel"))
    await test.press(.enter)
    #expect(test.service.transport.writes == ["DELETE /cloud/3"])
    #expect(test.console.layers.isEmpty)
    #expect(test.text.contains("Deleted cloud Haussmann Tower."))
    #expect(test.text.contains("▸ Zürich Hauptbahnhof"))
  }

  @Test(arguments: ["Haussmann Towe", "haussmann tower", "3", "delete cloud 4", "y"])
  func aWrongTextIsSaidAndStays(text: String) async throws {
    let test = try await console()
    await test.press("D")
    await test.type(text)
    #expect(test.text.contains("Esc cancel"))
    await test.press(.enter)
    #expect(test.text.contains("! That is not the name: type it as shown, or “delete cloud 3”."), "\(test.text)")
    #expect(test.text.contains("confirm:  \(text)") && test.console.layers.count == 1)
    // It is said until something else is typed.
    await test.press(.backspace)
    #expect(!test.text.contains("That is not the name") && test.text.contains("Just re-checked: unchanged."))
    await test.press(.control("u"))
    await test.type("delete cloud 3")
    await test.press(.enter)
    #expect(test.service.transport.writes == ["DELETE /cloud/3"] && test.console.layers.isEmpty)
  }

  @Test func wrongWordsForSeveralAreSaidAndStay() async throws {
    let test = try await console()
    await test.press(.character(" "), .character(" "), .character("D"))
    await test.type("delete 2")
    await test.press(.enter)
    #expect(test.text.contains("! Those are not the words: type “delete 2 clouds”."), "\(test.text)")
    #expect(test.text.contains("confirm:  delete 2") && test.service.transport.writes == [])
    await test.type(" clouds")
    await test.press(.enter)
    #expect(test.service.transport.writes.count == 2)
  }

  @Test func escapeLeavesAQuestionWhileItReads() async throws {
    let test = try await console()
    await test.service.fail(.get, "/cloud/3", with: .noAnswer(carriedOut: true))
    test.console.handle([.key(.character("D"))])
    test.present()
    #expect(test.text.contains("Re-reading it…"))
    await test.service.network.waitForRest(of: .seconds(30))
    await test.press(.escape)
    #expect(test.console.layers.isEmpty)
    #expect(test.service.network.rests == [])
  }

  @Test func escapeAsksWhereSomethingWasTyped() async throws {
    let test = try await console()
    await test.press(.character("c"), .escape)
    #expect(test.console.layers.isEmpty)
    await test.press("c")
    await test.type("Half a na")
    await test.press(.escape)
    #expect(test.text.contains("Discard your input?"))
    // Other keys don't answer the question, and Enter stays in the form without sending.
    await test.press("q")
    #expect(test.text.contains("Discard your input?"))
    await test.press(.enter)
    #expect(!test.text.contains("Discard your"))
    #expect(test.console.layers.count == 1)
    await test.type("me")
    #expect(test.text.contains("Half a name"))
    await test.press(.escape, .enter)
    #expect(test.console.layers.count == 1)
    await test.press(.escape, .character("y"))
    #expect(test.console.layers.isEmpty)
    #expect(test.service.transport.writes == [])
  }

  @Test func tenThousandCharactersArePastedAtOnce() async throws {
    let test = try await console()
    let text = String(repeating: "東x", count: 5_000)
    await test.press("c")
    await test.paste(text)
    await test.press(.enter)
    #expect(test.text.contains("10000 characters: 256 at most."))
    await test.press(.control("u"))
    await test.paste("Pasted\nname")
    await test.press(.enter)
    #expect(test.service.transport.writes == ["POST /cloud {\"name\":\"Pasted name\"}"])
  }

  @Test func aRefusalStandsBesideTheFieldAndWhatWasTypedStays() async throws {
    let test = try await console()
    await test.service.fail(
      .post, "/cloud",
      with: .reply(
        status: .badRequest, fields: [.contentType: "application/json"], body: "{\"name\":[\"Too similar.\"]}"))
    await test.press("c")
    await test.type("Haussmann")
    await test.press(.enter)
    #expect(test.text.contains("! Too similar."))
    #expect(test.line(with: "Name  ")?.contains("Haussmann") == true)
  }

  @Test func enterPressedTwiceSendsOnce() async throws {
    let test = try await console()
    await test.press("c")
    await test.type("Once")
    await test.burst([.enter, .enter, .enter])
    #expect(test.service.transport.writes == ["POST /cloud {\"name\":\"Once\"}"])
  }

  @Test func leavingAFormThatIsBeingSentSaysWhatBecameOfIt() async throws {
    let test = try await console()
    await test.service.fail(.post, "/cloud", with: .delay(.seconds(9)))
    await test.press("c")
    await test.type("Slow")
    test.console.handle([.key(.enter)])
    #expect(test.text.contains("sending…"))
    test.console.handle([.key(.escape)])
    #expect(test.console.layers.isEmpty)
    await test.service.network.waitForRest(of: .seconds(9))
    test.service.network.advance(by: .seconds(9))
    await test.settle()
    #expect(test.text.contains("Created cloud \"Slow\"."))
  }

  @Test func parentsArePickedFromAList() async throws {
    let test = try await console()
    await test.press(.character("4"), .character("c"))
    await test.type("after")
    await test.press(.tab, .character(" "), .down, .character(" "), .enter)
    #expect(
      test.service.transport.writes
        == ["POST /cloud/3/processor {\"name\":\"after\",\"parent_processors\":[\"31\",\"32\"]}"]
        || test.service.transport.writes
          == ["POST /cloud/3/processor {\"name\":\"after\",\"parent_processors\":[31,32]}"]
    )
    #expect(test.workspace.processors.selectedRecord?.name == "after")
  }

  @Test func theHelpIsSearchedAndFitsASmallScreen() async throws {
    let test = try await console()
    test.resize(columns: 80, rows: 24)
    await test.press("?")
    // What the pane offers comes first.
    #expect(test.rows.first { $0.contains("│") }?.contains("In Clouds") == true)
    await test.press(.pageDown)
    #expect(test.text.contains("Moving about"))
    await test.press("/")
    await test.type("json")
    #expect(test.text.contains("Edit the record as JSON"))
    #expect(!test.text.contains("Moving about"))
    await test.press(.escape, .escape)
    #expect(test.console.layers.isEmpty)
  }

  @Test func thePaletteFindsEveryCommandByItsNameFirst() async throws {
    let test = try await console()
    for command in Command.allCases where command != .palette {
      await test.press(":")
      await test.type(command.rawValue)
      let row = test.text.split(separator: "\n").first { $0.contains("▸ ") && $0.contains(command.rawValue) }
      #expect(row != nil, "\(command.rawValue)")
      await test.press(.escape)
    }
  }

  @Test func thePaletteSaysWhyACommandCannotBeRun() async throws {
    let test = try await console()
    await test.press(.character("2"), .character(":"))
    await test.type("demo")
    #expect(test.text.contains("M creates a demo project in a cloud"))
    await test.press(.enter)
    #expect(test.console.layers.isEmpty)
    #expect(test.text.contains("M creates a demo project in a cloud"))
  }

  /// A locale with ASCII only.
  private nonisolated static let plain = TextWidth { (0x20..<0x7F).contains($0.value) ? 1 : -1 }

  private nonisolated static let screens: [(TextWidth, Cloud.ID, String?, String)] = [
    (plain, 4, nil, "delete cloud 4"), (plain, 4, nil, "Zürich Hauptbahnhof"), (plain, 3, "name", "Haussmann Tower"),
    (.builtIn, 4, "name", "Zürich Hauptbahnhof"), (.builtIn, 4, "name", "delete cloud 4"),
    (.builtIn.drawingInASCII, 4, "name", "Zürich Hauptbahnhof"), (.builtIn, 5, "name", "Lot B – façade"),
    (.builtIn.drawingInASCII, 5, nil, "delete cloud 5"),
  ]

  @Test(arguments: screens)
  func whatTheScreenCannotShowNeedNotBeTyped(
    textWidth: TextWidth, cloud: Cloud.ID, title: String?, typed: String
  ) async throws {
    let test = try await console()
    test.textWidth = textWidth
    test.workspace.clouds.select(cloud)
    await test.press("D")
    let asked = textWidth.shows("“") ? "“delete cloud \(cloud)”" : "\"delete cloud \(cloud)\""
    let request = title.map { "the \($0) or \(asked)" } ?? asked
    #expect(test.text.contains("Type \(request) to confirm:"), "\(test.text)")
    await test.type(typed)
    await test.press(.enter)
    #expect(test.service.transport.writes == ["DELETE /cloud/\(cloud)"])
  }

  @Test func theWordsForSeveralAreASCIIWhereNothingElseIsShown() async throws {
    let test = try await console()
    test.textWidth = Self.plain
    await test.press(.character(" "), .character(" "), .character("D"))
    #expect(test.text.contains("Type \"delete 2 clouds\" to confirm:"), "\(test.text)")
  }

  @Test func aCloudWhoseNameCannotBeTypedIsDeletedByWords() async throws {
    let test = try await ConsoleUnderTest()
    _ = try await test.service.client.createCloud(CloudDraft(name: "a\u{1B}[31m\u{202E}b"))
    await test.start(at: 15)
    await test.press("D")
    #expect(test.text.contains("Type “delete cloud 15” to confirm:"))
    await test.type("15")
    await test.press(.enter)
    #expect(test.text.contains("! Those are not the words: type “delete cloud 15”."))
    await test.press(.control("u"))
    await test.type("delete cloud 15")
    await test.press(.enter)
    #expect(test.service.transport.writes.last == "DELETE /cloud/15")
  }
}
