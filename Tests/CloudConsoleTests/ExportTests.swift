import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import Glibc
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// Tests of writing what a pane shows to a file.
@MainActor
@Suite(.timeLimit(.minutes(5))) final class ExportTests {
  private let terminal = TerminalUnderTest()
  private let folder: String

  init() throws {
    folder = "/tmp/skydeck-export-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  isolated deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func console(_ data: DataSet = .odd, size: Size = Size(columns: 120, rows: 34)) async throws
    -> ConsoleUnderTest
  {
    var settings = Console.Settings()
    settings.home = folder
    settings.directory = folder
    let test = try await ConsoleUnderTest(data, size: size, console: settings)
    test.console.host = terminal
    await test.start(at: 3)
    return test
  }

  private func export(_ name: String, _ test: ConsoleUnderTest) async {
    await test.press(.character(":"))
    await test.type("export \(name)")
    await test.press(.enter)
  }

  private func content(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(folder)/\(name)").map { String(decoding: $0, as: UTF8.self) }
  }

  private func lines(_ name: String) -> [String] {
    content(name)?.split(separator: "\n").map(String.init) ?? []
  }

  private func notice(_ test: ConsoleUnderTest) -> String? { test.workspace.context.notices.current?.text }

  private var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? [] }

  @Test(arguments: [
    ("1", "clouds", "id,name,size,created"), ("2", "users", "id,name,email,company,role,since"),
    ("3", "invitations", "id,email,"), ("4", "processors", "id,name,"), ("5", "people", "name,email,clouds,"),
  ])
  func everyPaneIsWritten(pane: Character, name: String, heading: String) async throws {
    let test = try await console()
    await test.press(.character(pane))
    await export("\(name).csv", test)
    let table = test.console.panes.table
    #expect(lines("\(name).csv").first?.hasPrefix(heading) == true, "\(lines("\(name).csv").first ?? "none")")
    #expect(lines("\(name).csv").count == 1 + table.rowCount)
    #expect(notice(test) == "Wrote \(Count.grouped(table.rowCount)) \(name) to \(folder)/\(name).csv.")
    #expect(test.console.layers.isEmpty)
    #expect(files == ["\(name).csv"])
  }

  @Test func filterAndOrderAreThoseOfThePane() async throws {
    let test = try await console()
    await test.press(.character("2"))
    test.workspace.users.filter(by: "role=admin")
    test.workspace.users.sort(by: RowOrder(column: "email", ascending: false))
    await export("admins.tsv", test)
    // Some roles aren't known.
    #expect(test.text.contains("left out, because a value that the filter compares is unknown."))
    await test.press(.character("y"))
    let shown = (0..<test.workspace.users.rowCount).map { test.workspace.users.row(at: $0).id }
    #expect(lines("admins.tsv").dropFirst().map { String($0.prefix { $0 != "\t" }) } == shown)
    #expect(!shown.isEmpty && shown.count < test.workspace.users.totalCount)
  }

  @Test func markedRowsAloneAreWrittenAndThatIsSaid() async throws {
    let test = try await console()
    await test.press(.character("2"), .character(" "), .character(" "))
    await test.press(.character(":"))
    await test.type("export two.json")
    #expect(test.text.contains("Writes the 2 marked users, and no others."))
    await test.press(.enter)
    #expect(notice(test) == "Wrote the 2 marked users to \(folder)/two.json.")
    #expect(lines("two.json").count == 4)
  }

  @Test func valuesAreWholeAndThoseOfThePrograms() async throws {
    let test = try await console()
    await export("clouds.json", test)
    let tower = try #require(lines("clouds.json").first { $0.contains("Haussmann Tower") })
    #expect(tower.hasPrefix(#"{"id":3,"name":"Haussmann Tower","size":549755813888,"created":""#))
    await export("clouds.csv", test)
    #expect(lines("clouds.csv").contains { $0.hasPrefix("3,Haussmann Tower,549755813888,2021-12-") })
  }

  @Test func theFileIsForItsOwnerOnly() async throws {
    let test = try await console()
    await export("clouds.csv", test)
    var status = stat()
    #expect(stat("\(folder)/clouds.csv", &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test(arguments: [
    "users.xls", "users.xlsx", "users.csv.gz", "users", "users.", ".csv", "users.txt", "csv", "a.b/users",
  ])
  func anotherEndingSaysWhichWorkAndTheLineStays(name: String) async throws {
    let test = try await console()
    await export(name, test)
    #expect(test.text.contains(".csv, .tsv or .json can."))
    #expect(test.line(with: ": export \(name)") != nil)
    #expect(files.isEmpty)
  }

  @Test(arguments: ["none/users.csv", "none/deeper/users.csv"])
  func withoutTheFolderTheLineStays(name: String) async throws {
    let test = try await console()
    await export(name, test)
    #expect(test.text.contains("There is no folder"))
    #expect(test.line(with: ": export \(name)") != nil)
    await test.press(.control("u"))
    await test.type("export users.csv")
    await test.press(.enter)
    #expect(files == ["users.csv"])
  }

  @Test func aFolderAndAFileAsAFolderAreRefused() async throws {
    let test = try await console()
    try FileManager.default.createDirectory(atPath: "\(folder)/a.csv", withIntermediateDirectories: false)
    try Data().write(to: URL(filePath: "\(folder)/file"))
    for (name, said) in [
      ("a.csv", "is a folder: name a file in it."), ("file/users.csv", "is not a folder"), ("a.csv/", "is a folder"),
      ("/dev/null.csv/x.csv", "There is no folder"), (String(repeating: "n", count: 300) + ".csv", "name is too long"),
    ] {
      await export(name, test)
      #expect(test.text.contains(said), "\(name)")
      await test.press(.escape)
    }
  }

  @Test func aPathBeginsAtHomeOrInTheWorkingDirectory() async throws {
    let test = try await console()
    await export("~/home.csv", test)
    await export("./here.CSV", test)
    await export("\(folder)/with blanks.csv", test)
    #expect(files == ["here.CSV", "home.csv", "with blanks.csv"])
  }

  @Test func anExistingFileIsAskedAboutAndKeptWithoutAnAnswer() async throws {
    let test = try await console()
    try Data("mine".utf8).write(to: URL(filePath: "\(folder)/users.csv"))
    for key in [Key.enter, .escape, .character("n")] {
      await export("users.csv", test)
      #expect(test.text.contains("exists,"))
      await test.press(key)
      #expect(content("users.csv") == "mine")
      #expect(test.line(with: ": export users.csv") != nil)
      await test.press(.escape)
    }
    await export("users.csv", test)
    await test.press(.character("y"))
    #expect(content("users.csv")?.hasPrefix("id,name") == true)
    #expect(test.console.layers.isEmpty)
  }

  @Test func keysTypedBeforeTheQuestionIsSeenDontAnswerIt() async throws {
    let test = try await console()
    try Data("mine".utf8).write(to: URL(filePath: "\(folder)/users.csv"))
    await test.press(.character(":"))
    await test.type("export users.csv")
    test.console.handle([.key(.enter), .key(.character("y"))])
    await test.service.idle()
    test.console.handle([.key(.character("y"))])
    await test.settle()
    #expect(content("users.csv") == "mine")
    #expect(test.text.contains("exists,"))
  }

  @Test func aFileThatChangesWhileItIsAskedAboutIsLeftAsItIs() async throws {
    let test = try await console()
    try Data("mine".utf8).write(to: URL(filePath: "\(folder)/users.csv"))
    await export("users.csv", test)
    try Data("mine, and more".utf8).write(to: URL(filePath: "\(folder)/users.csv"))
    await test.press(.character("y"))
    #expect(content("users.csv") == "mine, and more")
    #expect(test.text.contains("was made or changed meanwhile"))
    #expect(test.line(with: ": export users.csv") != nil)
    #expect(files == ["users.csv"])
  }

  @Test func aLinkIsFollowedOnlyAfterAQuestionThatNamesWhatItLeadsTo() async throws {
    let test = try await console()
    try FileManager.default.createDirectory(atPath: "\(folder)/other", withIntermediateDirectories: false)
    for name in ["there.csv", "missing.csv"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/link.csv", withDestinationPath: "\(folder)/other/\(name)")
      if name == "there.csv" { try Data("old".utf8).write(to: URL(filePath: "\(folder)/other/\(name)")) }
      await export("link.csv", test)
      #expect(test.text.contains("is a symbolic link to"))
      await test.press(.character("y"))
      let written = FileManager.default.contents(atPath: "\(folder)/other/\(name)")
      #expect(written.map { String(decoding: $0, as: UTF8.self) }?.hasPrefix("id,name") == true)
      #expect(notice(test)?.contains("/other/\(name).") == true)
      try FileManager.default.removeItem(atPath: "\(folder)/link.csv")
    }
  }

  @Test func aStaleListAsks() async throws {
    let test = try await console()
    await test.service.fail(.get, "/cloud", with: .badGateway)
    await test.press(.character("r"))
    await export("clouds.csv", test)
    #expect(test.text.contains("couldn't be read again"))
    await test.press(.enter)
    #expect(files.isEmpty)
  }

  @Test func withoutRowsThereIsNothingToWrite() async throws {
    let test = try await console()
    test.workspace.clouds.filter(by: "no such cloud")
    await export("clouds.csv", test)
    #expect(test.text.contains("There is no row to write."))
    #expect(files.isEmpty)
  }

  @Test func aFilterThatCannotBeReadWritesNothing() async throws {
    let test = try await console()
    test.workspace.clouds.filter(by: "colour=red")
    await export("clouds.csv", test)
    #expect(test.text.contains("These aren't the rows of the filter."))
    #expect(files.isEmpty)
  }

  @Test func aNameWithoutAnEndingGetsOneWithTab() async throws {
    let test = try await console()
    await test.press(.character(":"))
    await test.type("export backup")
    await test.press(.down, .down, .tab)
    #expect(test.line(with: ": export backup.tsv") != nil)
    await test.press(.escape, .character(":"))
    await test.type("save")
    await test.press(.enter, .enter)
    #expect(files == ["clouds.csv"])
  }

  @Test(arguments: [
    (ENOSPC, "has no room left"), (EDQUOT, "has no room left"), (EACCES, "You may not write in"),
    (EROFS, "can only be read"), (ENOENT, "There is no folder"), (ENOTDIR, "is not a folder"),
  ])
  func everyErrorSaysWhatToDo(number: Int32, said: String) {
    let message = ExportPlace.problem(number, "/data/users.csv").message
    #expect(message.contains(said) && message.contains("/data"))
    #expect(message.contains("name a file elsewhere"))
  }
}
