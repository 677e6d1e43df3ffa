import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials
import TerminalUI

extension Console {
  /// What is to be seen now, on a screen of the size last told.
  public func frame(textWidth: TextWidth) -> Frame {
    removeFinishedLayers()
    leaveMissingPanes()
    framed = Set(layers.map { ObjectIdentifier($0.layer) })
    if settings.screenReader { return linearFrame(textWidth: textWidth) }
    noticeRows = Screen.noticeLines(context.notices.current, in: size, textWidth: textWidth).count
    let screen = screen(textWidth: textWidth)
    let panes = screen.drawPanes(after: drawnPanes, textWidth: textWidth)
    drawnPanes = panes
    return screen.render(panes)
  }

  /// How many rows the focused pane shows.
  var capacity: Int {
    layout.panes[focus].map(PaneView.rowCapacity) ?? 1
  }

  var layout: ConsoleLayout {
    ConsoleLayout(
      size: size, focus: focus, companion: companion, count: workspace.tables.count,
      isLinear: settings.screenReader || isZoomed, noticeRows: noticeRows)
  }

  private func removeFinishedLayers() {
    layers.removeAll { entry in
      guard entry.layer.isFinished else { return false }
      entry.layer.wasRemoved()
      return true
    }
  }

  func screen(textWidth: TextWidth) -> Screen {
    let layout = layout
    let now = context.now()
    var panes: [Int: PaneContent] = [:]
    for (index, place) in layout.panes {
      panes[index] = content(of: index, rows: PaneView.rowCapacity(place), layout)
    }
    return Screen(
      size: size, layout: layout, header: header(now), panes: panes, notice: context.notices.current, hints: hints,
      dialogs: layers.map { entry in
        let drawing = entry.layer.draw(size: layerSize, textWidth: textWidth)
        entry.layer.takeOver(drawing.settled)
        return drawing.content
      }, now: now)
  }

  private func content(of index: Int, rows capacity: Int, _ layout: ConsoleLayout) -> PaneContent {
    let table = workspace.tables[index]
    let first = firstRow(of: index, table, capacity: capacity)
    let shown = first..<min(table.rowCount, first + capacity)
    table.show(rows: shown)
    let isClouds = index == 0
    return PaneContent(
      number: index + 1, title: table.names.title, scope: scopeTitle(of: index, layout), nextScope: table.nextScopeName,
      headers: table.headers, rows: table.rows(in: shown), firstRow: first, selectedRow: table.selectedRow,
      rowCount: table.rowCount, totalCount: table.totalCount, filter: table.filter,
      prompt: index == focus ? filterEditor.map { FilterPrompt(text: $0.text, cursor: $0.cursor) } : nil,
      order: table.order, status: table.status,
      emptyText: table.totalCount == 0 ? keymap.withKeys(table.emptyText) : "",
      refreshKey: keymap.keyText(of: .refresh), isFocused: index == focus,
      markedCount: table.markedCount, unmarkedByFilterCount: table.unmarkedByFilterCount,
      largestBytes: isClouds ? workspace.sizes.summary.largest : 0,
      hasQuotas: isClouds && workspace.sizes.summary.hasQuotas, share: isClouds ? workspace.shareTexts : [],
      sizeTrouble: isClouds ? workspace.sizeTroubleTexts(context.now()) : [],
      isLowBandwidth: workspace.isLowBandwidth,
      cloud: isClouds ? .there : cloudState(isFocused: index == focus),
      others: others(beside: index, layout))
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
  private func scopeTitle(of index: Int, _ layout: ConsoleLayout) -> String? {
    let scope = workspace.tables[index].scopeName
    return layout.arrangement == .wide && index > 1 && scope == workspace.tables[1].scopeName ? nil : scope
  }

  /// The first row shown: as it was, moved as little as it takes to show the cursor.
  ///
  /// Where rows came or went above the cursor, its record stays where it is on the screen.
  private func firstRow(of index: Int, _ table: any TableModel, capacity: Int) -> Int {
    var first = scroll[index] ?? 0
    if let selected = table.selectedRow, let id = table.selectedID {
      if let anchor = anchors[index], anchor.id == id { first += selected - anchor.row }
      anchors[index] = (id, selected)
    }
    first = max(0, min(first, table.rowCount - capacity))
    if let selected = table.selectedRow, capacity > 0 {
      first = max(min(first, selected), selected - capacity + 1)
    }
    scroll[index] = first
    return first
  }

  /// The titles and counts of the panes that have no place on this screen.
  private func others(beside index: Int, _ layout: ConsoleLayout) -> [String] {
    guard layout.arrangement == .medium, index == companion else { return [] }
    return workspace.tables.indices.filter { layout.panes[$0] == nil }.map { hidden in
      let table = workspace.tables[hidden]
      let count = table.status.asOf == nil ? "" : " \(table.totalCount)"
      return "\(hidden + 1) \(table.names.title)\(count)"
    }
  }

  func header(_ now: Date) -> Screen.Header {
    let clouds = workspace.clouds
    var facts: [String] = []
    if clouds.status.asOf != nil {
      facts.append(Count.text(clouds.totalCount, "cloud", "clouds"))
      facts.append(SizeText.total(of: workspace))
    }
    if let asOf = table.status.asOf { facts.append("as of \(LocalTime.hourAndMinute(asOf))") }
    if let until = workspace.requests.limitedUntil, until > now {
      facts.append("rate-limited until \(LocalTime.hourMinuteSecond(until))")
    }
    let waiting = workspace.requests.waiting(longerThan: 0.3, at: now)
    if waiting > 0 { facts.append("↓\(waiting)") }
    return Screen.Header(
      service: context.service, facts: facts, tabs: workspace.tables.enumerated().map { "\($0 + 1) \($1.names.title)" },
      openTab: focus)
  }

  /// The likeliest keys for this pane and row, those that work. A dialog takes every key and says its own.
  var hints: [Screen.Hint] {
    guard layers.isEmpty else { return [] }
    if filterEditor != nil {
      return [
        Screen.Hint(keys: "Enter", label: "keep"), Screen.Hint(keys: "Esc", label: "clear"),
        Screen.Hint(keys: "↑↓", label: "move"),
      ]
    }
    let likely: [Command] =
      table.markedCount > 0
      ? [.delete, .resend, .edit, .mark, .unmark, .invertMarks, .markAll, .palette, .help]
      : focus == 0
        ? [.create, .edit, .delete, .invite, .filter, .sizes, .palette, .help]
        : [.create, .invite, .edit, .resend, .delete, .open, .filter, .palette, .help]
    let subject = table.subject
    return likely.compactMap { command in
      guard canRun(command, about: subject), let binding = keymap.binding(of: command), let key = binding.keys.first
      else { return nil }
      let marked = subject == .marked ? markedCount(for: command) : 0
      return Screen.Hint(keys: key.title, label: binding.label + (marked > 0 ? " \(marked)" : ""))
    }
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
      return ["? \(error.message) Asked to wait until \(time).", "? waits until \(time)", "? waits \(time)"]
    }
    guard next > now else { return ["? \(error.message) Trying again…", "? trying again…"] }
    let time = LocalTime.hourMinuteSecond(next)
    return ["? \(error.message) Next try at \(time).", "? next try at \(time)", "? next try \(time)"]
  }
}
