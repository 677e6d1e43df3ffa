import CloudAPI
import FoundationEssentials
import HTTPTypes
import Testing

/// Services that ask for fewer requests: how long to wait, and that nothing is sent before.
@Suite(.timeLimit(.minutes(5))) struct ThrottlingTests {
  private func code(_ step: ScriptedTransport.Step) async throws -> CloudAPIError.Code {
    let client = try CloudAPIClient.fixture(ScriptedTransport(step))
    return try await #require(throws: CloudAPIError.self) { try await client.getClouds() }.code
  }

  @Test(arguments: [
    ("Request was throttled. Expected available in 12 seconds.", 12), ("Expected available in 1 second.", 1),
    ("Expected available in 12.5 seconds.", 13), ("Rate limit exceeded, try again in 2 minutes", 120),
    ("Too many requests. Please retry after 30s", 30), ("100 requests per 60 seconds; wait 5 s.", 5),
    ("Try again in 1 hour", 3600),
  ])
  func theTimeIsTakenFromWhatItSaysWhereThereIsNoField(text: String, seconds: Double) async throws {
    let until = CloudAPIError.Code.rateLimited(until: fixtureNow + seconds)
    #expect(try await code(.json(#"{"detail": "\#(text)"}"#, status: 429)) == until)
    #expect(try await code(.answer(429, [.contentType: "text/plain"], body: [Array(text.utf8)])) == until)
  }

  @Test(arguments: ["Slow down.", "Try again in a moment.", "Available in 20 ms", "Try again in 5 parsecs", "Wait!"])
  func whatSaysNoTimeHasNone(text: String) async throws {
    #expect(try await code(.json(#"{"detail": "\#(text)"}"#, status: 429)) == .rateLimited(until: nil))
  }

  @Test(arguments: [
    "Fri, 02 Jan 2026 03:04:25 GMT", "Friday, 02-Jan-26 03:04:25 GMT", "Fri Jan  2 03:04:25 2026", "20",
  ])
  func theFieldCountsBeforeTheText(retryAfter: String) async throws {
    let body = #"{"detail": "Request was throttled. Expected available in 99 seconds."}"#
    #expect(
      try await code(.json(body, status: 429, [.retryAfter: retryAfter])) == .rateLimited(until: fixtureNow + 20))
  }

  @Test func aDateIsComparedWithTheServicesOwnClock() async throws {
    let fields: HTTPFields = [
      .date: "Fri, 02 Jan 2026 05:00:00 GMT", .retryAfter: "Fri, 02 Jan 2026 05:00:30 GMT",
    ]
    #expect(try await code(.empty(status: 429, fields)) == .rateLimited(until: fixtureNow + 30))
  }

  @Test(arguments: [429, 503]) func noReadIsSentAgainBeforeTheTimeThatTheTextSays(status: Int) async throws {
    let body = #"{"detail": "Request was throttled. Expected available in 4 seconds."}"#
    let transport = ScriptedTransport(.json(body, status: status), .json("[]"))
    let clock = SkippingClock(upTo: .seconds(5))
    _ = try await CloudAPIClient.fixture(transport, retry: .standard, clock: clock).getClouds()
    #expect(clock.skipped == [.seconds(4)])
  }

  @Test func aLongerTimeInTheTextIsNotWaitedFor() async throws {
    let body = #"{"detail": "Request was throttled. Expected available in 40 seconds."}"#
    let transport = ScriptedTransport(.json(body, status: 429), .json("[]"))
    let client = try CloudAPIClient.fixture(transport, retry: .standard, clock: SkippingClock(upTo: .seconds(5)))
    let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(error.code == .rateLimited(until: fixtureNow + 40))
    #expect(transport.requests.count == 1)
  }

  @Test func aTokenEndpointAsksInTheSameWays() async throws {
    let step = ScriptedTransport.Step.json(#"{"error": "Try again in 30 seconds"}"#, status: 429)
    let client = try CloudAPIClient.signingIn(ScriptedTransport(step), retry: .standard)
    let error = try await #require(throws: CloudAPIError.self) { try await client.getClouds() }
    #expect(error.code == .rateLimited(until: fixtureNow + 30))
  }

  @Test func aReadThatTheServiceWaitedForTooLongIsSentAgain() async throws {
    let transport = ScriptedTransport(.empty(status: 408), .json("[]"), .empty(status: 408))
    let client = try CloudAPIClient.fixture(transport, retry: .standard, clock: SkippingClock(upTo: .seconds(5)))
    #expect(try await client.getClouds().isEmpty)
    let write = try await #require(throws: CloudAPIError.self) { try await client.deleteCloud(1) }
    #expect(write.code == .rejected(status: 408))
    #expect(transport.requests.count == 3)
  }
}
