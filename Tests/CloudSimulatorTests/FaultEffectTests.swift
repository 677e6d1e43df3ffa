import CloudAPI
import CloudSimulator
import HTTPTypes
import Testing

@Suite("Effects of faults in process")
struct FaultEffectTests {
  private let simulator = Simulator.fixed(data: .demo)

  private func strike(_ spec: String) async throws {
    await simulator.setFaultPlan(FaultPlan([try FaultSpec(spec)]))
  }

  private var isRenamed: Bool {
    get async {
      await simulator.setFaultPlan(.none)
      return await simulator.exchange(.get, "/cloud/3").text.contains("Renamed")
    }
  }

  private var rename: TransportRequest {
    TransportRequest(
      head: request(.patch, "/cloud/3", contentType: "application/json"), body: Array(#"{"name":"Renamed"}"#.utf8))
  }

  @Test(arguments: [
    ("latency=5", 200, true), ("429=3", 429, false), ("429", 429, false), ("401", 401, false), ("402", 402, false),
    ("403", 403, false), ("500", 500, false), ("500-after", 500, true), ("502", 502, false), ("502-after", 502, true),
    ("503", 503, false), ("504", 504, false), ("504-after", 504, true), ("malformed", 200, true),
    ("wrong-type", 200, true), ("html", 200, false), ("truncated=3", 200, true), ("endless", 200, true),
    ("drip=100/1", 200, true), ("revoke", 200, true),
  ])
  func aFaultAnswersAndSaysWhetherTheWriteWasApplied(spec: String, status: Int, isApplied: Bool) async throws {
    try await strike(spec)
    let response = try await SimulatorTransport(simulator, clock: RecordingClock()).send(rename)
    #expect(response.head.status.code == status)
    let recorded = try #require(await simulator.requests.last)
    #expect(recorded.status?.code == status)
    #expect(recorded.isApplied == isApplied)
    #expect(await isRenamed == isApplied)
  }

  @Test(arguments: [
    ("reset-before", TransportError.connectionLost(reason: "Connection reset by peer"), false),
    ("reset-after", .connectionLost(reason: "Connection reset by peer"), true),
    ("no-answer-before", .timedOut, false), ("no-answer-after", .timedOut, true),
  ])
  func aFaultLosesTheAnswerBeforeOrAfterTheWriteWasApplied(
    spec: String, error: TransportError, isApplied: Bool
  ) async throws {
    try await strike(spec)
    await #expect(throws: error) {
      _ = try await SimulatorTransport(simulator, clock: RecordingClock()).send(rename)
    }
    let recorded = try #require(await simulator.requests.last)
    #expect(recorded.status == nil)
    #expect(recorded.isApplied == isApplied)
    #expect(await isRenamed == isApplied)
  }

  @Test func aWriteIsCarriedOutLongAfterItsConnectionIsGone() async throws {
    try await strike("reset-late=4000")
    let clock = RecordingClock()
    await #expect(throws: TransportError.connectionLost(reason: "Connection reset by peer")) {
      _ = try await SimulatorTransport(simulator, clock: clock).send(rename)
    }
    while await simulator.requests.last?.isApplied == false { await Task.yield() }
    #expect(await clock.slept == [.seconds(4)])
    #expect(await simulator.requests.map(\.status) == [nil])
    #expect(await isRenamed)
  }

  /// As if somebody else had deleted it just before.
  @Test(arguments: [
    ("/cloud/3/user/102", "/cloud/3/user", 200), ("/cloud/3/invitation/31", "/cloud/3/invitation", 200),
    ("/cloud/3/processor/35", "/cloud/3/processor", 200), ("/cloud/3/user", "/cloud/3", 404),
    ("/cloud/3", "/cloud/3/user", 404),
    ("/cloud/3/size", "/cloud/3", 404),
  ])
  func whatVanishesIsGoneBeforeTheRequestAndAfterwards(path: String, around: String, status: Int) async throws {
    let id = path.split(separator: "/").last.map { "\"id\":\($0)," } ?? ""
    try await strike("vanish:n=1:\(path)")
    #expect(
      await simulator.exchange(path.hasSuffix("r") || path.hasSuffix("size") ? .get : .delete, path).status == 404)
    let rest = await simulator.exchange(.get, around)
    #expect(rest.status == status)
    #expect(!rest.text.contains(id))
    #expect(await !simulator.exchange(.get, "/cloud").text.contains("Haussmann Tower") == (status == 404))
    #expect(await simulator.requests.first?.isApplied == false)
  }

  @Test func aRefusedConnectionIsNoRequest() async throws {
    try await strike("refused")
    await #expect(throws: TransportError.notConnected(reason: "Connection refused")) {
      _ = try await SimulatorTransport(simulator).send(rename)
    }
    #expect(await simulator.requests.isEmpty)
  }

  @Test(arguments: [
    ("429=7", "application/json", #"{"detail":"Request was throttled. Expected available in 7 seconds."}"#),
    ("429", "application/json", #"{"detail":"Request was throttled."}"#),
    ("401", "application/json", #"{"detail":"Invalid token."}"#),
    ("402", "application/json", #"{"detail":"You can't create more than 1 free cloud"}"#),
    ("502", "text/html", "<html>\n<head><title>502 Bad Gateway</title></head>"),
    ("504", "text/html", "<html>\n<head><title>504 Gateway Timeout</title></head>"),
    ("html", "text/html", "<!doctype html>"), ("500", "text/html", "<!doctype html>"),
    ("malformed", "application/json", #"[{"id":1,"name":"#), ("wrong-type", "application/json", #""maintenance""#),
  ])
  func anAnswerInTheServicesPlaceHasItsOwnTypeAndBody(spec: String, type: String, start: String) async throws {
    try await strike(spec)
    let answer = await simulator.exchange(.get, "/cloud")
    #expect(answer.fields[.contentType] == type)
    #expect(answer.text.hasPrefix(start))
    #expect(answer.fields[.retryAfter] == (spec == "429=7" ? "7" : nil))
  }

  @Test func aSlowBodyComesInSmallPiecesWithPauses() async throws {
    let whole = await simulator.exchange(.get, "/cloud/3").text
    try await strike("drip=100/250")
    let clock = RecordingClock()
    let response = try await SimulatorTransport(simulator, clock: clock)
      .send(TransportRequest(head: request(.get, "/cloud/3")))
    var chunks: [[UInt8]] = []
    for try await chunk in response.body { chunks.append(chunk) }
    #expect(String(decoding: chunks.joined(), as: UTF8.self) == whole)
    #expect(chunks.dropLast().allSatisfy { $0.count == 100 })
    #expect(await clock.slept == Array(repeating: .milliseconds(250), count: chunks.count))
  }

  @Test func anEndlessBodyBeginsAsItShouldAndGoesOnUntilItsReaderStops() async throws {
    let whole = await simulator.exchange(.get, "/cloud/3").text
    try await strike("endless")
    let response = try await SimulatorTransport(simulator)
      .send(TransportRequest(head: request(.get, "/cloud/3")))
    #expect(response.head.headerFields[.contentLength] == nil)
    var bytes: [UInt8] = []
    for try await chunk in response.body {
      bytes += chunk
      if bytes.count > 1 << 20 { break }
    }
    let start = Array(whole.utf8.dropLast())
    #expect(bytes.starts(with: start))
    #expect(bytes.dropFirst(start.count).allSatisfy { $0 == UInt8(ascii: " ") })
  }
}
