import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import TerminalUI
import Testing

@testable import CloudConsole

/// Changes found by reloading a list are signed until the user has seen them.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct ChangeTests {
  /// The console with the processors of cloud 3, which `change` changes.
  private func console(size: Size = Size(columns: 80, rows: 24)) async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest(size: size)
    await test.start(at: 3)
    await test.press("4")
    return test
  }

  private func change(_ test: ConsoleUnderTest) async throws {
    let client = test.service.client
    let processors = test.workspace.processors.records
    _ = try await client.cloudProcessorPartialUpdate(3, processors[1].id, ProcessorPatch(name: "glTF, renamed"))
    try await client.cloudProcessorDelete(3, processors[4].id)
    _ = try await client.cloudProcessorCreate(3, ProcessorDraft(name: "brand new"))
    test.service.now += 120
  }

  @Test(arguments: [(120, 34), (80, 24), (40, 10)])
  func newAndChangedRowsAreSigned(columns: Int, rows: Int) async throws {
    let test = try await console(size: Size(columns: columns, rows: rows))
    try await change(test)
    await test.press("r")
    try expectRecorded(test.present(), as: "changes-\(columns)x\(rows)")
  }

  @Test func aSignGoesWhenTheCursorHasBeenThere() async throws {
    let test = try await console()
    try await change(test)
    await test.press("r")
    #expect(test.text.contains("Processors: 1 new, 1 changed, 1 gone since 13:04."))
    #expect(test.line(with: "+  brand new") != nil)
    #expect(test.text.matches(of: /~ .{0,3}glTF, renamed/).count == 1)
    while test.workspace.processors.selectedRecord?.name != "glTF, renamed" { await test.press(.down) }
    #expect(test.text.contains("~▸"))
    await test.press(.enter)
    #expect(test.text.contains("Name: gltf → glTF, renamed since 13:04"))
    await test.press(.escape, .home)
    #expect(!test.text.contains("~"))
  }

  @Test func aSizeThatChangedIsSignedUntilTheCursorHasBeenThere() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 80, rows: 24))
    await test.start(at: 3)
    try await test.service.client.createDemo(4)
    await test.press("r")
    #expect(test.text.contains("~  Zürich"))
    #expect(test.text.contains("Clouds: 1 changed."))
    await test.press(.down, .enter)
    #expect(test.text.contains("Size was 219 GB"))
    await test.press(.escape, .up)
    #expect(!test.text.contains("~"))
  }

  @Test func theSizeUnderTheCursorIsNoNews() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 80, rows: 24))
    await test.start(at: 4)
    try await test.service.client.createDemo(4)
    await test.press("r")
    #expect(test.text.contains(" ▸ Zürich"))
  }

  @Test func aMarkedRowKeepsItsSign() async throws {
    let test = try await console()
    await test.press("*")
    try await change(test)
    await test.press("r")
    #expect(test.text.contains(/●~ .{0,3}glTF, renamed/))
    while test.workspace.processors.selectedRecord?.name != "glTF, renamed" { await test.press(.down) }
    #expect(test.text.contains(/●▸ .{0,3}glTF, renamed/))
  }

  @Test func escTakesTheSignsAway() async throws {
    let test = try await console()
    try await change(test)
    await test.press("r")
    #expect(test.workspace.processors.hasChanges)
    await test.press(.escape)
    #expect(!test.workspace.processors.hasChanges)
    #expect(test.line(with: "+brand new") == nil)
  }

  @Test func signsOfSeveralReadingsAddUp() async throws {
    let test = try await console()
    try await change(test)
    await test.press("r")
    _ = try await test.service.client.cloudProcessorCreate(3, ProcessorDraft(name: "another"))
    test.service.now += 60
    await test.press("r")
    #expect(test.text.contains("Processors: 2 new, 1 changed, 1 gone since 13:04."))
    let id = try #require(test.workspace.processors.records.first { $0.name == "another" }?.id)
    try await test.service.client.cloudProcessorDelete(3, id)
    await test.press("r")
    #expect(test.text.contains("Processors: 1 new, 1 changed, 1 gone since 13:04."))
  }

  @Test func whatOneDidOneselfIsNoNews() async throws {
    let test = try await console()
    await test.press("c")
    await test.type("mine")
    await test.press(.enter)
    #expect(test.text.contains("Created processor \"mine\" in Haussmann Tower."))
    #expect(!test.workspace.processors.hasChanges)
    await test.press(.character("D"), .character("y"))
    #expect(test.text.contains("Deleted processor mine from Haussmann Tower."))
    #expect(!test.workspace.processors.hasChanges)
  }

  @Test func anotherCloudsRowsAreNotNew() async throws {
    let test = try await console()
    try await change(test)
    await test.press("r")
    test.workspace.clouds.select(1)
    await test.settle()
    #expect(!test.workspace.processors.hasChanges)
    #expect(!test.text.contains("+"))
  }

  @Test func theCursorAndItsPlaceOnTheScreenStayWhateverComes() async throws {
    let test = try await console("2")
    let users = test.workspace.users
    while users.selectedRow ?? 0 < 25 { await test.press(.down) }
    let id = users.selection
    let before = test.text.split(separator: "\n").firstIndex { $0.contains("│▸ ") && !$0.hasPrefix("│▸ ") }
    for row in [0, 1, 2] {
      try await test.service.client.deleteCloudUser(3, User.ID(rawValue: users.row(at: row).id))
    }
    await test.press("r")
    #expect(users.selection == id)
    #expect(users.selectedRow == 22)
    let after = test.text.split(separator: "\n").firstIndex { $0.contains("│▸ ") && !$0.hasPrefix("│▸ ") }
    #expect(before == after)
  }

  private func console(_ pane: Character) async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest(size: Size(columns: 80, rows: 24))
    await test.start(at: 3)
    await test.press(pane)
    return test
  }
}
