import CloudAPI
import FoundationEssentials
import HTTPTypes
import Testing

@Suite struct RetryTests {
  private let policy = RetryPolicy(attempts: 4, baseDelay: .milliseconds(100), maximumDelay: .seconds(5))

  @Test func aReadIsSentAgainAfterGrowingWaits() async throws {
    let transport = ScriptedTransport(
      .failure(.notConnected(reason: "refused")), .failure(.connectionLost(reason: "reset")), .empty(status: 503),
      .json("[]"))
    let clock = SkippingClock(upTo: .seconds(5))
    let clouds = try await CloudAPIClient.fixture(transport, retry: policy, clock: clock).getClouds()
    #expect(clouds.isEmpty)
    #expect(clock.skipped == [.milliseconds(100), .milliseconds(200), .milliseconds(400)])
  }

  @Test func theLastFailureIsThrownWhenTheAttemptsAreUsedUp() async throws {
    let transport = ScriptedTransport(.empty(status: 500), .empty(status: 502), .empty(status: 503), .json("[]"))
    let client = try CloudAPIClient.fixture(transport, retry: .standard, clock: SkippingClock(upTo: .seconds(5)))
    let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(error.code == .server(status: 503))
    #expect(transport.requests.count == 3)
  }

  @Test(arguments: ["3", "Fri, 02 Jan 2026 03:04:08 GMT"])
  func theServiceIsGivenTheTimeItAsksFor(retryAfter: String) async throws {
    let transport = ScriptedTransport(.empty(status: 429, [.retryAfter: retryAfter]), .json("[]"))
    let clock = SkippingClock(upTo: .seconds(5))
    _ = try await CloudAPIClient.fixture(transport, retry: policy, clock: clock).getClouds()
    #expect(clock.skipped == [.seconds(3)])
  }

  @Test func aLongerTimeThanTheLimitIsThrownAtOnce() async throws {
    let transport = ScriptedTransport(.empty(status: 429, [.retryAfter: "6"]), .json("[]"))
    let clock = SkippingClock(upTo: .seconds(10))
    let client = try CloudAPIClient.fixture(transport, retry: policy, clock: clock)
    let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(error.code == .rateLimited(until: fixtureNow + 6))
    #expect(clock.skipped.isEmpty)
    #expect(transport.requests.count == 1)
  }

  @Test(arguments: [
    ScriptedTransport.Step.empty(status: 404), .empty(status: 401), .json("nonsense"), .failure(.timedOut),
    .empty(status: 301),
  ])
  func whatWillNotPassIsNotTriedAgain(step: ScriptedTransport.Step) async throws {
    let transport = ScriptedTransport(step, .json("[]"))
    let client = try CloudAPIClient.fixture(transport, retry: policy, clock: SkippingClock(upTo: .seconds(5)))
    await #expect(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(transport.requests.count == 1)
  }

  @Test func jitterSpreadsTheWaits() async throws {
    for (random, wait) in [(0.0, Duration.milliseconds(50)), (0.5, .milliseconds(75)), (1, .milliseconds(100))] {
      let clock = SkippingClock(upTo: .seconds(5))
      let client = CloudAPIClient(
        configuration: try .fixture(retry: policy),
        transport: ScriptedTransport(.empty(status: 500), .json("[]")), clock: clock, random: { random })
      _ = try await client.getClouds()
      #expect(clock.skipped == [wait])
    }
  }

  @Test func everyAttemptIsReportedWithANumberOfItsOwn() async throws {
    let log = EventLog()
    let transport = ScriptedTransport(.empty(status: 500), .json("[]"), .json(#"{"detail":"Gone."}"#, status: 404))
    let client = try CloudAPIClient.fixture(
      transport, retry: policy, clock: SkippingClock(upTo: .seconds(5)), observer: log.observer)
    _ = try await client.getCloudUsers(7)
    await #expect(throws: CloudAPIError.self) { try await client.deleteCloud(7) }

    let failed = CloudAPIError(.server(status: 500), request: "GET /cloud/7/user")
    let missing = CloudAPIError(.notFound, request: "DELETE /cloud/7", detail: "Gone.")
    func event(_ id: Int, _ method: String, _ path: String, attempt: Int, _ kind: RequestEvent.Kind) -> RequestEvent {
      RequestEvent(id: id, method: method, path: path, attempt: attempt, kind: kind)
    }
    #expect(
      log.events == [
        event(1, "GET", "/cloud/7/user", attempt: 1, .started),
        event(1, "GET", "/cloud/7/user", attempt: 1, .failed(failed, .zero)),
        event(2, "GET", "/cloud/7/user", attempt: 2, .started),
        event(2, "GET", "/cloud/7/user", attempt: 2, .finished(status: 200, bytes: 2, .zero)),
        event(3, "DELETE", "/cloud/7", attempt: 1, .started),
        event(3, "DELETE", "/cloud/7", attempt: 1, .failed(missing, .zero)),
      ])
  }
}
