import Synchronization

/// A clock that a test advances: sleepers wake when their time has come, and never by themselves.
public final class ManualClock: Clock {
  public struct Instant: InstantProtocol {
    /// The time since the clock was created.
    public let offset: Duration

    public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    public func duration(to other: Instant) -> Duration { other.offset - offset }
    public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private struct State {
    var now = Instant(offset: .zero)
    var lastID = 0
    var sleepers: [Int: (deadline: Instant, continuation: CheckedContinuation<Void, any Error>)] = [:]
    /// Sleepers that were cancelled before they slept.
    var cancelled: Set<Int> = []
    var waiters: [Int: (rest: Duration, continuation: CheckedContinuation<Void, Never>)] = [:]
  }

  private let state = Mutex(State())

  public init() {}

  public var now: Instant { state.withLock { $0.now } }
  public var minimumResolution: Duration { .zero }

  /// The remaining time of each sleeper, the shortest first.
  public var rests: [Duration] {
    state.withLock { state in state.sleepers.values.map { state.now.duration(to: $0.deadline) }.sorted() }
  }

  /// Returns once a sleeper has exactly this time left, or when the test's time is over.
  public func waitForRest(of rest: Duration) async {
    let id = nextID()
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.sleepers.values.contains(where: { state.now.duration(to: $0.deadline) == rest }) { return true }
          if state.cancelled.contains(id) { return true }
          state.waiters[id] = (rest, continuation)
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.cancelled.insert(id)
        return state.waiters.removeValue(forKey: id)?.continuation
      }
      waiter?.resume()
    }
  }

  private func nextID() -> Int {
    state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
  }

  /// Advances the time and wakes the sleepers that are due.
  public func advance(by duration: Duration) {
    let due = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      let due = state.sleepers.filter { $0.value.deadline <= state.now }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.sorted { $0.deadline < $1.deadline }.map(\.continuation)
    }
    for continuation in due { continuation.resume() }
  }

  public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let id = nextID()
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { fallAsleep(id, until: deadline, $0) }
    } onCancel: {
      cancel(id)
    }
  }

  private func fallAsleep(_ id: Int, until deadline: Instant, _ sleeper: CheckedContinuation<Void, any Error>) {
    enum Outcome { case cancelled, due, asleep }
    let (outcome, waiters) = state.withLock { state -> (Outcome, [CheckedContinuation<Void, Never>]) in
      if state.cancelled.remove(id) != nil { return (.cancelled, []) }
      if deadline <= state.now { return (.due, []) }
      state.sleepers[id] = (deadline, sleeper)
      let rest = state.now.duration(to: deadline)
      let waiters = state.waiters.filter { $0.value.rest == rest }
      for id in waiters.keys { state.waiters[id] = nil }
      return (.asleep, waiters.values.map(\.continuation))
    }
    switch outcome {
    case .cancelled: sleeper.resume(throwing: CancellationError())
    case .due: sleeper.resume()
    case .asleep: for waiter in waiters { waiter.resume() }
    }
  }

  private func cancel(_ id: Int) {
    let sleeper = state.withLock { state in
      guard let sleeper = state.sleepers.removeValue(forKey: id) else {
        state.cancelled.insert(id)
        return CheckedContinuation<Void, any Error>?.none
      }
      return sleeper.continuation
    }
    sleeper?.resume(throwing: CancellationError())
  }
}
