import Synchronization
import TerminalTestSupport
import Testing

/// Commands whose writes get a response about something else.
@Suite(.story) struct WriteAnswerTests {
  private static func json(_ body: String, status: String = "200 OK") -> [UInt8] {
    Array(
      ("HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
        + "Connection: close\r\n\r\n\(body)").utf8)
  }

  private static let nothing = Array("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".utf8)
  private static let page = Array(
    "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 19\r\nConnection: close\r\n\r\n404 page not found\n"
      .utf8)

  private func run(_ server: ScriptedServer, _ arguments: String...) throws -> ShellCommand.Result {
    try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), arguments + ["--settle", "1"],
      environment: ["SKYDECK_API_URL": server.address, "SKYDECK_API_KEY": "key", "SKYDECK_EDITION": "classic"])
  }

  /// The exit status of `users update 3 9 --role admin` after a response, if reading shows a role.
  @Test(
    arguments: [
      (#"{"id":7,"cloud_role":100}"#, 100, 0), (#"{"id":7,"cloud_role":100}"#, 50, 69),
      (#"{"id":9,"cloud_role":50}"#, 50, 69), ("", 100, 0), ("", 50, 69), (#"{"id":9}"#, 100, 0),
    ] as [(String, Int, Int32)])
  func anEditIsDoneWhenTheRecordSaysSo(answer: String, role: Int, status: Int32) throws {
    let server = try ScriptedServer { line in
      if line.hasPrefix("GET") { return Self.json(#"{"id":9,"email":"ada@x.example","cloud_role":\#(role)}"#) }
      return answer.isEmpty ? Self.nothing : Self.json(answer)
    }
    let result = try run(server, "users", "update", "3", "9", "--role", "admin", "-o", "json")
    #expect(result.status == .exited(status), "\(result.output) \(result.errors)")
    #expect(result.output.contains("ada@x.example") == (status == 0))
    if status != 0 { #expect(result.errors.contains("outcome_unknown")) }
  }

  /// A proxy's status tells nothing about what was done behind it.
  @Test(
    arguments: [("502 Bad Gateway", 100, 0), ("502 Bad Gateway", 50, 69), ("404 Not Found", 100, 0)]
      as [(String, Int, Int32)])
  func anEditThatAProxyAnswersIsReadAgain(answer: String, role: Int, status: Int32) throws {
    let server = try ScriptedServer { line in
      line.hasPrefix("GET") ? Self.json(#"{"id":9,"cloud_role":\#(role)}"#) : Self.json("{}", status: answer)
    }
    let result = try run(server, "users", "update", "3", "9", "--role", "admin", "-o", "json")
    #expect(result.status == .exited(status), "\(result.output) \(result.errors)")
    #expect(result.errors.contains(status == 0 ? "read_again" : "outcome_unknown"))
  }

  /// The response to the first invitation is repeated for the following ones.
  @Test(arguments: [true, false])
  func severalInvitationsDoNotTakeTheFirstOnesAnswerForTheirs(areListed: Bool) throws {
    let posts = Mutex(0)
    let addresses = ["a", "b", "c"].map { "\($0)@x.example" }
    let server = try ScriptedServer { line in
      if line.hasPrefix("GET") {
        let sent = areListed ? posts.withLock { $0 } : 1
        let list = addresses.prefix(sent).enumerated().map { index, email in
          #"{"id":\#(index + 1),"email":"\#(email)","redirect_uri":"https://x.example"}"#
        }
        return Self.json("[\(list.joined(separator: ","))]")
      }
      posts.withLock { $0 += 1 }
      return Self.json(#"{"id":1,"email":"a@x.example","redirect_uri":"https://x.example"}"#, status: "201 Created")
    }
    let result = try run(
      server, "invitations", "send", "3", addresses[0], addresses[1], addresses[2], "--redirect-uri",
      "https://x.example", "-o", "csv", "--columns", "id,email", "--no-header")
    if areListed {
      #expect(result.status == .exited(0), "\(result.errors)")
      #expect(result.lines.filter { !$0.isEmpty } == ["1,a@x.example", "2,b@x.example", "3,c@x.example"])
      #expect(result.errors.contains("b@x.example: "))
      #expect(posts.withLock { $0 } == 3)
    } else {
      #expect(result.status == .exited(69))
      #expect(result.lines.filter { !$0.isEmpty } == ["1,a@x.example"])
      #expect(result.errors.contains("b@x.example: POST /cloud/3/invitation: outcome unknown:"))
      // Nothing more is sent while the outcome is unknown.
      #expect(posts.withLock { $0 } == 2)
    }
  }

  @Test(arguments: [true, false]) func aGatewaysNotFoundDoesNotSayThatTheRecordIsGone(isThere: Bool) throws {
    let server = try ScriptedServer { line in
      if line.hasPrefix("DELETE") { return Self.page }
      if line.hasPrefix("GET /cloud/3 ") { return Self.json(#"{"id":3,"name":"Harbour"}"#) }
      return Self.json(isThere ? #"[{"id":9,"email":"ada@x.example","name":"svg"}]"# : "[]")
    }
    let commands = [
      ["users", "remove", "--allow-no-admin", "3"], ["invitations", "cancel", "3"], ["processors", "delete", "3"],
    ]
    for command in commands {
      let result = try ShellCommand.run(
        BuiltProduct.path(of: "skydeck"), command + ["9", "--yes", "--settle", "1"],
        environment: ["SKYDECK_API_URL": server.address, "SKYDECK_API_KEY": "key", "SKYDECK_EDITION": "classic"])
      #expect(result.status == .exited(isThere ? 69 : 1), "\(command): \(result.errors)")
      let saysSo = result.errors.contains("A re-read shows that it is still there")
      #expect(saysSo == isThere, "\(command): \(result.errors)")
    }
  }

  @Test func aCreationAnsweredWithNothingIsFoundInTheList() throws {
    let server = try ScriptedServer { line in
      line.hasPrefix("GET") ? Self.json(#"[{"id":1,"name":"Other"},{"id":2,"name":"Quay"}]"#) : Self.nothing
    }
    let result = try run(server, "clouds", "create", "--name", "Quay", "-o", "json")
    #expect(result.status == .exited(0), "\(result.errors)")
    #expect(result.output == #"{"id":2,"name":"Quay"}"# + "\n")
  }
}
