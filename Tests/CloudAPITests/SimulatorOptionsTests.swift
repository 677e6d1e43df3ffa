import CloudAPI
import HTTPTypes
import Testing

/// The simulator's own program and its options: the effects of faults on a network, and its counters.
@Suite(.timeLimit(.minutes(5))) struct SimulatorOptionsTests {
  /// Starts the program, runs `body`, and ends the program and all connections to it.
  private func withProgram(_ arguments: String..., body: (RawService) async throws -> Void) async throws {
    let process = try await SimulatorProcess.start(arguments)
    let transport = HTTPTransport()
    let result: Result<Void, any Error>
    do {
      result = .success(try await body(RawService(address: process.address, transport: transport)))
    } catch {
      result = .failure(error)
    }
    await transport.shutdown()
    try await process.stop()
    try result.get()
  }

  @Test(arguments: [("reset-before", "false", "Gare du Nord"), ("reset-after", "true", "Renamed")])
  func aConnectionIsResetBeforeOrAfterTheWriteWasApplied(fault: String, applied: String, name: String) async throws {
    try await withProgram("--control", "--fault", "\(fault):PATCH") { service in
      // This is the message of ECONNRESET; a connection that is only closed has another.
      await #expect(throws: TransportError.connectionLost(reason: "the service broke the connection")) {
        try await service.send(.patch, "/cloud/1", #"{"name":"Renamed"}"#)
      }
      let requests = try await service.send(.get, "/_simulator/requests")
      #expect(
        requests == """
          200 [{"method":"PATCH","path":"/cloud/1","status":null,"applied":\(applied),"authorization_scheme":"Bearer"}]
          """)
      let cloud = try await service.send(.get, "/cloud/1")
      #expect(cloud.contains(name))
    }
  }

  @Test func aTruncatedBodyEndsWithTheConnection() async throws {
    try await withProgram("--fault", "truncated=10") { service in
      await #expect(throws: TransportError.self) { try await service.send(.get, "/cloud") }
    }
  }

  @Test func anEndlessBodyEndsWhenItsReaderLeaves() async throws {
    try await withProgram("--fault", "endless:n=1") { service in
      let response = try await service.open(.get, "/cloud/3")
      #expect(response.head.headerFields[.contentLength] == nil)
      var count = 0
      for try await chunk in response.body {
        count += chunk.count
        if count > 10 << 20 { break }
      }
      #expect(try await service.send(.get, "/cloud/7/size") == "200 0")
    }
  }

  @Test func aSlowBodyArrivesWholeAtLast() async throws {
    try await withProgram("--fault", "drip=100/1:n=1") { service in
      let slow = try await service.send(.get, "/cloud/3")
      #expect(try await service.send(.get, "/cloud/3") == slow)
    }
  }

  @Test func aFaultOfCountsStrikesByMethodAndPath() async throws {
    try await withProgram("--fault", "429=2:GET:/cloud/*/size:n=1", "--fault", "502:/cloud/*/size:n=1") { service in
      #expect(try await service.send(.get, "/cloud/3").hasPrefix("200 "))
      let throttled = try await service.open(.get, "/cloud/3/size")
      #expect(throttled.head.status == .tooManyRequests)
      #expect(throttled.head.headerFields[.retryAfter] == "2")
      #expect(try await service.send(.get, "/cloud/3/size").hasPrefix("502 <html>"))
      #expect(try await service.send(.get, "/cloud/3/size") == "200 549755813888")
    }
  }

  @Test(arguments: [
    ["--fault", "boom"], ["--fault", "latency"], ["--fault-seed", "1"], ["--key", "k:cloud:write"], ["--client", "id"],
    ["--free-clouds", "1"], ["--edition", "next"], ["--tls-expired"], ["--tls", "--tls-ca-file", "/nowhere/ca.pem"],
    ["--token-lifetime", "-1"],
  ])
  func anOptionThatMakesNoSenseIsAUsageError(arguments: [String]) async throws {
    let error = try await #require(throws: SimulatorProcess.NotStarted.self) {
      try await SimulatorProcess.start(arguments).stop()
    }
    #expect(error.exitStatus == 64)
  }

  @Test func withoutTheOptionNothingIsToldAboutRequests() async throws {
    try await withProgram { service in
      let answer = try await service.send(.get, "/_simulator/requests")
      #expect(answer.hasPrefix("404 "))
    }
  }

  @Test func theCurrentEditionAndScopesAndTokensAreServed() async throws {
    try await withProgram(
      "--edition", "current", "--key", "reader:cloud:read", "--client", "app:secret", "--free-clouds", "1", "--control"
    ) { service in
      let form = "grant_type=client_credentials&client_id=app&client_secret=secret"
      let answer = try await service.send(
        .post, "/auth/realms/bimdata/protocol/openid-connect/token", form,
        contentType: "application/x-www-form-urlencoded", authorization: nil)
      let start = try #require(answer.firstRange(of: #""access_token":""#)?.upperBound)
      let token = answer[start...].prefix { $0 != "\"" }

      #expect(try await service.send(.get, "/cloud/3/size", authorization: "ApiKey reader").contains("managed_by"))
      #expect(try await service.send(.delete, "/cloud/3", authorization: "ApiKey reader").hasPrefix("403 "))
      let name = #"{"name":"Mine"}"#
      #expect(try await service.send(.post, "/cloud", name, authorization: "Bearer \(token)").hasPrefix("402 "))
      #expect(try await service.send(.get, "/_simulator/tokens", authorization: nil) == #"200 {"issued":1}"#)
      _ = try await service.send(.delete, "/_simulator/tokens", authorization: nil)
      #expect(try await service.send(.get, "/cloud", authorization: "Bearer \(token)").hasPrefix("401 "))
    }
  }
}

/// A service that can be sent any bytes, including requests that no client would send.
private struct RawService {
  let address: String
  let transport: HTTPTransport

  /// The status and the body, as text.
  @discardableResult
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: String = "", contentType: String = "application/json",
    authorization: String? = "Bearer key"
  ) async throws(TransportError) -> String {
    let response = try await open(method, path, body, contentType: contentType, authorization: authorization)
    var bytes: [UInt8] = []
    for try await chunk in response.body { bytes += chunk }
    return "\(response.head.status.code) \(String(decoding: bytes, as: UTF8.self))"
  }

  func open(
    _ method: HTTPRequest.Method, _ path: String, _ body: String = "", contentType: String = "application/json",
    authorization: String? = "Bearer key"
  ) async throws(TransportError) -> TransportResponse {
    let authority = String(address.split(separator: "/").last ?? "")
    var head = HTTPRequest(method: method, scheme: "http", authority: authority, path: path)
    head.headerFields[.authorization] = authorization
    if !body.isEmpty { head.headerFields[.contentType] = contentType }
    // As long as the test may take, because all other tests run at the same time.
    return try await transport.send(TransportRequest(head: head, body: Array(body.utf8), timeLimit: .seconds(300)))
  }
}
