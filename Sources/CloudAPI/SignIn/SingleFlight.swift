import Synchronization

/// Runs work once for all concurrent callers.
///
/// The first caller starts it, later callers join. A cancelled caller leaves without affecting the others; when the
/// last one has left, the work is cancelled.
final class SingleFlight<Value: Sendable>: Sendable {
  typealias Outcome = Result<Value, CloudAPIError>

  private struct State {
    var lastID = 0
    /// `nil` while no work is running.
    var task: Task<Void, Never>?
    /// Identifies the running work: the result of work that was abandoned before is ignored.
    var workID = 0
    var waiting: [Int: CheckedContinuation<Outcome, Never>] = [:]
    /// Callers that were cancelled before they had joined.
    var gone: Set<Int> = []
  }

  private let state = Mutex(State())

  /// - Parameters:
  ///   - cancelled: the error to throw when the calling task is cancelled.
  ///   - work: is started only if none is running.
  func value(
    orWhenCancelled cancelled: CloudAPIError,
    _ work: @escaping @Sendable () async throws(CloudAPIError) -> Value
  ) async throws(CloudAPIError) -> Value {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { join(id, $0, orWhenCancelled: cancelled, work) }
    } onCancel: {
      leave(id)?.resume(returning: .failure(cancelled))
    }
    state.withLock { _ = $0.gone.remove(id) }
    return try outcome.get()
  }

  private func join(
    _ id: Int, _ continuation: CheckedContinuation<Outcome, Never>, orWhenCancelled cancelled: CloudAPIError,
    _ work: @escaping @Sendable () async throws(CloudAPIError) -> Value
  ) {
    let isGone = state.withLock { state in
      if state.gone.contains(id) { return true }
      state.waiting[id] = continuation
      if state.task == nil {
        state.workID += 1
        state.task = begin(work, id: state.workID)
      }
      return false
    }
    if isGone { continuation.resume(returning: .failure(cancelled)) }
  }

  private func begin(
    _ work: @escaping @Sendable () async throws(CloudAPIError) -> Value, id: Int
  ) -> Task<Void, Never> {
    Task {
      do throws(CloudAPIError) {
        end(id, with: .success(try await work()))
      } catch {
        end(id, with: .failure(error))
      }
    }
  }

  private func end(_ id: Int, with outcome: Outcome) {
    let waiting = state.withLock { state -> [CheckedContinuation<Outcome, Never>] in
      guard state.workID == id, state.task != nil else { return [] }
      defer {
        state.task = nil
        state.waiting = [:]
      }
      return Array(state.waiting.values)
    }
    for continuation in waiting { continuation.resume(returning: outcome) }
  }

  private func leave(_ id: Int) -> CheckedContinuation<Outcome, Never>? {
    let (continuation, task) = state.withLock { state in
      guard let continuation = state.waiting.removeValue(forKey: id) else {
        state.gone.insert(id)
        return (CheckedContinuation<Outcome, Never>?.none, Task<Void, Never>?.none)
      }
      guard state.waiting.isEmpty else { return (continuation, nil) }
      defer { state.task = nil }
      return (continuation, state.task)
    }
    task?.cancel()
    return continuation
  }
}
