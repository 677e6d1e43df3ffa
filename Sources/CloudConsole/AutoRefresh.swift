import CloudChanges
import CloudViewModels

/// Reloads a list at regular intervals, which grow while reloading fails.
@MainActor
final class AutoRefresh {
  /// The result of one turn.
  enum Turn {
    /// The list is being reloaded, and the last read succeeded.
    case done
    /// The turn was skipped, because the user is doing something else.
    case notNow
    /// The last read failed.
    case failing
  }

  private let interval: Duration
  private let context: ModelContext
  private let refresh: @MainActor () -> Turn
  private var failures = 0
  private var waiting: Task<Void, Never>?

  /// - Parameter refresh: reloads the list if that is possible now.
  init(every interval: Duration, context: ModelContext, refresh: @escaping @MainActor () -> Turn) {
    self.interval = interval
    self.context = context
    self.refresh = refresh
  }

  func start() {
    waiting?.cancel()
    // The interval doubles after each failure, up to 32 times its length.
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
