import CloudAPI
import CloudSimulator
import HTTPTypes
import Synchronization
import Testing

/// No write is carried out twice for one call, whatever goes wrong.
@Suite(.timeLimit(.minutes(5))) struct WriteOnceTests {
  /// A fault, and whether the service carries out the request in spite of it.
  struct Trouble: CustomTestStringConvertible {
    let fault: Fault
    let isApplied: Bool

    var testDescription: String { String("\(fault)".prefix(60)) }
  }

  /// Every fault of the simulator; add new ones here.
  static let troubles: [Trouble] = [
    Trouble(fault: .delay(.seconds(1)), isApplied: true),
    Trouble(fault: .delay(.seconds(1_000)), isApplied: true),
    Trouble(fault: .noAnswer(carriedOut: true), isApplied: true),
    Trouble(fault: .noAnswer(carriedOut: false), isApplied: false),
    Trouble(fault: .refusedConnection, isApplied: false),
    Trouble(fault: .connectionLost(carriedOut: true), isApplied: true),
    Trouble(fault: .connectionLost(carriedOut: false), isApplied: false),
    Trouble(fault: .connectionLostEarly(carriedOutAfter: .seconds(1)), isApplied: true),
    Trouble(fault: .truncatedBody(bytes: 0), isApplied: true),
    Trouble(fault: .truncatedBody(bytes: 3), isApplied: true),
    Trouble(fault: .drip(bytes: 1, every: .seconds(100)), isApplied: true),
    Trouble(fault: .endlessBody, isApplied: true),
    Trouble(fault: .badGateway, isApplied: false),
    Trouble(fault: .throttled(retryAfter: 0), isApplied: false),
    Trouble(fault: .forbidden, isApplied: false),
    Trouble(fault: .reply(status: .unauthorized, body: "{}"), isApplied: false),
    Trouble(fault: .reply(status: .serviceUnavailable, body: ""), isApplied: false),
    Trouble(fault: .reply(status: .temporaryRedirect, fields: [.location: "/cloud/3"], body: ""), isApplied: false),
    Trouble(fault: .replyAfterwards(status: .badGateway, body: "<html>"), isApplied: true),
    Trouble(fault: .replyAfterwards(status: .ok, body: "{\"id\":"), isApplied: true),
    Trouble(fault: .replyAfterwards(status: .gatewayTimeout, body: ""), isApplied: true),
  ]

  static let writes = Operation.allCases.filter(\.isWrite)

  @Test(arguments: troubles, [false, true])
  func noWriteArrivesTwice(trouble: Trouble, signsIn: Bool) async throws {
    for operation in Self.writes {
      let simulator = Simulator()
      let counts = WriteCounts()
      // The fault affects every write, so that a repeated write would be counted, too.
      await simulator.setFaults { request in
        guard request.method != .get else { return nil }
        counts.count(request, isApplied: trouble.isApplied)
        return trouble.fault
      }
      // Delays on the network take no time, and the time limit for longer ones passes at once.
      let network = SkippingClock(upTo: .seconds(1_000))
      var configuration = CloudAPIClient.Configuration(
        baseURL: try BaseURL("http://localhost"),
        credential: signsIn ? try .clientCredentials() : .fixed(.bearer(Secret("any"))))
      configuration.edition = .auto
      let service = TokensBeside(SimulatorTransport(simulator, clock: network))
      let client = CloudAPIClient(configuration: configuration, transport: service, clock: HandClock())
      var failure: CloudAPIError?
      do {
        try await operation.use(client)
      } catch {
        failure = error as? CloudAPIError
      }

      let isRefusal = trouble.fault == .reply(status: .unauthorized, body: "{}")
      #expect(counts.arrived == (isRefusal && signsIn ? 2 : 1), "\(operation)")
      #expect(counts.applied <= 1, "\(operation)")
      // A write that may have been carried out is never reported as failed.
      if trouble.isApplied, let failure { #expect(failure.isOutcomeUnknown, "\(operation): \(failure)") }
    }
  }

  @Test func aWriteThatWasRefusedForItsTokenIsAppliedOnce() async throws {
    for operation in Self.writes {
      let simulator = Simulator()
      let counts = WriteCounts()
      await simulator.setFaults { request in
        guard request.method != .get else { return nil }
        let isFirst = counts.arrived == 0
        counts.count(request, isApplied: !isFirst)
        return isFirst ? .reply(status: .unauthorized, body: "{}") : nil
      }
      var configuration = CloudAPIClient.Configuration(
        baseURL: try BaseURL("http://localhost"), credential: try .clientCredentials())
      configuration.retry = .standard
      let client = CloudAPIClient(
        configuration: configuration, transport: TokensBeside(SimulatorTransport(simulator)))
      let sent = Atomic(0)
      try await operation.use(client.telling(whenSent: { sent.add(1, ordering: .relaxed) }))
      #expect(sent.load(ordering: .relaxed) == 2, "\(operation)")
      #expect(counts.arrived == 2, "\(operation)")
      #expect(counts.applied == 1, "\(operation)")
    }
  }
}

/// How many writes the service received, and how many it carried out.
private final class WriteCounts: Sendable {
  private let counts = Mutex((arrived: 0, applied: 0))

  var arrived: Int { counts.withLock { $0.arrived } }
  var applied: Int { counts.withLock { $0.applied } }

  func count(_ request: HTTPRequest, isApplied: Bool) {
    counts.withLock { counts in
      counts.arrived += 1
      if isApplied { counts.applied += 1 }
    }
  }
}

/// Issues a new token for each token request, and forwards all other requests.
private struct TokensBeside: Transport {
  private let tokens = TokenService()
  private let next: any Transport

  init(_ next: any Transport) {
    self.next = next
  }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    try await request.head.authority == "iam.example.com" ? tokens.send(request) : next.send(request)
  }
}
