import CloudChanges
import CloudViewModels
import FoundationEssentials
import TerminalUI

/// Draws a pane: border, titles, column titles, rows and messages.
struct PaneView {
  let content: PaneContent
  let now: Date
  /// Whether the pane has the full width. It has no side borders then, so that selected text contains only rows, and
  /// each row that scrolls in takes fewer bytes.
  let isWide: Bool

  /// The line of the column titles and those of the rows. A pane too low for both has no titles.
  static func parts(of place: Rect) -> (titles: Rect, rows: Rect) {
    let (titles, rows) = place.inset(columns: 1, rows: 1).splitTop(place.rows > 4 ? 1 : 0)
    return (titles, rows)
  }

  /// How many rows fit in a pane.
  static func rowCapacity(_ place: Rect) -> Int {
    max(0, parts(of: place).rows.rows)
  }

  /// The lines that a pane of that many rows needs.
  static func lines(forRows count: Int) -> Int {
    count > 1 ? count + 3 : 3
  }

  /// The offset of the visible row at a point; `nil` for the border and the titles.
  static func row(at point: Point, in place: Rect) -> Int? {
    let rows = parts(of: place).rows
    return rows.contains(point) ? point.row - rows.row : nil
  }

  /// Draws the pane in an empty place, or over an earlier drawing of it, of which unchanged parts are kept.
  ///
  /// - Parameter last: the pane as last drawn in this place, and its frame.
  func draw(
    in place: Rect, after last: (pane: DrawnPanes.Pane, frame: Frame)? = nil, _ frame: inout Frame
  ) -> DrawnPanes.Pane {
    let inside = place.inset(columns: 1, rows: 1)
    let row =
      content.rowCount == 0 || inside.isEmpty
      ? nil : rowView(columns: inside.columns, after: last?.pane, frame.textWidth)
    let box = box(place, frame.textWidth)
    let (titles, body) = Self.parts(of: place)
    let drawn = row.flatMap { row in
      last.flatMap { DrawnRows(pane: $0.pane, body: body, frame: $0.frame, drawnBy: row) }
    }
    if drawn == nil, last != nil { frame.fill(place) }
    frame.draw(box, in: place, replacing: drawn == nil ? nil : last?.pane.box)
    placePromptCursor(place, &frame)
    if let row {
      if drawn == nil, !titles.isEmpty { drawTitles(row.columns, titles, &frame) }
      drawRows(by: row, in: body, after: drawn, &frame)
      drawTrouble(in: body, &frame)
    } else if !inside.isEmpty {
      drawMessage(in: inside, &frame)
    }
    return DrawnPanes.Pane(content: content, row: row, box: box)
  }

  private func drawRows(by row: RowView, in body: Rect, after drawn: DrawnRows?, _ frame: inout Frame) {
    for offset in 0..<body.rows {
      let line = Rect(column: body.column, row: body.row + offset, columns: body.columns, rows: 1)
      guard content.rows.indices.contains(offset) else {
        if drawn?.hasRow(offset) == true { frame.fill(line) }
        continue
      }
      let values = content.rows[offset]
      let index = content.firstRow + offset
      let isSelected = index == content.selectedRow
      switch drawn?.offset(of: values, index: index, isSelected: isSelected, isFocused: content.isFocused) {
      case offset?: break
      case let other?:
        if let cells = drawn?.cells(at: other) {
          frame.write(cells, at: Point(column: line.column, row: line.row))
        }
      case nil:
        if drawn != nil { frame.fill(line) }
        row.draw(values, in: line, isSelected: isSelected, isFocused: content.isFocused, &frame)
      }
    }
  }

  /// Whether the drawing depends only on the content: a wait shows its duration, and a prompt places the cursor.
  var isStill: Bool {
    if case .awaited = content.cloud { return false }
    return content.status.loadingSince == nil && content.prompt == nil
  }

  private func rowView(columns: Int, after last: DrawnPanes.Pane?, _ textWidth: TextWidth) -> RowView {
    // As a rule the columns are those of the last frame, and need not be measured again.
    let layout =
      last.flatMap { $0.content.hasSameColumns(as: content) ? $0.row?.columns : nil }
      ?? ColumnLayout(
        content.headers, wishes: content.wishes(textWidth), columns: columns, hasQuotas: content.hasQuotas)
    return RowView(
      columns: layout, headers: content.headers, filter: content.filter, largestBytes: content.largestBytes,
      isLowBandwidth: content.isLowBandwidth)
  }

