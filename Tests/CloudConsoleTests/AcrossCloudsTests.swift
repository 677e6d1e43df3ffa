import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// The question for changes in several clouds, and the words that the last admin of a cloud needs, on the screen.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct AcrossCloudsTests {
  private nonisolated static let sizes = [
    Size(columns: 120, rows: 34), Size(columns: 80, rows: 24), Size(columns: 40, rows: 10),
  ]

  /// Asks whether to remove Małgorzata Kowalska from every cloud, and to withdraw an invitation.
  private func offboarding(
    _ size: Size, service: ServiceIdentity = .demo, console: Console.Settings = .init(), isMore: Bool = true
  ) async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest(.demo, size: size, service: service, console: console)
    await test.start(at: 3)
    var changes: [Change] = []
    for cloud in test.workspace.clouds.records {
      for user in try await test.service.client.getCloudUsers(cloud.id) where user.id == 129 {
        changes.append(
          Change(
            .deleteCloudUser(cloud.id, user.id),
            names: Change.Names(record: UserText.title(user), cloud: cloud.name), before: user.snapshot))
      }
    }
    try #require(changes.count == 8)
    if isMore {
      changes += [13, 14, 12].map { (cloud: Cloud.ID) in
        let user = User(id: 129, email: "m.kowalska@wisla.example", firstName: "Małgorzata", lastName: "Kowalska")
        return Change(
          .deleteCloudUser(cloud, 129),
          names: Change.Names(record: "Małgorzata Kowalska", cloud: test.workspace.clouds.record(cloud)?.name),
          before: user.snapshot)
      }
    }
    let question = try #require(QuestionModel.acrossClouds(changes, context: test.workspace.context))
    test.console.layers.open(QuestionLayer(question))
    await test.settle()
    return test
  }

  private func deletions(_ test: ConsoleUnderTest) -> Int {
    test.service.transport.writes.count { $0.hasPrefix("DELETE") }
  }

  @Test(arguments: sizes) func theQuestionNamesTheCloudsTheLastAdminAndWhatIsTyped(size: Size) async throws {
    let test = try await offboarding(size)
    await test.type("leave no")
    try expectRecorded(test.present(), as: "offboard-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: sizes.prefix(2)) func itsOutcomesStayAndSayWhatIsLeft(size: Size) async throws {
    let test = try await offboarding(size)
    await test.simulator.setFaults {
      $0.method == .delete && $0.path == "/cloud/3/user/129" ? .reply(status: .conflict, body: "{}") : nil
    }
    await test.type("remove 11")
    await test.press(.enter)
    try expectRecorded(test.present(), as: "offboarded-\(size.columns)x\(size.rows)")
  }

  @Test func theWholeListScrolls() async throws {
    let test = try await offboarding(Size(columns: 80, rows: 24))
    #expect(!test.text.contains("Sandbox") && test.text.contains("PgDn all 11"))
    await test.press(.pageDown, .pageDown)
    #expect(test.text.contains("Sandbox"))
  }

  @Test func theWordsIncludeTheLastAdminAndOnlyThenItIsConfirmed() async throws {
    let test = try await offboarding(Size(columns: 120, rows: 34), isMore: false)
    #expect(test.text.contains("left out: the cloud would have no admin"))
    await test.type("leave no admin")
    await test.press(.enter)
    #expect(test.console.layers.count == 1 && deletions(test) == 0)
    #expect(test.text.contains("is the only admin of Pont de l'Alma") && test.text.contains("included."))
    await test.press("y")
    #expect(test.console.layers.isEmpty)
    #expect(deletions(test) == 8)
  }

  @Test func withoutTheWordsTheLastAdminStaysAndRAsksAboutItAlone() async throws {
    let test = try await offboarding(Size(columns: 120, rows: 34), isMore: false)
    await test.press("y")
    #expect(deletions(test) == 7)
    #expect(test.text.contains("R ask again about 1"))
    await test.press("R")
    #expect(test.line(with: "Remove Małgorzata Kowalska from Pont de l'Alma?") != nil)
    #expect(!test.text.contains("y remove"))
    await test.press("y")
    #expect(deletions(test) == 7)
    await test.press(.backspace)
    await test.type("leave no admin")
    await test.press(.enter, .character("y"))
    #expect(deletions(test) == 8 && test.console.layers.isEmpty)
  }

  @Test func keysTypedBeforeTheNextQuestionIsSeenDoNotAnswerIt() async throws {
    let test = try await offboarding(Size(columns: 120, rows: 34), isMore: false)
    await test.simulator.setFaults { $0.method == .delete ? .reply(status: .conflict, body: "{}") : nil }
    await test.press("y")
    #expect(test.text.contains("R ask again about 8"))
    let before = deletions(test)
    await test.burst([.character("R"), .character("y")])
    #expect(deletions(test) == before)
    #expect(test.text.contains("y remove 7"), "one is the last admin")
  }

  @Test func wrongWordsDoNothingAndAreSaid() async throws {
    let test = try await offboarding(Size(columns: 120, rows: 34), isMore: false)
    await test.type("leave")
    await test.press(.enter)
    #expect(test.console.layers.count == 1 && deletions(test) == 0)
    #expect(test.text.contains("! Those are not the words: type “leave no admin”."))
    await test.type(" no admin")
    #expect(!test.text.contains("Those are not the words") && test.text.contains("Enter include"))
    await test.press(.enter)
    #expect(test.text.contains(": included."))
  }

  @Test func aScreenReaderSaysAllOfIt() async throws {
    var settings = Console.Settings()
    settings.screenReader = true
    let test = try await offboarding(Size(columns: 80, rows: 24), console: settings)
    let text = test.rows.joined(separator: " ").split(separator: " ").joined(separator: " ")
    for part in [
      "Remove Małgorzata Kowalska from 11 clouds?", "is the only admin of Pont de l'Alma", "There is no undo.",
    ] {
      #expect(text.contains(part), "\(part): \(text)")
    }
  }

  @Test func aFormOpensAFieldForTheWords() async throws {
    let test = try await ConsoleUnderTest(.demo, size: Size(columns: 80, rows: 24))
    await test.start(at: 6)
    test.workspace.users.select(129)
    await test.press(.character("2"), .character("e"), .character(" "), .enter)
    #expect(test.text.contains("is the only admin of Pont de"))
    try expectRecorded(test.present(), as: "last-admin-form-80x24")
    await test.type("leave no admin")
    await test.press(.enter)
    #expect(test.console.layers.isEmpty)
    #expect(test.service.transport.writes == [#"PATCH /cloud/6/user/129 {"role":50}"#])
  }

  @Test func aSearchForCloudsKeepsTheCursorOnOneThatMatches() async throws {
    let test = try await ConsoleUnderTest(.demo)
    await test.start(at: 3)
    await test.press(.character("5"), .character("i"), .end, .character("/"))
    await test.type("lot façade")
    await test.press(.enter, .character(" "))
    #expect(test.text.contains("▸[x] Lot B – façade") && test.text.contains("1 picked"), "\(test.text)")
    await test.press(.escape)
    #expect(test.text.contains("▸[x] Lot B – façade"), "\(test.text)")
  }

  @Test func aQuestionAboutTheLastAdminAloneHasNothingToSend() async throws {
    let test = try await ConsoleUnderTest(.demo, size: Size(columns: 80, rows: 24))
    await test.start(at: 6)
    test.workspace.users.select(129)
    await test.press(.character("2"), .character("D"), .character("y"))
    #expect(test.service.transport.writes == [])
    await test.press(.backspace)
    try expectRecorded(test.present(), as: "last-admin-80x24")
    await test.type("leave no admin")
    await test.press(.enter, .character("y"))
    #expect(test.service.transport.writes == ["DELETE /cloud/6/user/129"])
  }

  @Test func theUserIsMarkedInTheListOfUsers() async throws {
    let me = ServiceIdentity(name: "Demo (simulated)", source: .demo, me: "Ada@Atelier.example")
    let test = try await ConsoleUnderTest(service: me)
    await test.start(at: 3)
    #expect(test.line(with: "Ada Lovelace (you)") != nil)
    #expect(test.line(with: "Grace Hopper (you)") == nil)
  }
}
