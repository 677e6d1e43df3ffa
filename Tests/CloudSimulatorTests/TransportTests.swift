import CloudAPI
import CloudSimulator
import HTTPTypes
import Testing

@Suite("The transport in process")
struct TransportTests {
  private let simulator = Simulator.fixed(data: .demo)

  private func send(
    _ head: HTTPRequest, body: String = "", latency: Duration = .zero, timeLimit: Duration = .seconds(30),
    clock: RecordingClock = RecordingClock()
  ) async throws(TransportError) -> String {
    let transport = SimulatorTransport(simulator, latency: latency, clock: clock)
    let request = TransportRequest(head: head, body: Array(body.utf8), timeLimit: timeLimit)
    let response = try await transport.send(request)
    var bytes: [UInt8] = []
    for try await chunk in response.body { bytes += chunk }
    return "\(response.head.status.code) \(String(decoding: bytes, as: UTF8.self))"
  }

  private var rename: HTTPRequest { request(.patch, "/cloud/3", contentType: "application/json") }
  private let newName = #"{"name":"Renamed"}"#

  private var isRenamed: Bool {
    get async {
      await simulator.setFaults(nil)
      return await simulator.exchange(.get, "/cloud/3").text.contains("Renamed")
    }
  }

  @Test func anAnswerArrivesInChunksThatMakeTheWhole() async throws {
    let large = Simulator.fixed(data: .generated(clouds: 1, users: 1000))
    let transport = SimulatorTransport(large)
    let response = try await transport.send(TransportRequest(head: request(.get, "/cloud/1/user")))
    var chunks: [[UInt8]] = []
    for try await chunk in response.body { chunks.append(chunk) }
    #expect(chunks.count > 1)
    #expect(response.head.headerFields[.contentLength] == String(chunks.joined().count))
    #expect(String(decoding: chunks.joined(), as: UTF8.self) == (await large.exchange(.get, "/cloud/1/user").text))
  }

  @Test func latencyAndDelaysAreWaitedForOnTheGivenClock() async throws {
    await simulator.setFaults { _ in .delay(.seconds(2)) }
    let clock = RecordingClock()
    let answer = try await send(request(.get, "/cloud/7/size"), latency: .seconds(1), clock: clock)
    #expect(answer == "200 0")
    #expect(await clock.slept == [.seconds(3)])
  }

  @Test func anAnswerThatComesTooLateWasStillCarriedOut() async {
    let clock = RecordingClock()
    await #expect(throws: TransportError.timedOut) {
      try await send(rename, body: newName, latency: .seconds(40), timeLimit: .seconds(30), clock: clock)
    }
    #expect(await clock.slept == [.seconds(30)])
    #expect(await isRenamed)
  }

  @Test(arguments: [true, false])
  func whatIsNeverAnsweredTimesOut(carriedOut: Bool) async {
    await simulator.setFaults { _ in .noAnswer(carriedOut: carriedOut) }
    await #expect(throws: TransportError.timedOut) { try await send(rename, body: newName) }
    #expect(await simulator.requests.last?.status == nil)
    #expect(await isRenamed == carriedOut)
  }

  @Test(arguments: [true, false])
  func aConnectionIsLostBeforeOrAfterTheWriteWasCarriedOut(carriedOut: Bool) async {
    await simulator.setFaults { _ in .connectionLost(carriedOut: carriedOut) }
    await #expect(throws: TransportError.connectionLost(reason: "Connection reset by peer")) {
      try await send(rename, body: newName)
    }
    #expect(await isRenamed == carriedOut)
  }

  @Test func aRefusedConnectionNeverReachesTheService() async {
    await simulator.setFaults { _ in .refusedConnection }
    await #expect(throws: TransportError.notConnected(reason: "Connection refused")) {
      try await send(rename, body: newName)
    }
    #expect(await simulator.requests.isEmpty)
    #expect(await !isRenamed)
  }

  @Test func somethingElseCanAnswerInTheServicesPlace() async throws {
    await simulator.setFaults { _ in .badGateway }
    #expect(try await send(rename, body: newName).hasPrefix("502 <html>"))
    #expect(await !isRenamed)

    await simulator.setFaults { _ in .replyAfterwards(status: .serviceUnavailable, body: "") }
    #expect(try await send(rename, body: newName) == "503 ")
    #expect(await isRenamed)

    await simulator.setFaults { _ in .throttled(retryAfter: 7) }
    let response = await simulator.respond(to: rename, body: [])
    #expect(response.status == .tooManyRequests)
    #expect(response.fields[.retryAfter] == "7")
  }

  @Test func aBodyCanEndBeforeItsAnnouncedLength() async throws {
    await simulator.setFaults { _ in .truncatedBody(bytes: 10) }
    let response = try await SimulatorTransport(simulator).send(TransportRequest(head: request(.get, "/cloud")))
    var bytes: [UInt8] = []
    await #expect(throws: TransportError.self) {
      for try await chunk in response.body { bytes += chunk }
    }
    #expect(String(decoding: bytes, as: UTF8.self) == #"[{"id":1,""#)
    #expect(response.head.headerFields[.contentLength] != "10")
  }

  @Test func faultsAreChosenByRequest() async throws {
    await simulator.setFaults { $0.path == "/cloud/3/size" ? .forbidden : nil }
    #expect(try await send(request(.get, "/cloud/3/size")).hasPrefix("403 {\"detail\""))
    #expect(try await send(request(.get, "/cloud/7/size")) == "200 0")
  }

  @Test func cancellingTheTaskEndsAWait() async {
    await simulator.setFaults { _ in .noAnswer(carriedOut: false) }
    let transport = SimulatorTransport(simulator)
    let task = Task { [request = request(.get, "/cloud")] in
      try await transport.send(TransportRequest(head: request))
    }
    task.cancel()
    await #expect(throws: TransportError.cancelled) { _ = try await task.value }
  }
}
