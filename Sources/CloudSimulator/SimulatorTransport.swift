public import CloudAPI
import HTTPTypes

/// Carries a client's requests to a simulator in the same process, as a network would: late, cut off or not at all.
public struct SimulatorTransport: Transport {
  private static let chunkSize = 64 * 1024

  private let simulator: Simulator
  private let latency: Duration
  private let clock: any Clock<Duration>

  /// - Parameters:
  ///   - latency: from the request's arrival, when it is carried out, to its answer.
  ///   - clock: measures latency, delays and time limits.
  public init(
    _ simulator: Simulator, latency: Duration = .zero, clock: any Clock<Duration> = ContinuousClock()
  ) {
    self.simulator = simulator
    self.latency = latency
    self.clock = clock
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    try checkCancellation()
    let response = await simulator.respond(to: request.head, body: request.body)
    if response.delivery == .refused { throw .notConnected(reason: "Connection refused") }
    try await wait(for: response, at: request)

    if response.delivery == .lost { throw .connectionLost(reason: "Connection reset by peer") }
    return TransportResponse(
      head: HTTPResponse(status: response.status, headerFields: response.fields),
      body: Self.body(of: response))
  }

  private func wait(for response: SimulatorResponse, at request: TransportRequest) async throws(TransportError) {
    let delay = latency + response.delay
    let comesInTime = response.delivery != .never && delay <= request.timeLimit
    let wait = comesInTime ? delay : request.timeLimit
    if wait > .zero {
      do {
        try await clock.sleep(for: wait)
      } catch {
        throw .cancelled
      }
    }
    try checkCancellation()
    if !comesInTime { throw .timedOut }
  }

  private func checkCancellation() throws(TransportError) {
    if Task.isCancelled { throw .cancelled }
  }

  private static func body(of response: SimulatorResponse) -> ResponseBody {
    var end = response.body.count
    var isCut = false
    if case .truncated(let bytes) = response.delivery, bytes < end {
      end = max(bytes, 0)
      isCut = true
    }
    let bytes = response.body[..<end]
    return ResponseBody { [isCut] in
      var left = bytes
      return ResponseBody.AsyncIterator { () async throws(TransportError) -> [UInt8]? in
        if Task.isCancelled { throw .cancelled }
        if left.isEmpty {
          if isCut { throw .connectionLost(reason: "Connection closed before the whole body arrived") }
          return nil
        }
        defer { left = left.dropFirst(chunkSize) }
        return Array(left.prefix(chunkSize))
      }
    }
  }
}
