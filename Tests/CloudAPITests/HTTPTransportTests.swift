import CloudAPI
import HTTPTypes
import Synchronization
import Testing

/// The client over real sockets, against servers that break the rules.
@Suite(.timeLimit(.minutes(5))) struct HTTPTransportTests {
  static let cloud = #"{"id": 3, "name": "Harbour"}"#

  /// Runs `body` with a client of a server that runs `script` on each connection.
  func withClient(
    _ change: @escaping @Sendable (inout CloudAPIClient.Configuration) -> Void = { _ in },
    connections: HTTPTransport.Configuration = HTTPTransport.Configuration(),
    clock: any Clock<Duration> = ContinuousClock(),
    script: @escaping ScriptedServer.Script,
    _ body: @escaping @Sendable (CloudAPIClient) async throws -> Void
  ) async throws {
    try await ScriptedServer.run(script: script) { server in
      var configuration = try CloudAPIClient.Configuration.fixture(server.address).unhurried
      change(&configuration)
      let transport = HTTPTransport(configuration: connections)
      let client = CloudAPIClient(configuration: configuration, transport: transport, clock: clock)
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

  @Test func whatIsSentIsPlainHTTP() async throws {
    let requests = Mutex<[String]>([])
    try await withClient { connection in
      while let request = try connection.request() {
        requests.withLock { $0.append(request) }
        try connection.answer(Self.cloud)
      }
    } _: { client in
      try await client.updateCloud(3, CloudPatch(name: "Harbour"))
      try await client.createDemo(3)
      // The response is about another cloud.
      _ = try? await client.getCloud(Cloud.ID(rawValue: "a b"))
    }
    let sent = requests.withLock { $0 }
    #expect(
      sent.map { $0.prefix { $0 != "\r\n" } } == [
        "PATCH /cloud/3 HTTP/1.1", "POST /cloud/3/create-demo HTTP/1.1", "GET /cloud/a%20b HTTP/1.1",
      ])
    #expect(sent[0].lowercased().contains("\r\nauthorization: bearer \(fixtureKey)\r\n"))
    #expect(sent[0].lowercased().contains("\r\ncontent-length: 18\r\n"))
    #expect(sent[0].hasSuffix("\r\n\r\n{\"name\":\"Harbour\"}"))
    #expect(sent[1].lowercased().contains("\r\ncontent-length: 0\r\n"))
    #expect(!sent[2].lowercased().contains("content-length"))
    #expect(sent.allSatisfy { $0.lowercased().ranges(of: "\r\nhost: ").count == 1 })
  }

  @Test func aWriteIsToldWhenItIsSentAndAReadIsNot() async throws {
    let sent = Mutex(0)
    try await withClient { connection in
      while try connection.request() != nil { try connection.answer(Self.cloud) }
    } _: { client in
      let client = client.telling(whenSent: { sent.withLock { $0 += 1 } })
      _ = try await client.getCloud(3)
      #expect(sent.withLock { $0 } == 0)
      try await client.updateCloud(3, CloudPatch(name: "Harbour"))
    }
    #expect(sent.withLock { $0 } == 1)
  }

  @Test func requestsInARowShareOneConnection() async throws {
    let numbers = Mutex<Set<Int>>([])
    var connections = HTTPTransport.Configuration()
    // On a busy machine, seconds may pass between two requests.
    connections.idleTimeLimit = .seconds(600)
    try await withClient(connections: connections) { connection in
      numbers.withLock { _ = $0.insert(connection.number) }
      while try connection.request() != nil { try connection.answer("[]") }
    } _: { client in
      for _ in 0..<20 { _ = try await client.getClouds() }
    }
    #expect(numbers.withLock { $0 } == [1])
  }

  /// A connection whose responses are out of step will send more wrong ones.
  @Test func afterAnAnswerToSomethingElseNothingMoreIsSentOnItsConnection() async throws {
    let requests = Mutex<[String]>([])
    var connections = HTTPTransport.Configuration()
    connections.idleTimeLimit = .seconds(600)
    try await withClient(connections: connections) { connection in
      while let request = try connection.request() {
        requests.withLock { $0.append("\(connection.number) \(request.prefix { $0 != "\r\n" })") }
        try connection.answer(connection.number == 1 ? #"{"id": 7, "name": "Quay"}"# : Self.cloud)
      }
    } _: { client in
      _ = try await client.getCloud(7)
      await #expect(throws: CloudAPIError.self) { try await client.getCloud(3) }
      let read = try await client.getCloud(3)
      #expect(read.name == "Harbour")
    }
    #expect(
      requests.withLock { $0 } == [
        "1 GET /cloud/7 HTTP/1.1", "1 GET /cloud/3 HTTP/1.1", "2 GET /cloud/3 HTTP/1.1",
      ])
  }

  @Test func noMoreConnectionsAreMadeThanAllowed() async throws {
    let highest = Mutex(0)
    var connections = HTTPTransport.Configuration()
    connections.maximumConnections = 3
    try await withClient(connections: connections) { connection in
      highest.withLock { $0 = max($0, connection.number) }
      while try connection.request() != nil { try connection.answer("[]") }
    } _: { client in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<50 { group.addTask { _ = try await client.getClouds() } }
        try await group.waitForAll()
      }
    }
    #expect(highest.withLock { $0 } <= 3)
  }

  @Test func anUnusedConnectionIsClosed() async throws {
    let closed = Signal()
    var connections = HTTPTransport.Configuration()
    connections.idleTimeLimit = .milliseconds(20)
    try await withClient(connections: connections) { connection in
      defer { closed.send() }
      while try connection.request() != nil { try connection.answer("[]") }
    } _: { client in
      _ = try await client.getClouds()
      await closed.wait()
    }
    #expect(HTTPTransport.Configuration().idleTimeLimit <= .seconds(5))
  }

  @Test func aConnectionThatTheServerClosedIsReplaced() async throws {
    try await withClient { connection in
      _ = try connection.request()
      try connection.answer("[]", fields: ["Connection: close"])
    } _: { client in
      for _ in 0..<3 { _ = try await client.getClouds() }
    }
  }

  @Test(arguments: [true, false]) func cancellingARequestClosesItsConnection(headIsSent: Bool) async throws {
    let (arrived, closed) = (Signal(), Signal())
    try await withClient { connection in
      _ = try connection.request()
      if headIsSent { try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[") }
      arrived.send()
      connection.closing()
      closed.send()
    } _: { client in
      let task = Task { try await client.getClouds() }
      await arrived.wait()
      task.cancel()
      await #expect(throws: CloudAPIError(.cancelled, request: "GET /cloud")) { try await task.value }
      await closed.wait()
    }
  }

  @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n["])
  func aRequestThatIsNotAnsweredInTimeEndsWithItsConnection(start: String) async throws {
    let (timeIsUp, closed) = (Signal(), Signal())
    try await withClient(clock: GatedClock(until: timeIsUp)) { connection in
      _ = try connection.request()
      try connection.write(start)
      timeIsUp.send()
      connection.closing()
      closed.send()
    } _: { client in
      let error = try await #require(throws: CloudAPIError.self) { try await client.getCloud(3) }
      #expect(error.code == .timedOut)
      await closed.wait()
    }
  }

  @Test func aBodyThatDripsForeverEndsWhenTheTimeIsUp() async throws {
    let (timeIsUp, closed) = (Signal(), Signal())
    try await withClient(clock: GatedClock(until: timeIsUp)) { connection in
      defer { closed.send() }
      _ = try connection.request()
      try connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      for drop in 1... {
        try connection.write("1\r\n \r\n")
        if drop == 100 { timeIsUp.send() }
      }
    } _: { client in
      let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
      #expect(error.code == .timedOut)
      await closed.wait()
    }
  }

  @Test func anEndlessBodyEndsAtTheLimit() async throws {
    let closed = Signal()
    try await withClient {
      $0.bodyLimit = 100_000
    } script: { connection in
      defer { closed.send() }
      _ = try connection.request()
      try connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      let chunk = "1000\r\n" + String(repeating: " ", count: 0x1000) + "\r\n"
      while true { try connection.write(chunk) }
    } _: { client in
      let error = try await #require(throws: CloudAPIError.self) { try await client.getCloud(3) }
      #expect(error.code == .tooLarge(limit: 100_000))
      await closed.wait()
    }
  }

  @Test func aLongListArrivesWhole() async throws {
    let users = (1...20_000).map { #"{"id": \#($0), "email": "user\#($0)@example.com", "cloud_role": 50}"# }
    let body = "[" + users.joined(separator: ",") + "]"
    try await withClient { connection in
      while try connection.request() != nil { try connection.answer(body) }
    } _: { client in
      let users = try await client.getCloudUsers(1)
      #expect(users.count == 20_000)
      #expect(users.last?.email == "user20000@example.com")
    }
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
    "HTTP/1.1 200 OK\r\nContent-Le",
    "",
  ])
  func anAnswerThatBreaksOffLeavesTheOutcomeOfAWriteUnknown(start: String) async throws {
    let attempts = Mutex(0)
    try await withClient {
      $0.retry = .none
    } script: { connection in
      guard try connection.request() != nil else { return }
      attempts.withLock { $0 += 1 }
      try connection.write(start)
    } _: { client in
      let read = try await #require(throws: CloudAPIError.self) { try await client.getCloud(3) }
      #expect(read.code.isUnreachable, "\(read)")
      let write = try await #require(throws: CloudAPIError.self) { try await client.createDemo(3) }
      #expect(write.isOutcomeUnknown, "\(write)")
    }
    #expect(attempts.withLock { $0 } == 2)
  }

  @Test func aResetLeavesTheOutcomeOfAWriteUnknown() async throws {
    try await withClient { connection in
      _ = try connection.request()
      connection.resetAtEnd()
    } _: { client in
      let read = try await #require(throws: CloudAPIError.self) { try await client.getCloud(3) }
      #expect(read.code.isUnreachable, "\(read)")
      let write = try await #require(throws: CloudAPIError.self) { try await client.deleteCloud(3) }
      #expect(write.isOutcomeUnknown, "\(write)")
    }
  }

  @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 99999 Eh\r\n\r\n", "\u{16}\u{3}\u{1}"])
  func aServerOfAnotherKindIsNoAnswer(start: String) async throws {
    try await withClient { connection in
      _ = try connection.request()
      try connection.write(start)
    } _: { client in
      let read = try await #require(throws: CloudAPIError.self) { try await client.getCloud(3) }
      #expect(read.code.isUnreachable, "\(read)")
      #expect(!"\(read)".contains(fixtureKey))
    }
  }

  @Test func aReadIsSentAgainOnAnotherConnection() async throws {
    try await withClient {
      $0.retry = RetryPolicy(attempts: 3, baseDelay: .milliseconds(1), maximumDelay: .milliseconds(10))
    } script: { connection in
      while try connection.request() != nil, connection.number == 3 {
        try connection.answer(Self.cloud)
      }
    } _: { client in
      let cloud = try await client.getCloud(3)
      #expect(cloud.name == "Harbour")
    }
  }

  @Test func aRedirectIsFollowedToAnotherServerWithoutTheKey() async throws {
    let second = Mutex("")
    try await ScriptedServer.run { connection in
      while let request = try connection.request() {
        second.withLock { $0 = request }
        try connection.answer("[]")
      }
    } _: { other in
      try await withClient { connection in
        while try connection.request() != nil {
          try connection.answer("", status: "307 Moved", fields: ["Location: \(other.address)/there?x=1"])
        }
      } _: { client in
        #expect(try await client.getClouds().isEmpty)
        let error = try await #require(throws: CloudAPIError.self) {
          try await client.createCloud(CloudDraft(name: "x"))
        }
        #expect(error.code == .unexpectedRedirect(location: "\(other.address)/there"))
      }
    }
    #expect(second.withLock { $0 }.hasPrefix("GET /there?x=1 HTTP/1.1\r\n"))
    #expect(!second.withLock { $0 }.contains(fixtureKey))
  }
}
