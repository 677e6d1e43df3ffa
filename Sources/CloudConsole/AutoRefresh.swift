import CloudChanges
import CloudViewModels

/// Has a list read again every so often, and less often while that fails.
@MainActor
final class AutoRefresh {
  /// What became of one turn.
  enum Turn {
    /// It was read again, or nothing hindered it.
    case done
    /// It was left for the next turn: the person is doing something else.
    case notNow
    /// What was read last failed.
    case failing
  }

  private let interval: Duration
  private let context: ModelContext
  private let refresh: @MainActor () -> Turn
  private var failures = 0
  private var waiting: Task<Void, Never>?

  /// - Parameter refresh: reads the list again, if it can be read now.
  init(every interval: Duration, context: ModelContext, refresh: @escaping @MainActor () -> Turn) {
    self.interval = interval
    self.context = context
    self.refresh = refresh
  }

  func start() {
    waiting?.cancel()
    // Twice as long after each failure, up to 32 times.
    waiting = context.activity.run(after: interval * (1 << min(failures, 5)), on: context.clock) { [weak self] in
      self?.takeTurn()
    }
  }

  func stop() {
    waiting?.cancel()
    waiting = nil
  }

  private func takeTurn() {
    switch refresh() {
    case .done: failures = 0
    case .notNow: break
    case .failing: failures += 1
    }
    start()
  }
}
