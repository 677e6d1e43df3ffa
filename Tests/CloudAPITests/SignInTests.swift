import CloudAPI
import HTTPTypes
import TestSupport
import Testing

/// Signing in with client credentials: which tokens are requested, and which requests carry them.
@Suite(.timeLimit(.minutes(5))) struct SignInTests {
  private func token(_ text: String, _ more: String = #", "expires_in": 3600"#) -> ScriptedTransport.Step {
    .json(#"{"access_token": "\#(text)", "token_type": "bearer"\#(more)}"#)
  }

  /// The requests sent: the path of each, and its authorization.
  private func sent(_ transport: ScriptedTransport) -> [String] {
    transport.requests.map { request in
      let authorization = request.head.headerFields[.authorization].map { " \($0)" } ?? ""
      return "\(request.head.method) \(request.head.path ?? "")\(authorization)"
    }
  }

  @Test func aTokenIsAskedForByAFormAndCarriedAsBearer() async throws {
    let transport = ScriptedTransport(token("t0k3n-1"), .json("[]"), .json("[]"))
    var configuration = CloudAPIClient.Configuration(
      baseURL: try BaseURL("https://api.example.com"),
      credential: try .clientCredentials(
        secret: "p/ss=wörd +", scope: "cloud:read cloud:manage", audience: "https://api"))
    configuration.retry = .none
    let client = CloudAPIClient(configuration: configuration, transport: transport, clock: HandClock())
    _ = try await client.getClouds()
    _ = try await client.getClouds()
    #expect(sent(transport) == ["POST /realms/x/token", "GET /cloud Bearer t0k3n-1", "GET /cloud Bearer t0k3n-1"])
    let request = try #require(transport.requests.first)
    #expect(request.head.authority == "iam.example.com")
    #expect(request.head.headerFields[.contentType] == "application/x-www-form-urlencoded")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "grant_type=client_credentials&client_id=me%20%26%20you&client_secret=p%2Fss%3Dw%C3%B6rd%20%2B"
        + "&scope=cloud%3Aread%20cloud%3Amanage&audience=https%3A%2F%2Fapi")
  }

  @Test(arguments: [
    ("3600", 3_590_000), (#""3600""#, 3_590_000), ("8", 4_000), ("1.0", 500), ("20.0", 10_000),
    ("1e300", 365 * 86_400_000 - 10_000),
  ])
  func aTokenIsRenewedShortlyBeforeItEnds(lifetime: String, milliseconds: Int) async throws {
    let transport = ScriptedTransport(
      token("t0k3n-1", #", "expires_in": \#(lifetime)"#), .json("[]"), .json("[]"), token("t0k3n-2"), .json("[]"))
    let clock = HandClock()
    let client = try CloudAPIClient.signingIn(transport, clock: clock)
    _ = try await client.getClouds()
    clock.advance(by: .milliseconds(milliseconds - 1))
    _ = try await client.getClouds()
    #expect(transport.requests.count == 3)
    clock.advance(by: .milliseconds(1))
    _ = try await client.getClouds()
    #expect(sent(transport).suffix(2) == ["POST /realms/x/token", "GET /cloud Bearer t0k3n-2"])
  }

  @Test(arguments: ["", #", "expires_in": null"#, #", "expires_in": "soon""#, #", "expires_in": {}"#])
  func aTokenWithoutAnEndIsKeptUntilItIsRefused(more: String) async throws {
    let transport = ScriptedTransport(
      token("t0k3n-1", more), .json("[]"), .json("[]"), .empty(status: 401), token("t0k3n-2"), .json("[]"))
    let clock = HandClock()
    let client = try CloudAPIClient.signingIn(transport, clock: clock)
    for _ in 0..<3 {
      _ = try await client.getClouds()
      clock.advance(by: .seconds(100 * 86_400))
    }
    #expect(sent(transport).suffix(2) == ["POST /realms/x/token", "GET /cloud Bearer t0k3n-2"])
    #expect(transport.requests.count == 6)
  }

  @Test(arguments: ["0", "-5", #""0""#, #""-1e30""#])
  func aTokenThatLivesNoTimeIsGoodForOneRequest(lifetime: String) async throws {
    let more = #", "expires_in": \#(lifetime)"#
    let transport = ScriptedTransport(token("t0k3n-1", more), .json("[]"), token("t0k3n-2", more), .json("[]"))
    let client = try CloudAPIClient.signingIn(transport)
    _ = try await client.getClouds()
    _ = try await client.getClouds()
    #expect(sent(transport).last == "GET /cloud Bearer t0k3n-2")
  }

  @Test func whatWasRefusedIsSentAgainOnceWithAnotherToken() async throws {
    for isWrite in [false, true] {
      let service = TokenService()
      let log = EventLog()
      let client = try CloudAPIClient.signingIn(service, observer: log.observer)
      _ = try await client.getClouds()
      service.revoke()
      if isWrite { try await client.createDemo(1) } else { _ = try await client.getCloud(1) }
      let request = isWrite ? "POST /cloud/1/create-demo" : "GET /cloud/1"
      #expect(
        service.now.requests.suffix(2) == [
          "\(request) Bearer t0k3n-number-1", "\(request) Bearer t0k3n-number-2",
        ])
      #expect(service.now.tokens == 2)
      #expect(service.now.writes == (isWrite ? [request] : []))
      #expect(log.events.map(\.attempt).max() == 2)
      #expect(log.events.count { $0.path == TokenService.tokenURL && $0.method == "POST" } == 4)
    }
  }

  @Test func aServiceThatRefusesEveryTokenIsBelieved() async throws {
    let service = TokenService(isGood: false)
    let clock = HandClock()
    let client = try CloudAPIClient.signingIn(service, retry: .standard, clock: clock)
    for _ in 0..<5 {
      let error = try await #require(throws: CloudAPIError.self) { try await client.deleteCloud(1) }
      #expect(error.code == .unauthorized)
      #expect(error.request == "DELETE /cloud/1")
    }
    #expect(service.now.tokens == 2)
    #expect(service.now.requests.count == 6)
    clock.advance(by: .seconds(6))
    await #expect(throws: CloudAPIError.self) { try await client.deleteCloud(1) }
    #expect(service.now.tokens == 3)
    #expect(service.now.requests.count == 8)
  }

  @Test func theSameTokenAgainIsNoReasonToSendAgain() async throws {
    let service = TokenService(isGood: false) { _ in "t0k3n-always" }
    let client = try CloudAPIClient.signingIn(service)
    let error = try await #require(throws: CloudAPIError.self) { try await client.deleteCloud(1) }
    #expect(error.code == .unauthorized)
    #expect(service.now.requests.count == 1)
  }

  @Test func aFixedKeyThatIsRefusedIsNotSentAgain() async throws {
    let transport = ScriptedTransport(.empty(status: 401), .json("[]"))
    let client = try CloudAPIClient.fixture(transport, retry: .standard)
    let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(error.code == .unauthorized)
    #expect(!error.isSigningIn)
    #expect(transport.requests.count == 1)
  }

  @Test func aReadThatFailsAfterItsTokenWasReplacedIsStillTriedAgain() async throws {
    let transport = ScriptedTransport(
      token("t0k3n-1"), .empty(status: 401), token("t0k3n-2"), .empty(status: 503), .empty(status: 503), .json("[]"))
    let client = try CloudAPIClient.signingIn(transport, retry: .standard, clock: SkippingClock(upTo: .seconds(5)))
    #expect(try await client.getClouds().isEmpty)
  }

  @Test func aWriteIsSentAgainForNothingButAToken() async throws {
    let transport = ScriptedTransport(
      token("t0k3n-1"), .empty(status: 401), token("t0k3n-2"), .failure(.connectionLost(reason: "reset")),
      .json("{}"))
    let client = try CloudAPIClient.signingIn(transport, retry: .standard, clock: SkippingClock(upTo: .seconds(5)))
    let error = try await #require(throws: CloudAPIError.self) { try await client.createDemo(1) }
    #expect(error.code == .outcomeUnknown(cause: .connectionLost(reason: "reset")))
    #expect(transport.requests.count == 4)
  }

  @Test func requestsAtTheSameTimeShareOneToken() async throws {
    let gate = Signal()
    let service = TokenService(gate: gate)
    let client = try CloudAPIClient.signingIn(service)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<100 { group.addTask { _ = try await client.getClouds() } }
      await yield(until: service.now.tokens > 0)
      gate.send()
      try await group.waitForAll()
    }
    #expect(service.now.tokens == 1)
    service.revoke()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in 0..<100 { group.addTask { try await client.deleteCloud(Cloud.ID(id)) } }
      try await group.waitForAll()
    }
    #expect(service.now.tokens == 2)
    #expect(Set(service.now.writes).count == 100)
    #expect(service.now.writes.count == 100)
  }

  @Test func whoIsCancelledLeavesTheRenewalToTheOthers() async throws {
    let gate = Signal()
    let service = TokenService(gate: gate)
    let client = try CloudAPIClient.signingIn(service)
    let first = Task { try await client.deleteCloud(1) }
    await yield(until: service.now.tokens > 0)
    let second = Task { try await client.getClouds() }
    first.cancel()
    await #expect(throws: CloudAPIError(.cancelled, request: "DELETE /cloud/1")) { try await first.value }
    gate.send()
    #expect(try await second.value.isEmpty)
    #expect(service.now.tokens <= 2)
    #expect(service.now.writes.isEmpty)
  }

  @Test func aRenewalThatNobodyWaitsForEnds() async throws {
    let transport = ScriptedTransport(.silence, token("t0k3n-2"), .json("[]"))
    let log = EventLog()
    let client = try CloudAPIClient.signingIn(transport, observer: log.observer)
    let task = Task { try await client.getClouds() }
    await yield(until: !transport.requests.isEmpty)
    task.cancel()
    await #expect(throws: CloudAPIError(.cancelled, request: "GET /cloud")) { try await task.value }
    await yield(until: log.events.count >= 2)
    _ = try await client.getClouds()
    #expect(sent(transport).last == "GET /cloud Bearer t0k3n-2")
  }
}
