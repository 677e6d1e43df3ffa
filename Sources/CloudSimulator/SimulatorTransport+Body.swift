import CloudAPI

extension SimulatorTransport {
  private static let chunkSize = 64 * 1024

  /// The body as it arrives: in chunks, cut off, slowly or for ever.
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

  /// - Parameter rest: what comes when all bytes have come.
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
