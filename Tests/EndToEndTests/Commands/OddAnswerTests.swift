import FoundationEssentials
import TerminalTestSupport
import Testing

/// The output of commands for responses that aren't as the API documents them.
@Suite(.story) struct OddAnswerTests {
  private func server(_ answers: [String: String]) throws -> ScriptedServer {
    try ScriptedServer { line in
      let body = Array((answers[String(line.split(separator: " ").dropFirst().first ?? "")] ?? "{}").utf8)
      return Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n".utf8) + body
    }
  }

  private func run(_ server: ScriptedServer, _ arguments: String...) throws -> ShellCommand.Result {
    try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), arguments,
      environment: ["SKYDECK_API_URL": server.address, "SKYDECK_API_KEY": "secret-key", "SKYDECK_EDITION": "current"])
  }

  private let users = #"""
    [{"id": 1, "email": "a@x.example", "in_all_projects": 1}, {"id": 2, "email": "b@x.example", "created_at": ""},
     {"id": null, "email": "c@x.example"}, {"id": 4, "email": "\ud83d", "cloud_role": "50"}]
    """#

  @Test(arguments: ["table", "csv", "tsv"])
  func theRowsAreThereWithAWarning(format: String) throws {
    let result = try run(
      server(["/cloud/1/user": users]), "users", "list", "1", "--columns", "id,email,since", "-o", format)
    #expect(result.status == .exited(0))
    let lines = result.lines.filter { !$0.isEmpty }
    #expect(lines.count == 5)
    let separator = format == "csv" ? "," : "\t"
    if format != "table" {
      #expect(
        lines[2...] == [
          ["2", "b@x.example", "?"].joined(separator: separator),
          ["?", "c@x.example", ""].joined(separator: separator),
          ["4", "\u{FFFD}", ""].joined(separator: separator),
        ])
    }
    #expect(
      result.errors
        == "skydeck: Warning: 4 users aren't as the API documents: 1 (in_all_projects is a number, not true or "
        + "false), 2 (created_at is empty, not a date), “c@x.example” without an id (id is null), 4 (email holds half of a "
        + "character (an unpaired surrogate), cloud_role is text, not a whole number). Unreadable values are shown as ?.\n"
    )
  }

  @Test func jsonIsTheServicesOwnWithoutAWarning() throws {
    let result = try run(server(["/cloud/1/user": users]), "users", "list", "1", "-o", "json")
    #expect(result.status == .exited(0))
    #expect(result.errors == "")
    #expect(result.output.contains(#""id":null"#) && result.output.contains(#""\ud83d""#))
  }

  @Test func sortingAndFilteringTakeRecordsAsTheyAre() throws {
    let clouds = #"""
      [{"id": 1, "name": "Étage 11"}, {"id": 2, "name": "Étage 2"}, {"id": 3, "name": {}}, {"id": 4, "name": "a=b का"},
       {"id": 5, "name": "ACME Corp"}, {"id": 6, "name": "कि"}]
      """#
    let server = try server(["/cloud": clouds])
    func ids(_ arguments: String...) throws -> [String] {
      let result = try ShellCommand.run(
        BuiltProduct.path(of: "skydeck"), ["clouds", "list", "--columns", "id", "--no-header"] + arguments,
        environment: ["SKYDECK_API_URL": server.address, "SKYDECK_API_KEY": "secret-key", "SKYDECK_EDITION": "current"])
      #expect(result.status == .exited(0), "\(result.errors)")
      return result.lines.filter { !$0.isEmpty }
    }
    #expect(try ids("--sort", "name", "--filter", "etage") == ["2", "1"])
    #expect(try ids("--filter", "name=acme corp") == ["5"])
    #expect(try ids("--filter", "name=ACME\u{3000}Corp") == ["5"])
    #expect(try ids("--filter", #"a\=b"#) == ["4"])
    #expect(try ids("--filter", "का") == ["4"])
    #expect(try ids("--filter", "name=कि") == ["6"])
    #expect(try ids("--filter", "etage", "--filter", "name=etage 2") == ["2"])
    let unknown = try run(server, "clouds", "list", "--filter", "nam=x")
    #expect(unknown.status == .exited(64))
    #expect(unknown.errors.contains(#"Quotes make it a word: "nam=x"."#))
    #expect(try ids("--filter", #""a=b""#) == ["4"])
  }

  @Test func aRecordByItselfIsPrintedWithItsWarning() throws {
    let server = try server(["/cloud/3": #"{"id": 3, "name": "x", "created_at": {}}"#])
    let result = try run(server, "clouds", "get", "3")
    #expect(result.status == .exited(0))
    #expect(result.output.contains("?"))
    #expect(result.errors.contains("3 (created_at is an object, not a date)"))
  }
}
