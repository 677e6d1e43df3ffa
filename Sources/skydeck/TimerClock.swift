import Dispatch

/// The continuous clock, with timers that are removed when their task is cancelled.
///
/// The standard library's timers run to their end: each request's time limit would wake the process long after the
/// response arrived.
struct TimerClock: Clock {
  typealias Instant = ContinuousClock.Instant

  private static let queue = DispatchQueue(label: "timers")

  var now: Instant { .now }
  var minimumResolution: Duration { .nanoseconds(1) }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let (end, signal) = AsyncStream<Never>.makeStream()
    let timer = DispatchSource.makeTimerSource(queue: Self.queue)
    let rest = max(.zero, now.duration(to: deadline))
    timer.schedule(deadline: .now() + rest.dispatchInterval, leeway: tolerance?.dispatchInterval ?? .milliseconds(1))
    timer.setEventHandler { signal.finish() }
    timer.activate()
    // Ends at the deadline, or at once when the task is cancelled.
    for await _ in end {}
    timer.cancel()
    try Task.checkCancellation()
  }
}

extension Duration {
  fileprivate var dispatchInterval: DispatchTimeInterval {
    .nanoseconds(Int(min(self, .seconds(1 << 32)) / .nanoseconds(1)))
  }
}
