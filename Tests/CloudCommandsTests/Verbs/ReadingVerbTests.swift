import CloudCommands
import CloudSimulator
import CommandTestSupport
import HTTPTypes
import Testing

/// Tests of verbs that read: their output and their exit status.
@Suite struct ReadingVerbTests {
  /// Reduces long lists to one record, so that a test can state the output.
  private static let filters = ["clouds list": "archive", "users list": "alan"]

  private static func filter(_ verb: Verb) -> [String] {
    filters[verb.name].map { ["--filter", $0] } ?? []
  }

  @Test(arguments: Verb.reads) func aScriptGetsWhatItAsksFor(verb: Verb) async throws {
    let shell = try await ShellUnderTest()
    let csv = await shell.run(verb.words + Self.filter(verb) + ["-o", "csv"])
    #expect(csv.output == verb.csv)
    #expect(csv.status == 0 && csv.errors == "")
    let standard = await shell.run(verb.words + Self.filter(verb))
    #expect(standard.output == verb.csv.replacing(",", with: "\t"))
    let bare = await shell.run(verb.words + Self.filter(verb) + ["--no-header"])
    #expect(bare.output == standard.lines.dropFirst().map { $0 + "\n" }.joined())
  }

  @Test(arguments: Verb.reads) func aPersonGetsATable(verb: Verb) async throws {
    let result = try await ShellUnderTest().run(verb.words + Self.filter(verb), by: .person())
    let bold = result.output.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[m", with: "")
    #expect(bold == verb.table)
    #expect(result.status == 0 && result.errors == "")
  }

  @Test(arguments: Verb.reads) func jsonIsTheServicesOwn(verb: Verb) async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run(verb.words + ["-o", "json"])
    #expect(result.output.filter { $0 != "\n" } == (await shell.read(try #require(verb.path))))
    #expect(result.output.last == "\n")
    #expect(result.status == 0 && result.errors == "")
  }

  @Test(arguments: Verb.reads.filter { $0.words.count > 2 })
  func whatThereIsNotIsSaidOnStandardError(verb: Verb) async throws {
    let shell = try await ShellUnderTest()
    let path = try #require(verb.path).replacing("/\(verb.words[2])", with: "/999", maxReplacements: 1)
    let text = await shell.run(verb.elsewhere)
    #expect(text.status == 1)
    #expect(!text.output.contains("999"))
    #expect(text.errors.hasPrefix("skydeck: GET \(path): Not found, or hidden from this key"), "\(text.errors)")
    let json = await shell.run(verb.elsewhere + ["-o", "json"])
    #expect(json.status == 1)
    #expect(json.errors.contains(#""code":"not_found","exit_status":1"#), "\(json.errors)")
    #expect(json.errors.contains(#""request":"GET \#(path)""#))
  }

  @Test(arguments: Verb.reads) func aKeyThatMayNotIsStatus77(verb: Verb) async throws {
    let shell = try await ShellUnderTest(faults: "403")
    let result = await shell.run(verb.words)
    #expect(result.status == 77)
    #expect(result.errors.hasPrefix("skydeck: GET /cloud"), "\(result.errors)")
    #expect(!result.errors.contains(ShellUnderTest.key))
  }

  @Test(arguments: Verb.reads + Verb.writes) func withoutAServiceNothingIsTried(verb: Verb) async throws {
    var shell = try await ShellUnderTest()
    shell.variables = [:]
    let result = await shell.run(verb.words)
    #expect(result.status == 78)
    #expect(result.output == "" && result.errors.contains("SKYDECK_API_URL"), "\(result.errors)")
    let json = await shell.run(verb.words + ["-o", "json"])
    #expect(json.errors.hasPrefix(#"{"error":{"code":"configuration""#))
  }

  @Test func columnsAreChosenAndRowsSortedAndFiltered() async throws {
    let shell = try await ShellUnderTest()
    let sorted = await shell.run("users", "list", "7", "--sort", "-name", "--columns", "id,role", "--no-header")
    #expect(sorted.output == "163\tuser\n160\tadmin\n164\tadmin\n162\tuser\n161\tuser\n")
    let filtered = await shell.run("users", "list", "7", "--filter", "role=admin", "--columns", "id", "--no-header")
    #expect(filtered.output == "160\n164\n")
    let sizes = await shell.run("clouds", "list", "--sizes", "--sort", "-size", "--columns", "id,size", "-o", "csv")
    #expect(sizes.lines.prefix(3) == ["id,size", "1,1319413953331", "2,863288426496"])
    for option in ["--columns", "--sort"] {
      let wrong = await shell.run("users", "list", "7", option, "nam")
      #expect(wrong.status == 64 && wrong.output == "")
      #expect(wrong.errors.contains("users have no column \"nam\"; they have id, name"), "\(wrong.errors)")
    }
  }

  @Test func severalSizesAreSaidTogetherAndAFailureLast() async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run(["clouds", "size", "3", "-", "-o", "json"], by: .script(input: "999, 4\n3\n"))
    #expect(result.output == "{\"3\":549755813888,\"4\":235149459456}\n")
    #expect(result.status == 1 && result.errors.contains("GET /cloud/999/size"))
    let wrong = await shell.run(["clouds", "size", "-"], by: .script(input: "3\n..\n"))
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("Nothing was sent: line 2 of standard input: “..” is not an id."))
    let none = await shell.run(["clouds", "size", "-"], by: .script(input: "\n"))
    #expect(none.status == 64 && none.errors == "skydeck: Standard input holds no id.\n")
    let large = await shell.run(["clouds", "size", "-"], by: .script(input: String(repeating: "3\n", count: 1 << 20)))
    #expect(large.status == 64 && large.errors.contains("larger than a megabyte"))
  }

  @Test func sizesAreHarmlessJSON() async throws {
    let shell = try await ShellUnderTest()
    await shell.simulator.setFaults { _ in
      .reply(status: .ok, body: "{\"total_size\":1,\"x\":\"a\u{9B}2J\u{202E}\u{7F}\"}")
    }
    let size = #"{"total_size":1,"x":"a\u009b2J\u202e\u007f"}"#
    let one = await shell.run("clouds", "size", "3", "-o", "json")
    #expect(one.output == size + "\n")
    let several = await shell.run("clouds", "size", "3", "4\"", "-o", "json")
    #expect(several.output == "{\"3\":\(size),\"4\\\"\":\(size)}\n")
  }

  @Test func theDemoIsReadWithoutAService() async throws {
    var shell = try await ShellUnderTest(.empty)
    shell.variables = [:]
    let result = await shell.run("clouds", "get", "7", "--demo", "--columns", "name", "--no-header")
    #expect(result.output == "Archive 2018\n")
    #expect(result.status == 0 && result.errors == "")
  }
}
