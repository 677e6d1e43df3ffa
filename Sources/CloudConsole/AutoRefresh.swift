import CloudAPI
import CloudChanges
import CloudViewModels

/// Reloads the focused list at the interval that the user set, and less often while that fails.
@MainActor
final class AutoRefresh {
  /// The result of one turn.
  private enum Turn {
    /// The list is being reloaded, and the last read succeeded.
    case done
    /// The turn was skipped, because the user is doing something else.
    case notNow
    /// The last read failed.
    case failing
  }

  private var failures = 0
  private var waiting: Task<Void, Never>?
  private let panes: Panes
  private let layers: LayerStack
  private let documents: DocumentEditing

  init(panes: Panes, layers: LayerStack, documents: DocumentEditing) {
    self.panes = panes
    self.layers = layers
    self.documents = documents
  }

  /// Starts the timer for the service on the screen.
  func start() {
    failures = 0
    wait()
  }

  func stop() {
    waiting?.cancel()
    waiting = nil
  }

  private func wait() {
    stop()
    guard let interval = panes.workspace.settings.refreshInterval else { return }
    let context = panes.context
    // Doubles the delay after each failure, up to 32 times the interval.
    waiting = context.activity.run(after: interval * (1 << min(failures, 5)), on: context.clock) { [weak self] in
      self?.takeTurn()
    }
  }

  private func takeTurn() {
    switch refresh() {
    case .done: failures = 0
    case .notNow: break
    case .failing: failures += 1
    }
    wait()
  }

  /// Reloads the focused list, as its key does. Skips the turn if the user has a dialog, a filter or an editor open, or
  /// if the service is slow, failing or limiting requests.
  private func refresh() -> Turn {
    guard layers.isEmpty, panes.filterEditor == nil, !documents.isEditing else { return .notNow }
    let (status, sizes, isClouds) = (panes.table.status, panes.workspace.sizes, panes.focus == 0)
    guard status.loadingSince == nil, !isClouds || sizes.isSettled else { return .notNow }
    // The list has already scheduled its own retry.
    if status.failure?.nextTry != nil { return .failing }
    // A list that was too large is not read again automatically: the user decides.
    if case .tooLarge? = status.failure?.error.code { return .failing }
    let summary = sizes.summary
    if isClouds, let until = summary.limitedUntil, until > panes.context.now() { return .failing }
    let isFailing = status.failure != nil || isClouds && summary.hasFailures
    panes.refresh()
    return isFailing ? .failing : .done
  }
}
