import CloudAPI
import Synchronization
import Testing

/// Which connections requests use.
@Suite(.timeLimit(.minutes(5))) struct ConnectionUseTests {
  private func withClient(
    connections: HTTPTransport.Configuration = HTTPTransport.Configuration(), retry: RetryPolicy = .none,
    script: @escaping ScriptedServer.Script, _ body: @escaping @Sendable (CloudAPIClient) async throws -> Void
  ) async throws {
    try await ScriptedServer.run(script: script) { server in
      let transport = HTTPTransport(configuration: connections)
      let client = CloudAPIClient(
        configuration: try .fixture(server.address, retry: retry).unhurried, transport: transport)
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

  @Test func noWriteIsLostToAServiceThatClosesConnectionsWithoutSayingSo() async throws {
    let writes = Mutex(0)
    try await withClient { connection in
      guard let request = try connection.request() else { return }
      if !request.hasPrefix("GET") { writes.withLock { $0 += 1 } }
      try connection.answer(#"{"id": 1, "name": "x"}"#, fields: ["Connection: keep-alive"])
    } _: { client in
      for _ in 0..<100 { try await client.createDemo(3) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<100 { group.addTask { try await client.createDemo(3) } }
        try await group.waitForAll()
      }
    }
    #expect(writes.withLock { $0 } == 200)
  }

  @Test func aWriteNeverGoesOutOnAConnectionThatWasUsed() async throws {
    let requests = Mutex<[(connection: Int, method: String, text: String)]>([])
    try await withClient { connection in
      while let request = try connection.request() {
        requests.withLock {
          $0.append((connection.number, String(request.prefix { $0 != " " }), request.lowercased()))
        }
        try connection.answer(request.hasPrefix("GET /cloud ") ? "[]" : #"{"id": 1, "name": "x"}"#)
      }
    } _: { client in
      for _ in 0..<3 {
        _ = try await client.getClouds()
        try await client.createDemo(3)
      }
    }
    let all = requests.withLock { $0 }
    let writes = all.filter { $0.method != "GET" }
    #expect(Set(writes.map(\.connection)).count == 3)
    #expect(Set(all.filter { $0.method == "GET" }.map(\.connection)).isDisjoint(with: writes.map(\.connection)))
    #expect(writes.allSatisfy { $0.text.contains("\r\nconnection: close\r\n") })
  }

  /// The second request waits for the only connection, which is closed at the end of the first response.
  @Test func aRequestThatAClosedConnectionDidNotTakeGoesOutOnAnother() async throws {
    var connections = HTTPTransport.Configuration()
    connections.maximumConnections = 1
    // On a busy machine, requests may wait long for the connection.
    connections.connectTimeLimit = .seconds(120)
    try await withClient(connections: connections) { connection in
      guard try connection.request() != nil else { return }
      try connection.write("HTTP/1.1 200 OK\r\n\r\n[]")
    } _: { client in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<10 { group.addTask { _ = try await client.getClouds() } }
        try await group.waitForAll()
      }
    }
  }
}
