import FoundationEssentials
import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// What the panes show, in files.
@Suite(.story) struct ExportingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func export(_ path: String, on skydeck: Skydeck) throws {
    try skydeck.open(.character(":"), "Commands")
    try skydeck.type("export \(path)")
    try skydeck.press(.enter)
  }

  private func content(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  private func shell(_ arguments: String...) throws -> String {
    let result = try ShellCommand.run(BuiltProduct.path(of: "skydeck"), ["--demo"] + arguments)
    #expect(result.status == .exited(0))
    return result.output
  }

  @Test func theUsersThatTheFilterLeavesAreWrittenAsTheShellPrintsThem() throws {
    let skydeck = try Skydeck.demo("--cloud", "3", "--pane", "users", "--theme", "dark")
    try skydeck.press(.character("/"))
    try skydeck.session.send("role=admin")
    try skydeck.press(.enter)
    try skydeck.waitUntil("the filter is kept") { $0.rows.last?.contains("filter") == true }
    let path = folder.path + "/users.csv"
    try export(path, on: skydeck)
    try skydeck.waitFor("Wrote ", "users to \(path).")
    let printed = try shell(
      "users", "list", "3", "--filter", "role=admin", "--sort", "name", "-o", "csv", "--columns",
      "id,name,email,company,role,since")
    #expect(try content(path) == printed)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(folder.files == [path])
    try skydeck.waitUntilClosed("Commands")
    try skydeck.quit()
  }

  @Test func aFileThatIsThereIsReplacedOnlyAfterAQuestion() throws {
    let skydeck = try Skydeck.demo("--cloud", "3")
    let path = folder.path + "/clouds.json"
    try Data("mine\n".utf8).write(to: URL(filePath: path))
    try export(path, on: skydeck)
    try skydeck.waitFor("╭ Write 14 clouds? ─", "exists, and is replaced.")
    try skydeck.press(.enter)
    try skydeck.waitUntilGone("╭ Write 14 clouds? ─")
    #expect(try content(path) == "mine\n")
    // What was typed is still there.
    try skydeck.waitFor(": export ")
    try skydeck.press(.enter)
    try skydeck.waitFor("╭ Write 14 clouds? ─")
    try skydeck.press(.character("y"))
    try skydeck.waitFor("Wrote 14 clouds to \(path).")
    #expect(try content(path).contains("{\"id\":3,\"name\":\"Haussmann Tower\",\"size\":549755813888,"))
    try skydeck.waitUntilClosed("Commands")
    try skydeck.quit()
  }

  @Test func whereThereIsNoFolderTheLineStays() throws {
    let skydeck = try Skydeck.demo()
    try export("\(folder.path)/none/users.csv", on: skydeck)
    try skydeck.waitFor("There is no folder \(folder.path)/none: make it, or name a file elsewhere.", ": export ")
    try skydeck.close("Commands")
    try skydeck.quit()
  }
}