  private func box(_ place: Rect, _ textWidth: TextWidth) -> Box {
    let style: Style = content.isFocused ? .accent : .muted
    let titleStyle = content.isFocused ? Style(.accent, bold: true) : Style.normal
    var title = [Span("\(content.number) \(content.title)", titleStyle)]
    if let scope = content.scope { title.append(Span(" · \(scope)", content.isFocused ? .accent : .muted)) }
    return Box(
      style: style, hasSides: !isWide, top: Box.Titles(title, trailing: trailingTitle),
      bottom: Box.Titles(footer, trailing: trailingFooter(place, textWidth), narrow: .isCut))
  }

  /// The step in seconds at which the duration of a wait is updated.
  private var step: Int { content.isLowBandwidth ? 10 : 1 }

  private var trailingTitle: [Span] {
    var parts: [Span] = []
    let isPartial = content.status.isPartial
    if let wait = WaitText.text(content.status, now: now, step: step) {
      parts.append(Span(content.nextScope.map { "\($0): \(wait)" } ?? ageText + wait, .warning))
    } else if isPartial, content.status.loadingSince == nil {
      parts.append(Span("incomplete!", .warning))
    } else if content.status.failure != nil, content.totalCount > 0 {
      parts.append(Span("stale!", .warning))
    }
    // Rows that are still arriving are not in order, and the wait text counts them already.
    if isPartial, content.status.loadingSince != nil { return spaced(parts) }
    if !isPartial, let order = content.orderText { parts.append(Span(order, .muted)) }
    if content.status.asOf != nil || content.totalCount > 0 {
      parts.append(Span(String(content.totalCount)))
    }
    return spaced(parts)
  }

  private func spaced(_ parts: [Span]) -> [Span] {
    parts.separated(by: Span("  "))
  }

  /// The time of the rows while they are being reloaded.
  private var ageText: String {
    guard content.totalCount > 0, let asOf = content.status.asOf else { return "" }
    return "as of \(LocalTime.hourAndMinute(asOf)), "
  }

  private var footer: [Span] {
    let filter = content.prompt?.text ?? (content.filter.isEmpty ? nil : content.filter.text)
    let start = filter.map { [Span("/\($0)  ", .accent)] } ?? []
    // What can't be read is said first: the rows are not those that were asked for.
    var parts = (content.filter.problems.first.map { [Span($0.title, .warning)] } ?? []) + markSpans
    // The counts of the other panes are more useful than the cursor position.
    if filter != nil || content.others.isEmpty, let count = countSpan { parts.append(count) }
    if let sum = content.sum { parts.insert(Span(sum, .normal), at: content.markedCount > 0 ? 1 : parts.count) }
    if content.unknownCount > 0 { parts.append(Span("\(content.unknownCount) unknown", .warning)) }
    return start + parts.separated(by: Span(" · ", .muted))
  }

  /// The number of marked rows, `3 marked`, and how many marks the filter dropped.
  private var markSpans: [Span] {
    var spans: [Span] = []
    if content.markedCount > 0 { spans.append(Span("\(content.markedCount) marked", Style(.accent, bold: true))) }
    if content.unmarkedByFilterCount > 0 { spans.append(Span("\(content.unmarkedByFilterCount) dropped", .warning)) }
    return spans
  }

  private var countSpan: Span? {
    if !content.filter.isEmpty { return Span("\(content.rowCount) of \(content.totalCount) match", .muted) }
    return content.isLowBandwidth ? nil : content.selectedRow.map { Span("\($0 + 1) of \(content.rowCount)", .muted) }
  }

  private func trailingFooter(_ place: Rect, _ textWidth: TextWidth) -> [Span] {
    // Excluded are the corners, a blank on both sides of both texts, and one column of border between them.
    let room = place.columns - 2 - 5 - footer.reduce(0) { $0 + textWidth.columns(of: $1.text) }
    func fitting(_ texts: [String]) -> String? { texts.first { textWidth.columns(of: $0) <= room } ?? texts.last }
    if let trouble = fitting(content.sizeTrouble) { return [Span(trouble, .warning)] }
    guard content.others.isEmpty else { return [Span(content.others.joined(separator: " · "), .muted)] }
    guard content.filter.isEmpty, !content.isLowBandwidth else { return [] }
    return fitting(content.share).map { [Span($0, .muted)] } ?? []
  }

