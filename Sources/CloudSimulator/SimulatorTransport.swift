public import CloudAPI
import HTTPTypes

/// Sends a client's requests to a simulator in the same process, with the delays and losses of a network.
public struct SimulatorTransport: Transport {
  private let simulator: Simulator
  private let latency: Duration
  let clock: any Clock<Duration>

  /// - Parameters:
  ///   - latency: the time from the request's arrival, when it is carried out, to its response.
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
    request.onSend?()
    let response = await simulator.respond(to: request.head, body: request.body)
    if response.delivery == .refused { throw .notConnected(reason: "Connection refused") }
    try await wait(for: response, at: request)

    if let late = response.late { simulator.begin(late, of: request.head, body: request.body, clock: clock) }
    if response.delivery == .lost { throw .connectionLost(reason: "Connection reset by peer") }
    return TransportResponse(
      head: HTTPResponse(status: response.status, headerFields: response.fields),
      body: body(of: response))
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
}

extension SimulatorTransport {
  private static let chunkSize = 64 * 1024

  /// The body as it arrives: in chunks, cut off, slowly or endlessly.
  func body(of response: SimulatorResponse) -> ResponseBody {
    switch response.delivery {
    case .truncated(let bytes) where bytes < response.body.count:
      Self.body(response.body.prefix(max(bytes, 0))) { () throws(TransportError) -> [UInt8]? in
        throw .connectionLost(reason: "Connection closed before the whole body arrived")
      }
    case .dripping(let bytes, let pause):
      Self.body(response.body[...], chunkSize: max(bytes, 1), pause: pause, clock: clock) { nil }
    case .endless:
      Self.body(response.body.dropLast()) { Self.filler }
    case .whole, .truncated, .lost, .never, .refused:
      Self.body(response.body[...]) { nil }
    }
  }

  private static let filler = [UInt8](repeating: UInt8(ascii: " "), count: chunkSize)

  /// - Parameter rest: called after all bytes were delivered.
  private static func body(
    _ bytes: ArraySlice<UInt8>, chunkSize: Int = Self.chunkSize, pause: Duration = .zero,
    clock: any Clock<Duration> = ContinuousClock(),
    then rest: @escaping @Sendable () throws(TransportError) -> [UInt8]?
  ) -> ResponseBody {
    ResponseBody {
      var left = bytes
      return ResponseBody.AsyncIterator { () async throws(TransportError) -> [UInt8]? in
        if Task.isCancelled { throw .cancelled }
        if left.isEmpty { return try rest() }
        if pause > .zero {
          do {
            try await clock.sleep(for: pause)
          } catch {
            throw .cancelled
          }
        }
        defer { left = left.dropFirst(chunkSize) }
        return Array(left.prefix(chunkSize))
      }
    }
  }
}
