import CloudAPI
import HTTPTypes
import Synchronization
import Testing

// What becomes of requests while there is no connection.
extension HTTPTransportTests {
  /// If the client waited for the connection instead, the reason would be the time limit.
  @Test func aRefusedConnectionFailsAsRefusedAndSendsNothing() async throws {
    // No ordinary program may listen on this port; another test may have taken a port that was free a moment ago.
    let transport = HTTPTransport()
    let client = CloudAPIClient(configuration: try .fixture("http://127.0.0.1:1"), transport: transport)
    let write = try await #require(throws: CloudAPIError.self) { try await client.deleteCloud(3) }
    #expect(write.code == .unreachable(reason: "the connection was refused"))
    await transport.shutdown()
  }

  @Test func aConnectionThatCannotBeSecuredSendsNothing() async throws {
    try await ScriptedServer.run { connection in
      try connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
      connection.closing()
    } _: { server in
      let transport = HTTPTransport()
      let address = "https" + server.address.dropFirst("http".count)
      let client = CloudAPIClient(configuration: try .fixture(address), transport: transport)
      let write = try await #require(throws: CloudAPIError.self) { try await client.deleteCloud(3) }
      #expect(write.code.isUnreachable, "\(write)")
      await transport.shutdown()
    }
  }

  @Test func aConnectionThatNeverComesAboutSendsNothing() async throws {
    try await ScriptedServer.run { connection in
      connection.closing()
    } _: { server in
      var connections = HTTPTransport.Configuration()
      connections.connectTimeLimit = .milliseconds(100)
      let transport = HTTPTransport(configuration: connections)
      let address = "https" + server.address.dropFirst("http".count)
      let client = CloudAPIClient(configuration: try .fixture(address), transport: transport)
      let write = try await #require(throws: CloudAPIError.self) { try await client.deleteCloud(3) }
      #expect(write.code == .unreachable(reason: "no connection was made in time"))
      await transport.shutdown()
    }
  }

  @Test func aWriteCancelledWhileItIsConnectingIsNotSent() async throws {
    let arrived = Signal()
    try await ScriptedServer.run { connection in
      arrived.send()
      connection.closing()
    } _: { server in
      let address = "https" + server.address.dropFirst("http".count)
      let client = CloudAPIClient(configuration: try .fixture(address), transport: HTTPTransport())
      let task = Task { try await client.deleteCloud(3) }
      await arrived.wait()
      task.cancel()
      await #expect(throws: CloudAPIError(.cancelled, request: "DELETE /cloud/3")) { try await task.value }
    }
  }

  @Test func aTransportThatWasShutDownSendsNothing() async throws {
    let transport = HTTPTransport()
    await transport.shutdown()
    await transport.shutdown()
    let client = CloudAPIClient(configuration: try .fixture("http://127.0.0.1:1"), transport: transport)
    let write = try await #require(throws: CloudAPIError.self) { try await client.deleteCloud(3) }
    #expect(write.code.isUnreachable, "\(write)")
  }

  @Test func theLastReferenceClosesTheConnections() async throws {
    let closed = Signal()
    try await ScriptedServer.run { connection in
      defer { closed.send() }
      while try connection.request() != nil { try connection.answer("[]") }
    } _: { server in
      var connections = HTTPTransport.Configuration()
      connections.idleTimeLimit = .seconds(60)
      _ = try await CloudAPIClient(
        configuration: try .fixture(server.address).unhurried, transport: HTTPTransport(configuration: connections)
      ).getClouds()
      await closed.wait()
    }
  }
}

extension CloudAPIError.Code {
  var isUnreachable: Bool {
    if case .unreachable = self { true } else { false }
  }
}