  private func placePromptCursor(_ place: Rect, _ frame: inout Frame) {
    guard let prompt = content.prompt else { return }
    let before = frame.textWidth.columns(of: String(prompt.text.prefix(prompt.cursor)))
    // The cursor is after the corner, a blank and the slash.
    let column = min(place.column + 3 + before, place.endColumn - 2)
    frame.cursor = Point(column: column, row: place.endRow - 1)
  }

  private func drawTitles(_ columns: ColumnLayout, _ line: Rect, _ frame: inout Frame) {
    for place in columns.places {
      let header = content.headers[place.index]
      let start = Point(column: line.column + place.start, row: line.row)
      if header.kind.isNumeric {
        let end = start.moved(by: place.columns - (place.bar > 0 ? place.bar + 1 : 0))
        frame.writeTrailing(header.title, endingAt: end, style: .muted)
        if let title = barTitle(place.bar) { frame.write(title, at: end.moved(by: 1), style: .muted) }
      } else {
        frame.write(header.title, at: start, columns: place.columns, style: .muted)
      }
    }
  }

  /// What a bar is relative to.
  private func barTitle(_ columns: Int) -> String? {
    let titles =
      content.hasQuotas ? ["OF QUOTA", "QUOTA", "USED"] : content.isLowBandwidth ? [] : ["OF LARGEST", "LARGEST"]
    return titles.first { $0.count <= columns }
  }

  private func drawMessage(in area: Rect, _ frame: inout Frame) {
    guard let (text, style) = message else { return }
    let lines = TextWrap.lines(text, columns: area.columns - 2, textWidth: frame.textWidth)
    for (index, line) in lines.prefix(area.rows).enumerated() {
      frame.write(line, at: Point(column: area.column + 1, row: area.row + index), style: style)
    }
  }

  /// The message of an empty pane: why it is empty and which key fills it.
  var message: (text: String, style: Style)? {
    if let failure = content.status.failure {
      let isTrying = content.status.loadingSince != nil
      // Advice is given once, where the user looks.
      let text = TroubleText.failure(
        failure, isTrying: isTrying, keys: content.troubleKeys, hasAdvice: content.isFocused)
      return (text, .danger)
    }
    if let wait = WaitText.text(since: content.status.loadingSince, now: now, step: step) {
      return (wait + (wait.hasPrefix("no") ? "; press \(content.troubleKeys.refresh) to refresh" : ""), .muted)
    }
    if content.totalCount > 0 {
      let count = content.unknownCount
      let unknown =
        count == 0 ? "" : " \(count == 1 ? "One is" : "\(count) are") hidden because a compared value is unknown."
      return (
        "No \(content.title.lowercased()) match \"\(content.filter.text)\".\(unknown) Esc clears the filter.", .muted
      )
    }
    if content.status.asOf != nil { return (content.emptyText, .muted) }
    return content.status.loadingSince == nil ? cloudMessage : nil
  }

  private var cloudMessage: (text: String, style: Style)? {
    switch content.cloud {
    case .there: nil
    case .awaited(let since): WaitText.forClouds(since: since, now: now, step: step).map { ($0, .muted) }
    case .unread(let reason): ("The list of clouds could not be read. \(reason)", .danger)
    case .missing: ("No cloud is selected.", .muted)
    }
  }

  /// Draws a message over stale rows, with its time and reason, at the bottom, or at the top if the cursor is there.
  private func drawTrouble(in body: Rect, _ frame: inout Frame) {
    guard let failure = content.status.failure else { return }
    let text = TroubleText.stale(
      asOf: content.status.asOf, part: content.status.isPartial ? content.totalCount : nil, failure,
      isTrying: content.status.loadingSince != nil, keys: content.troubleKeys)
    let lines = TextWrap.lines(text, columns: body.columns - 2, textWidth: frame.textWidth).prefix(
      body.rows / 2)
    let cursor = content.selectedRow.map { $0 - content.firstRow } ?? 0
    let (top, bottom) = (body.splitTop(lines.count).top, body.splitBottom(lines.count).bottom)
    let place = cursor < body.rows - lines.count ? bottom : top
    frame.fill(place)
    for (index, line) in lines.enumerated() {
      frame.write(line, at: Point(column: place.column + 1, row: place.row + index), style: .warning)
    }
  }
}
