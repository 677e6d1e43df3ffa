import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials
import TerminalUI

/// Puts together what the panes show on a screen of that layout.
@MainActor
struct ScreenComposer {
  let panes: Panes
  let keymap: Keymap
  let layout: ConsoleLayout
  let now: Date

  private var workspace: Workspace { panes.workspace }

  /// The rows to show of a pane that has room for so many.
  func place(of index: Int, capacity: Int) -> PaneScroll.Place {
    let table = panes.tables[index]
    var cursor: PaneScroll.Cursor?
    if let row = table.selectedRow, let id = table.selectedID { cursor = PaneScroll.Cursor(id: id, row: row) }
    return panes.scroll.place(of: index, rowCount: table.rowCount, capacity: capacity, cursor: cursor)
  }

  func content(of index: Int, rows shown: Range<Int>) -> PaneContent {
    let table = panes.tables[index]
    let isClouds = index == 0
    let isFocused = index == panes.focus
    return PaneContent(
      number: index + 1, title: table.names.title, scope: scopeTitle(of: index), nextScope: table.nextScopeName,
      headers: table.headers, rows: table.rows(in: shown), firstRow: shown.lowerBound, selectedRow: table.selectedRow,
      rowCount: table.rowCount, totalCount: table.totalCount, filter: table.filter,
      prompt: isFocused ? panes.filterEditor.map { FilterPrompt(text: $0.text, cursor: $0.cursor) } : nil,
      order: table.order, status: table.status,
      emptyText: table.totalCount == 0 ? keymap.withKeys(table.emptyText) : "",
      refreshKey: keymap.keyText(of: .refresh), isFocused: isFocused,
      markedCount: table.markedCount, unmarkedByFilterCount: table.unmarkedByFilterCount,
      largestBytes: isClouds ? workspace.sizes.summary.largest : 0,
      hasQuotas: isClouds && workspace.sizes.summary.hasQuotas, share: isClouds ? workspace.shareTexts : [],
      sizeTrouble: isClouds ? workspace.sizeTroubleTexts(now) : [],
      isLowBandwidth: workspace.isLowBandwidth,
      cloud: isClouds ? .there : cloudState(isFocused: isFocused),
      others: others(beside: index))
  }

  /// The cloud under the cursor. Why it isn't there is told once, by the pane that is looked at.
  private func cloudState(isFocused: Bool) -> PaneContent.CloudState {
    let status = workspace.clouds.status
    // Where the first rows of a list stand, others may when all are there: none of them is the one yet.
    let isThere = workspace.clouds.selection != nil && !(status.isPartial && status.loadingSince != nil)
    if isThere { return .there }
    if let since = status.loadingSince { return .awaited(since: since) }
    if let failure = status.failure { return isFocused ? .unread(failure.error.sentence) : .there }
    return status.asOf == nil ? .there : .missing
  }

  /// The cloud that a pane's rows belong to. Where the first pane of details says it, the small ones below needn't.
  private func scopeTitle(of index: Int) -> String? {
    let scope = workspace.tables[index].scopeName
    return layout.arrangement == .wide && index > 1 && scope == workspace.tables[1].scopeName ? nil : scope
  }

  /// The titles and counts of the panes that have no place on this screen.
  private func others(beside index: Int) -> [String] {
    guard layout.arrangement == .medium, index == panes.companion else { return [] }
    return workspace.tables.indices.filter { layout.panes[$0] == nil }.map { hidden in
      let table = workspace.tables[hidden]
      let count = table.status.asOf == nil ? "" : " \(table.totalCount)"
      return "\(hidden + 1) \(table.names.title)\(count)"
    }
  }
}

extension Screen.Header {
  /// What the first line says of panes.
  @MainActor
  init(of panes: Panes, now: Date) {
    let workspace = panes.workspace
    var facts: [String] = []
    if workspace.clouds.status.asOf != nil {
      facts.append(Count.text(workspace.clouds.totalCount, "cloud", "clouds"))
      facts.append(SizeText.total(of: workspace))
    }
    if let asOf = panes.table.status.asOf { facts.append("as of \(LocalTime.hourAndMinute(asOf))") }
    if let until = workspace.requests.limitedUntil, until > now {
      facts.append("rate-limited until \(LocalTime.hourMinuteSecond(until))")
    }
    let waiting = workspace.requests.waiting(longerThan: 0.3, at: now)
    if waiting > 0 { facts.append("↓\(waiting)") }
    self.init(
      service: panes.context.service, facts: facts,
      tabs: panes.tables.enumerated().map { "\($0 + 1) \($1.names.title)" }, openTab: panes.focus)
  }
}

extension Workspace {
  /// The share of the cloud under the cursor, `16 % of total`, and in short.
  var shareTexts: [String] {
    let total = sizes.summary.total
    guard total > 0, let bytes = clouds.selection.flatMap({ sizes[$0].value?.bytes }) else { return [] }
    let percent = Double(bytes) / Double(total) * 100
    let share = (percent > 0 && percent < 1 ? "<1" : String(Int(percent.rounded()))) + " %"
    return [share + " of total", share]
  }

  /// Why the cloud under the cursor has no size, or an old one, and when it is asked for again, and the same in short.
  func sizeTroubleTexts(_ now: Date) -> [String] {
    guard let id = clouds.selection, !sizes[id].isFresh, let error = sizes[id].error ?? sizes.trouble?.error
    else { return [] }
    guard let next = sizes.trouble?.nextTry, error.isRetryable else { return ["? \(error.message)"] }
    if next <= now, let until = requests.limitedUntil, until > now {
      let time = LocalTime.hourMinuteSecond(until)
      return ["? \(error.message) Rate-limited until \(time).", "? waits until \(time)", "? waits \(time)"]
    }
    guard next > now else { return ["? \(error.message) Retrying…", "? retrying…"] }
    let time = LocalTime.hourMinuteSecond(next)
    return ["? \(error.message) Retrying at \(time).", "? retrying at \(time)", "? retry \(time)"]
  }
}
