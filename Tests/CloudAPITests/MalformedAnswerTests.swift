import CloudAPI
import Testing

/// Responses that no HTTP server sends: they cause an error, and never a crash.
@Suite(.timeLimit(.minutes(5))) struct MalformedAnswerTests {
  private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

  /// Runs `body` with a client of a service that sends every client the same response.
  private func withClient(
    answer: String, _ body: @escaping @Sendable (CloudAPIClient) async throws -> Void
  ) async throws {
    try await ScriptedServer.run { connection in
      guard try connection.request() != nil else { return }
      try connection.write(answer)
    } _: { server in
      let transport = HTTPTransport()
      let client = CloudAPIClient(configuration: try .fixture(server.address).unhurried, transport: transport)
      let result: Result<Void, any Error>
      do {
        result = .success(try await body(client))
      } catch {
        result = .failure(error)
      }
      await transport.shutdown()
      try result.get()
    }
  }

  @Test(arguments: [
    // An invalid status.
    "HTTP/1.1 000 X\r\n\r\n", "HTTP/1.1 000 X\r\nContent-Length: 2\r\n\r\n[]",
    "HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 001 X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n", "HTTP/1.1 99999 Eh\r\n\r\n",
    "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\n[]", "HTTP/1.1 -200 OK\r\n\r\n", "HTTP/1.1 two OK\r\n\r\n",
    "HTTP/1.1 \r\n\r\n",
    // A switch to another protocol that wasn't requested.
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", "HTTP/1.1 101 X\r\n\r\n",
    "HTTP/1.1 101 X\r\nContent-Length: 2\r\n\r\n[]",
    // Another version, or none.
    "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\n[]", "HTTP/3 200 OK\r\n\r\n[]", "HTTP/0.9 200 OK\r\n\r\n[]",
    "HTTP/11.1 200 OK\r\n\r\n[]", "ICY 200 OK\r\n\r\n[]", "[]\r\n", "<html><title>Hello</title></html>\r\n\r\n",
    // Another protocol.
    "SSH-2.0-OpenSSH_9.2\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\0\0\u{12}\u{4}\0\0\0\0\0\0\u{3}\0\0\0\u{64}\0\u{4}\u{0}\u{1}\0\0\0\u{5}\0\u{0}\u{40}\0",
    "\u{16}\u{3}\u{1}\0\u{2}",
    "GET /cloud HTTP/1.1\r\nHost: here\r\n\r\n",
    // Invalid header fields.
    "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\n[]",
    "HTTP/1.1 200 OK\r\nX\0Y: a\r\nContent-Length: 2\r\n\r\n[]",
    "HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 2\r\n\r\n[]",
    "HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 2\r\n\r\n[]",
    // Invalid lengths, or more than one.
    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n[]", "HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\n[]",
    "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n[]",
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n[]",
    chunked + "-1\r\n[]\r\n0\r\n\r\n", chunked + "zz\r\n[]\r\n0\r\n\r\n",
    chunked + "FFFFFFFFFFFFFFFFFF\r\n[]\r\n0\r\n\r\n",
    chunked + "2\r\n[]garbage\r\n0\r\n\r\n", chunked + "\r\n\r\n",
  ])
  func whatIsNoHTTPIsSaidToBeNone(answer: String) async throws {
    try await withClient(answer: answer) { client in
      let read = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
      #expect(read.code == .unreachable(reason: "the response isn't HTTP"), "\(read)")
      let write = try await #require(throws: CloudAPIError.self) { try await client.createDemo(3) }
      #expect(write.code == .outcomeUnknown(cause: .connectionLost(reason: "the response isn't HTTP")), "\(write)")
    }
  }

  /// Valid or cut-off responses: the client may accept or refuse them.
  @Test(arguments: [
    "HTTP/1.1 999 X\r\nContent-Length: 2\r\n\r\n[]", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n[]",
    "HTTP/1.0 200 OK\r\n\r\n[]",
    "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n[]", "HTTP/1.1 304 Not Modified\r\n\r\n[]",
    "HTTP/1.1 200 OK\nContent-Length: 2\n\n[]", "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n[]",
    "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n[]",
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n[]", "HTTP/1.1 200 OK\r\n folded\r\n\r\n[]",
    "HTTP/1.1 100 Continue\r\nContent-Length: 2\r\n\r\n[]", chunked + "2\r\n[]\r\n0\r\nX: y\r\n\r\n", "\r\n\r\n\r\n",
    "HTTP/1.1 200 OK\r\n",
  ])
  func oddAnswersEndNothingButTheRequest(answer: String) async throws {
    try await expectNoDump(answer)
  }

  @Test func answersOfAnySizeEndNothingButTheRequest() async throws {
    try await expectNoDump(Self.chunked + "2;" + String(repeating: "x", count: 20_000) + "\r\n[]\r\n0\r\n\r\n")
    try await expectNoDump("HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 200_000) + "\r\n\r\n")
    try await expectNoDump("HTTP/1.1 200 OK\r\n" + String(repeating: "X: y\r\n", count: 10_000) + "\r\n[]")
  }

  /// Sends a read and a write, and expects readable error messages.
  private func expectNoDump(_ answer: String) async throws {
    try await withClient(answer: answer) { client in
      for _ in 0..<2 {
        do throws(CloudAPIError) {
          _ = try await client.getClouds()
        } catch {
          #expect(!error.message.contains("Error"), "\(error)")
        }
        do throws(CloudAPIError) {
          try await client.createDemo(3)
        } catch {
          #expect(!error.message.contains("Error"), "\(error)")
        }
      }
    }
  }

  @Test func informationalAnswersBeforeTheAnswerAreReadOver() async throws {
    let before = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    try await withClient(answer: before + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]") { client in
      let clouds = try await client.getClouds()
      #expect(clouds.isEmpty)
    }
  }

  @Test func informationalAnswersWithoutEndAreNoAnswer() async throws {
    try await ScriptedServer.run { connection in
      _ = try connection.request()
      while true { try connection.write(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 1000)) }
    } _: { server in
      let transport = HTTPTransport()
      let client = CloudAPIClient(configuration: try .fixture(server.address).unhurried, transport: transport)
      let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
      #expect(error.code == .unreachable(reason: "the response isn't HTTP"))
      await transport.shutdown()
    }
  }

  @Test(arguments: ["HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n[{\"id\": 666}]", "garbage", "\0\0\0"])
  func whatFollowsAnAnswerIsNeverTheAnswerToTheNextRequest(more: String) async throws {
    try await ScriptedServer.run { connection in
      while try connection.request() != nil {
        try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]" + more)
      }
    } _: { server in
      var connections = HTTPTransport.Configuration()
      connections.maximumConnections = 1
      connections.connectTimeLimit = .seconds(120)
      let transport = HTTPTransport(configuration: connections)
      let client = CloudAPIClient(
        configuration: try .fixture(server.address, retry: .standard).unhurried, transport: transport)
      // With one connection, each request waits for the end of the one before, and starts at once then.
      let answers = await withTaskGroup(of: [Cloud]?.self) { group in
        for _ in 0..<10 { group.addTask { try? await client.getClouds() } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      // Some may run out of attempts, because a connection that sent too much is closed.
      let read = answers.compactMap(\.self)
      #expect(!read.isEmpty)
      #expect(read == Array(repeating: [], count: read.count))
      await transport.shutdown()
    }
  }
}
