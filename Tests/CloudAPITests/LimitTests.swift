import CloudAPI
import HTTPTypes
import TestSupport
import Testing

/// Time limits, sizes and cancellation.
@Suite(.timeLimit(.minutes(5))) struct LimitTests {
  @Test(arguments: [ScriptedTransport.Step.silence, .silenceAfterHead(200), .silenceAfterHead(500)])
  func aReadEndsWhenItsTimeIsUp(step: ScriptedTransport.Step) async throws {
    let client = try CloudAPIClient.fixture(ScriptedTransport(step), clock: SkippingClock(upTo: .seconds(30)))
    let error = try await #require(throws: CloudAPIError.self) { try await client.getCloud(1) }
    #expect(error.code == .timedOut)
  }

  @Test(arguments: [ScriptedTransport.Step.silence, .silenceAfterHead(200)])
  func theOutcomeOfAWriteWhoseTimeIsUpIsUnknown(step: ScriptedTransport.Step) async throws {
    let client = try CloudAPIClient.fixture(ScriptedTransport(step), clock: SkippingClock(upTo: .seconds(30)))
    let error = try await #require(throws: CloudAPIError.self) { try await client.deleteCloud(1) }
    #expect(error.code == .outcomeUnknown(cause: .timedOut))
  }

  @Test func listsHaveATimeLimitOfTheirOwn() async throws {
    let clock = SkippingClock(upTo: .seconds(119))
    let transport = ScriptedTransport(.silence)
    let client = try CloudAPIClient.fixture(transport, clock: clock)
    let task = Task { try await client.getClouds() }
    await yield(until: !transport.requests.isEmpty)
    task.cancel()
    await #expect(throws: CloudAPIError(.cancelled, request: "GET /cloud")) { try await task.value }
    #expect(clock.skipped.isEmpty)
  }

  @Test func cancellingAReadEndsItSilently() async throws {
    let transport = ScriptedTransport(.silence)
    let client = try CloudAPIClient.fixture(transport, retry: .standard)
    let task = Task { try await client.getCloud(1) }
    await yield(until: !transport.requests.isEmpty)
    task.cancel()
    await #expect(throws: CloudAPIError(.cancelled, request: "GET /cloud/1")) { try await task.value }
    #expect(transport.requests.count == 1)
  }

  @Test func theOutcomeOfAWriteCancelledAfterItWasSentIsUnknown() async throws {
    let transport = ScriptedTransport(.silence)
    let client = try CloudAPIClient.fixture(transport)
    let task = Task { try await client.createDemo(1) }
    await yield(until: !transport.requests.isEmpty)
    task.cancel()
    let expected = CloudAPIError(.outcomeUnknown(cause: .cancelled), request: "POST /cloud/1/create-demo")
    await #expect(throws: expected) { try await task.value }
  }

  @Test func aWriteCancelledBeforeItWasSentIsNotSent() async throws {
    let transport = ScriptedTransport(.json("{}"))
    let client = try CloudAPIClient.fixture(transport)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      try await client.deleteCloud(1)
    }
    task.cancel()
    await #expect(throws: CloudAPIError(.cancelled, request: "DELETE /cloud/1")) { try await task.value }
    #expect(transport.requests.isEmpty)
  }

  @Test func cancellingTheWaitBetweenAttemptsEndsTheRead() async throws {
    let transport = ScriptedTransport(.empty(status: 500), .json("[]"))
    let log = EventLog()
    let client = try CloudAPIClient.fixture(
      transport, retry: .standard, clock: SkippingClock(upTo: .zero), observer: log.observer)
    let task = Task { try await client.getClouds() }
    await yield(until: log.events.count >= 2)
    task.cancel()
    await #expect(throws: CloudAPIError(.cancelled, request: "GET /cloud")) { try await task.value }
    #expect(transport.requests.count == 1)
  }

  @Test func aBodyBeyondTheLimitIsNotReadOn() async throws {
    let chunk = [UInt8](repeating: 0x20, count: 600)
    let steps: [ScriptedTransport.Step] = [
      .answer(200, body: [chunk, chunk, chunk], failure: .timedOut),
      .answer(200, [.contentLength: "1001"], body: [], failure: .timedOut),
    ]
    for step in steps {
      var configuration = try CloudAPIClient.Configuration.fixture()
      configuration.bodyLimit = 1_000
      let read = CloudAPIClient(configuration: configuration, transport: ScriptedTransport(step))
      let error = try await #require(throws: CloudAPIError.self) { try await read.getCloud(1) }
      #expect(error.code == .tooLarge(limit: 1000))

      let write = CloudAPIClient(configuration: configuration, transport: ScriptedTransport(step))
      let unknown = try await #require(throws: CloudAPIError.self) { try await write.createDemo(1) }
      #expect(unknown.code == .outcomeUnknown(cause: .badResponse(reason: "the response is larger than 1000 bytes")))
    }
  }

  @Test(arguments: ["9223372036854775808", "-9223372036854775808", "-1", "many"])
  func aLengthThatCannotBeIsNotBelieved(length: String) async throws {
    let transport = ScriptedTransport(.answer(200, [.contentLength: length], body: [Array("[]".utf8)]))
    #expect(try await CloudAPIClient.fixture(transport).getClouds().isEmpty)
  }

  @Test func theLongBodyOfAnErrorStillTellsItsStatus() async throws {
    var configuration = try CloudAPIClient.Configuration.fixture()
    configuration.bodyLimit = 100
    let page = [UInt8]("<title>No such page</title>".utf8)
    let transport = ScriptedTransport(
      .answer(404, body: [page, [UInt8](repeating: 0x20, count: 600)], failure: .timedOut))
    let client = CloudAPIClient(configuration: configuration, transport: transport)
    let error = try await #require(throws: CloudAPIError.self) { try await client.getCloud(1) }
    #expect(error == CloudAPIError(.rejected(status: 404), request: "GET /cloud/1", detail: "No such page"))
  }

  @Test func listsMayBeLargerThanOtherAnswers() async throws {
    var configuration = try CloudAPIClient.Configuration.fixture()
    configuration.bodyLimit = 100
    configuration.listBodyLimit = 1_000
    let padding = String(repeating: " ", count: 500)
    let transport = ScriptedTransport(.json("[\(padding)]"))
    #expect(try await CloudAPIClient(configuration: configuration, transport: transport).getClouds().isEmpty)
  }
}
