import Synchronization

/// A clock on which waits up to a limit end at once, and longer ones last until they are cancelled.
final class SkippingClock: Clock {
  struct Instant: InstantProtocol {
    var offset: Duration

    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private struct State {
    var now = Instant(offset: .zero)
    var skipped: [Duration] = []
  }

  private let limit: Duration
  private let state = Mutex(State())

  /// - Parameter limit: the longest wait that is skipped.
  init(upTo limit: Duration) {
    self.limit = limit
  }

  var now: Instant { state.withLock { $0.now } }
  var minimumResolution: Duration { .nanoseconds(1) }

  /// The waits that were skipped, in order.
  var skipped: [Duration] { state.withLock { $0.skipped } }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let isSkipped = state.withLock { state in
      let wait = state.now.duration(to: deadline)
      guard wait <= limit else { return false }
      state.skipped.append(wait)
      state.now = deadline
      return true
    }
    try Task.checkCancellation()
    if !isSkipped { try await Task.sleep(for: .seconds(3_600)) }
  }
}
