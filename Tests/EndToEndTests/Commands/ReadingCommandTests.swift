import FoundationEssentials
import TerminalTestSupport
import TerminalUI
import Testing

/// The output of commands that read.
@Suite(.story) struct ReadingCommandTests {
  struct Cloud: Decodable {
    let id: Int
    let name: String
    let size: Int?
  }

  @Test func everyNounListsAndGetsItsRecords() throws {
    let simulator = try SimulatorProcess()
    let commands: [(arguments: [String], holds: String)] = [
      (["clouds", "list"], "Haussmann Tower"), (["clouds", "get", "3"], "Haussmann Tower"),
      (["clouds", "size", "3"], "549755813888"), (["users", "list", "1"], "ada@atelier.example"),
      (["users", "get", "1", "101"], "ada@atelier.example"), (["invitations", "list", "3"], "@"),
      (["processors", "list", "1"], "extract"), (["processors", "get", "1", "12"], "extract"),
    ]
    for command in commands {
      let result = try ShellCommand.run(
        BuiltProduct.path(of: "skydeck"), command.arguments,
        environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key])
      #expect(result.status == .exited(0), "\(command.arguments): \(result.errors)")
      #expect(result.output.contains(command.holds), "\(command.arguments): \(result.output)")
      #expect(result.errors == "")
    }
  }

  @Test func withoutATerminalRowsAreSeparatedByTabsUnderTheColumnsNames() throws {
    let result = try SkydeckCommand.demo("clouds", "list", "--columns", "id,name")
    #expect(result.lines.prefix(3) == ["id\tname", "1\tGare du Nord, extension", "2\t東京駅 再開発"])
    #expect(!result.output.contains("\u{1B}"))
    let bare = try SkydeckCommand.demo("clouds", "list", "--columns", "name", "--no-header")
    #expect(bare.lines.first == "Gare du Nord, extension")
  }

  @Test func jsonIsTheServicesOwnByteForByte() throws {
    let simulator = try SimulatorProcess()
    let first = try SkydeckCommand.on(simulator, "users", "list", "1", "-o", "json")
    let second = try SkydeckCommand.on(simulator, "users", "list", "1", "-o", "json")
    #expect(first.output == second.output)
    let users = try JSONDecoder().decode([[String: JSONAny]].self, from: Data(first.output.utf8))
    #expect(users.first.map { Set($0.keys) } == Set(try simulator.service.fields(of: "/cloud/1/user")))
    #expect(try SkydeckCommand.on(simulator, "clouds", "size", "3", "-o", "json").output == "549755813888\n")
    #expect(try SkydeckCommand.on(simulator, "invitations", "list", "9", "-o", "json").output.hasSuffix("]\n"))
  }

  @Test func sizesJoinTheCloudsAndCanBeSortedBy() throws {
    let result = try SkydeckCommand.demo("clouds", "list", "--sizes", "--sort", "-size", "-o", "json")
    let clouds = try JSONDecoder().decode([Cloud].self, from: Data(result.output.utf8))
    #expect(clouds.count == 14)
    #expect(clouds.map { $0.size ?? -1 } == clouds.map { $0.size ?? -1 }.sorted(by: >))
    let csv = try SkydeckCommand.demo("clouds", "list", "--sizes", "--columns", "id,size", "-o", "csv")
    #expect(csv.lines.contains("3,549755813888"))
  }

  @Test func aFilterKeepsWhatHoldsItsWordsAndAColumnItsValue() throws {
    let admins = try SkydeckCommand.demo("users", "list", "1", "--filter", "role=admin", "--columns", "role")
    #expect(Set(admins.lines.dropFirst().filter { !$0.isEmpty }) == ["admin"])
    let ada = try SkydeckCommand.demo("users", "list", "1", "--filter", "LOVELACE ada", "--columns", "email")
    #expect(ada.output == "email\nada@atelier.example\n")
    let none = try SkydeckCommand.demo("users", "list", "1", "--filter", "nobody at all", "-o", "json")
    #expect(none.output == "[]\n")
  }

  @Test func severalSizesAreSaidTogetherAndAFailureLast() throws {
    let result = try SkydeckCommand.demo("clouds", "size", "3", "99", "4", "-o", "json")
    #expect(result.status == .exited(1))
    #expect(result.output == "{\"3\":549755813888,\"4\":\(try size(of: 4))}\n")
    #expect(result.errors.contains("\"request\":\"GET /cloud/99/size\""))
  }

  @Test func idsComeFromStandardInputWhereADashStands() throws {
    let result = try SkydeckCommand.run(
      "clouds", "size", "3", "-", "--demo", "-o", "json", input: "4\n3, 4\n")
    #expect(result.status == .exited(0), "\(result.errors)")
    #expect(result.output == "{\"3\":549755813888,\"4\":\(try size(of: 4))}\n")
    let nothing = try SkydeckCommand.run("clouds", "size", "-", "--demo", input: "\n")
    #expect(nothing.status == .exited(64) && nothing.errors.contains("holds no id"))
    let wrong = try SkydeckCommand.run("clouds", "size", "-", "--demo", input: "3\n..\n")
    #expect(wrong.status == .exited(64) && wrong.errors.contains("line 2 of standard input: “..” is not an id"))
    #expect(wrong.output == "")
  }

  @Test func csvBeginsWithAByteOrderMarkWhereItIsAskedFor() throws {
    let marked = try SkydeckCommand.demo("clouds", "list", "--columns", "id", "-o", "csv", "--bom")
    #expect(marked.output.hasPrefix("\u{FEFF}id\n1\n"))
    #expect(marked.output.unicodeScalars.count { $0 == "\u{FEFF}" } == 1)
    let bare = try SkydeckCommand.demo("clouds", "list", "--columns", "id", "-o", "csv", "--bom", "--no-header")
    #expect(bare.output.hasPrefix("\u{FEFF}1\n"))
    for format in [["-o", "json"], ["-o", "tsv"], []] {
      let result = try ShellCommand.run(
        BuiltProduct.path(of: "skydeck"), ["clouds", "list", "--demo", "--bom"] + format)
      #expect(result.status == .exited(64) && result.errors.contains("-o csv"))
    }
  }

  private func size(of cloud: Int) throws -> String {
    try SkydeckCommand.demo("clouds", "size", String(cloud), "-o", "json").output.filter(\.isNumber)
  }

  @Test(arguments: [[:], ["COLUMNS": "200"], ["COLUMNS": "10"]])
  func aTableFitsTheTerminalAndKnowsWideCharacters(stale: [String: String]) throws {
    let session = try TerminalSession(
      executable: BuiltProduct.path(of: "skydeck"), arguments: ["clouds", "list", "--demo"], environment: stale,
      size: .init(columns: 40, rows: 30), standardError: .captured)
    #expect(try session.exitStatus() == .exited(0))
    let rows = session.screen.rows
    #expect(rows[0].contains("NAME"))
    // Every row begins with an id: none was wrapped.
    #expect(rows.prefix(15).dropFirst().map { $0.prefix { $0 != " " } } == (1...14).map { Substring("\($0)") })
    #expect(rows.contains { $0.contains("東京駅 再開発") })
  }

  @Test func verboseSaysEveryRequestOnStandardError() throws {
    let simulator = try SimulatorProcess()
    let result = try SkydeckCommand.on(simulator, "-v", "clouds", "size", "3", "-o", "json")
    #expect(result.output == "549755813888\n")
    #expect(result.errors.hasPrefix("GET /cloud/3/size 200, 12 Bytes, "))
    #expect(!result.errors.contains(SimulatorProcess.key))
  }

  @Test func aColumnThatThereIsNotIsNamedWithThoseThatThereAre() throws {
    for arguments in [["--columns", "nam"], ["--sort", "nam"], ["--filter", "nam=x"]] {
      let result = try ShellCommand.run(
        BuiltProduct.path(of: "skydeck"), ["clouds", "list", "--demo"] + arguments)
      #expect(result.status == .exited(64))
      #expect(result.errors.contains("\"nam\"") && result.errors.contains("id, name, size, created"))
      #expect(result.output == "")
    }
  }
}

/// Any JSON value; only its presence matters.
struct JSONAny: Decodable {
  init(from decoder: any Decoder) throws {}
}
