import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials
import TerminalUI

/// Composes the contents of the panes for a layout of the screen.
@MainActor
struct ScreenComposer {
  let panes: Panes
  let keymap: Keymap
  let layout: ConsoleLayout
  let now: Date

  private var workspace: Workspace { panes.workspace }

  /// The scroll position of a pane with that many rows.
  func place(of index: Int, capacity: Int) -> PaneScroll.Place {
    let table = panes.table(at: index)
    var cursor: PaneScroll.Cursor?
    if let row = table.selectedRow, let id = table.selectedID { cursor = PaneScroll.Cursor(id: id, row: row) }
    return panes.scroll.place(of: index, rowCount: table.rowCount, capacity: capacity, cursor: cursor)
  }

  func content(of index: Int, rows shown: Range<Int>) -> PaneContent {
    let table = panes.table(at: index)
    let isClouds = index == 0
    let isFocused = index == panes.focus
    return PaneContent(
      number: index + 1, title: table.names.title, scope: scopeTitle(of: index), nextScope: table.nextScopeName,
      headers: table.headers, columnTexts: table.columnTexts, rows: table.rows(in: shown), firstRow: shown.lowerBound,
      selectedRow: table.selectedRow,
      rowCount: table.rowCount, totalCount: table.totalCount, filter: table.filter,
      unknownCount: table.unknownCount,
      prompt: isFocused ? panes.filterEditor.map { FilterPrompt(text: $0.text, cursor: $0.cursor) } : nil,
      order: table.order, orderTitle: orderTitle(of: table),
      status: table.status,
      emptyText: table.totalCount == 0 ? keymap.withKeys(table.emptyText) : "",
      troubleKeys: troubleKeys(of: index), isFocused: isFocused,
      markedCount: table.markedCount, sum: isClouds ? sumText : nil, unmarkedByFilterCount: table.unmarkedByFilterCount,
      largestBytes: isClouds ? workspace.sizes.summary.largest : 0,
      hasQuotas: isClouds && workspace.sizes.summary.hasQuotas, share: isClouds ? workspace.shareTexts : [],
      sizeTrouble: isClouds ? workspace.sizeTroubleTexts(now) : [],
      isLowBandwidth: workspace.isLowBandwidth,
      cloud: isClouds || index == Panes.people ? .there : cloudState(isFocused: isFocused),
      others: others(beside: index))
  }

  /// The title of the column that the rows are sorted by, which usually is on the screen.
  private func orderTitle(of table: any TableModel) -> String? {
    guard let column = table.order?.column else { return nil }
    return (table.headers.first { $0.id == column } ?? table.sortColumns.first { $0.id == column })?.title
  }

  /// The size of the marked clouds, else of those that the filter leaves.
  private var sumText: String? {
    let clouds = workspace.clouds
    if clouds.markedCount > 0 { return workspace.sumOfMarked.text }
    return clouds.filter.isEmpty || clouds.rowCount == 0 ? nil : workspace.sumOfFiltered.text
  }

  /// The keys that help; a pane that isn't focused gets the focus first.
  private func troubleKeys(of index: Int) -> TroubleText.Keys {
    let refresh = keymap.keyText(of: .refresh)
    return TroubleText.Keys(
      refresh: index == panes.focus ? refresh : "\(index + 1) then \(refresh)", services: keymap.keyText(of: .services))
  }

  /// The state of the selected cloud. Only the focused pane says why it could not be read.
  private func cloudState(isFocused: Bool) -> PaneContent.CloudState {
    let status = workspace.clouds.status
    // While rows arrive they are not in order yet, so that the first row is not necessarily the one to be selected.
    let isThere = workspace.clouds.selection != nil && !(status.isPartial && status.loadingSince != nil)
    if isThere { return .there }
    if let since = status.loadingSince { return .awaited(since: since) }
    if let failure = status.failure {
      return isFocused ? .unread(TroubleText.failure(failure, isTrying: false, keys: troubleKeys(of: 0))) : .there
    }
    return status.asOf == nil ? .there : .missing
  }

  /// The cloud that a pane's rows belong to; `nil` if the first detail pane already shows it.
  private func scopeTitle(of index: Int) -> String? {
    guard index != Panes.people else { return nil }
    let scope = workspace.tables[index].scopeName
    return layout.arrangement == .wide && index > 1 && scope == workspace.tables[1].scopeName ? nil : scope
  }

  /// The titles and counts of the panes that this layout doesn't show.
  private func others(beside index: Int) -> [String] {
    let isZoomed = layout.arrangement == .narrow && !layout.hasTabs
    guard isZoomed || layout.arrangement == .medium && index == panes.companion else { return [] }
    return workspace.tables.indices.filter { layout.panes[$0] == nil }.map { hidden in
      let table = workspace.tables[hidden]
      let count = table.status.asOf == nil ? "" : " \(table.totalCount)"
      return "\(hidden + 1) \(table.names.title)\(count)"
    }
  }
}

extension Screen.Header {
  /// The header of the panes.
  @MainActor
  init(of panes: Panes, now: Date) {
    let workspace = panes.workspace
    var (facts, shortFacts): ([String], [String]) = ([], [])
    if panes.showsPeople {
      if let text = workspace.people.coverageText { facts.append(text) }
      shortFacts = workspace.people.coverageParts
    } else if workspace.clouds.status.asOf != nil {
      facts.append(Count.text(workspace.clouds.totalCount, "cloud", "clouds"))
      facts.append(SizeText.total(of: workspace))
    }
    if let asOf = panes.table.status.asOf { facts.append("as of \(LocalTime.hourAndMinute(asOf))") }
    if let until = workspace.requests.limitedUntil, until > now {
      facts.append("rate-limited until \(LocalTime.hourMinuteSecond(until))")
      if let last = shortFacts.popLast() { shortFacts += [facts[facts.count - 1], last] }
    }
    let waiting = workspace.requests.waiting(longerThan: 0.3, at: now)
    if waiting > 0 { facts.append("↓\(waiting)") }
    self.init(
      service: panes.context.service, facts: facts, shortFacts: shortFacts,
      tabs: panes.all.map { "\($0 + 1) \(panes.table(at: $0).names.title)" },
      openTab: panes.all.firstIndex(of: panes.focus) ?? 0)
  }
}

extension Workspace {
  /// The share of the selected cloud, `16 % of total`, and a shorter text.
  var shareTexts: [String] {
    guard let share = shareOfSelected.map(SizeSum.percentText) else { return [] }
    return [share + " of total", share]
  }

  /// Why the selected cloud has no size or an old one, and when it is read again, followed by shorter texts.
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
