import CloudAPI
import CloudViewModels

extension Console {
  /// Begins what goes on by itself: reading again, where a person set an interval. Says how text is selected now, where the
  /// mouse is on from the start.
  public func start() {
    if settings.mouse { sayWhatTheMouseDoes() }
    guard let interval = workspace.settings.refreshInterval else { return }
    let refresh = AutoRefresh(every: interval, context: context) { [weak self] in self?.refreshByItself() ?? .notNow }
    refresh.start()
    autoRefresh = refresh
  }

  /// Ends what goes on by itself.
  public func stop() {
    autoRefresh?.stop()
    autoRefresh = nil
  }

  /// Reads the focused list as its key does, unless that would get in somebody's way: the person's, whose dialog, filter or
  /// editor is open, or the service's, which is slow, in trouble or asked to be left alone.
  private func refreshByItself() -> AutoRefresh.Turn {
    guard layers.isEmpty, filterEditor == nil, !isEditing else { return .notNow }
    guard table.status.loadingSince == nil, focus > 0 || workspace.sizes.isSettled else { return .notNow }
    // A list that will be tried again by itself knows better when.
    if table.status.failure?.nextTry != nil { return .failing }
    // One that is too large to be read was so a moment ago: a person says when to read that much once more.
    if case .tooLarge? = table.status.failure?.error.code { return .failing }
    let summary = workspace.sizes.summary
    if focus == 0, let until = summary.limitedUntil, until > context.now() { return .failing }
    let isFailing = table.status.failure != nil || focus == 0 && summary.hasFailures
    refreshFocused()
    return isFailing ? .failing : .done
  }

  func refreshFocused() {
    if focus == 0 { workspace.refreshClouds() } else { table.refresh() }
  }
}
