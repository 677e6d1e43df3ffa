/// Ends the wait for a step after a while, whatever the step does: some that the system takes can't be ended.
enum StepLimit {
  static let standard: Duration = .seconds(10)

  /// - Returns: `nil` where the limit passed or the task was cancelled; the step is cancelled then and not waited for.
  static func value<Value: Sendable>(
    within limit: Duration = standard, _ step: @escaping @Sendable () async -> Value
  ) async -> Value? {
    let first = AsyncStream<Value?>.makeStream()
    let work = Task { first.continuation.yield(await step()) }
    let timer = Task {
      try? await ContinuousClock().sleep(for: limit)
      first.continuation.yield(nil)
    }
    defer {
      work.cancel()
      timer.cancel()
    }
    for await value in first.stream { return value }
    return nil
  }
}
