import CloudAPI
import CloudChanges
import CloudViewModels
import TerminalUI

/// The requests and messages of this run, the latest first, or the requests that write alone. Enter shows one in full: a
/// message, or what was sent and answered.
@MainActor
final class LogLayer: ScrollingLayer {
  /// The identity of an entry.
  private enum Place: Hashable {
    case request(Int)
    case sweep(RequestSweep.ID)
    case notice(Int)
  }

  private struct Entry {
    let place: Place
    let row: LogRow
    /// What is shown on Enter, on several lines.
    let details: @MainActor () -> String
  }

  /// The selected entry, which keeps the cursor when later ones arrive; `nil` for the latest one.
  private var selection: Place?
  private var showsWritesOnly = false
  /// The entry of each line on the screen; one with several lines is there as often.
  private var places: [Place] { drawn.ids.compactMap { $0.base as? Place } }
  private let requests: RequestLog
  private let notices: NoticeBoard

  init(requests: RequestLog, notices: NoticeBoard, keymap: Keymap) {
    self.requests = requests
    self.notices = notices
    super.init(keymap: keymap)
  }

  override var title: String { showsWritesOnly ? "Writes" : "Requests and messages" }
  override var trailingTitle: String {
    showsWritesOnly
      ? Count.text(requests.entries.count(where: \.isWrite), "write", "writes")
      : Count.text(requests.lastID, "request", "requests")
  }
  override var isSearchable: Bool { true }
  override var command: Command? { .log }

  override var keyHelp: [KeyHint] {
    [KeyHint("Enter", "read whole"), KeyHint("w", showsWritesOnly ? "all" : "writes")]
  }
  override var cursorLine: Int? { cursor(in: places) }

  private func cursor(in places: [Place]) -> Int? {
    places.isEmpty ? nil : places.firstIndex { $0 == selection } ?? 0
  }

  override func moveCursor(to line: Int) {
    let places = places
    guard places.indices.contains(line), let cursor = cursorLine else { return }
    // Down from the first line of an entry leads to the next entry, not to its other lines.
    let isSame = line > cursor && places[line] == places[cursor]
    selection = isSame ? places[line...].first { $0 != places[cursor] } ?? places[cursor] : places[line]
  }

  override func page(columns: Int, textWidth: TextWidth, search: String) -> Page {
    let words = search.split(separator: " ").map { $0.lowercased() }
    let shown = entries
    let found = shown.filter { entry in
      let text = words.isEmpty ? "" : entry.row.text.lowercased()
      return words.allSatisfy(text.contains)
    }
    guard !found.isEmpty else {
      let nothing = showsWritesOnly ? "Nothing was written yet." : "Nothing yet."
      return Page(lines: [DialogLine(shown.isEmpty ? nothing : "No entry matches.", .muted)])
    }
    let layout = LogColumns(columns: columns - 2)
    let selected = found.firstIndex { $0.place == selection } ?? 0
    var page = Page(lines: [], cursorID: "\(found[selected].place)", cursorText: found[selected].row.text)
    for (index, entry) in found.enumerated() {
      let isHere = index == selected
      if isHere { page.cursor = page.lines.count }
      let lines = entry.row.lines(layout, textWidth: textWidth)
      for (offset, line) in lines.enumerated() {
        let spans = line.map { Span($0.text, Style($0.style.tone, bold: isHere)) }
        page.lines.append(DialogLine([Span(isHere && offset == 0 ? "▸ " : "  ", .accent)] + spans))
        page.ids.append(AnyHashable(entry.place))
      }
    }
    return page
  }

  override func takes(_ command: Command) -> Bool { super.takes(command) || command == .open }

  /// Shows the entry under the cursor in full; a request in flight is updated when it ends.
  override func take(_ key: Key) -> LayerAnswer {
    if key == .character("w") {
      showsWritesOnly.toggle()
      return .stay
    }
    guard key == .enter || keymap.command(for: key) == .open, let cursorLine else { return .stay }
    let place = places[cursorLine]
    guard let entry = entry(at: place) else { return .stay }
    let last = entry.details()
    return .open(
      MessageLayer(title: entry.row.time, keymap: keymap) { [weak self] in self?.entry(at: place)?.details() ?? last })
  }

  /// All entries, the latest first.
  private var entries: [Entry] {
    var all = requests.entries.filter { $0.isWrite || !showsWritesOnly }.map { ($0.time, entry(of: $0)) }
    if !showsWritesOnly {
      all += requests.sweeps.map { ($0.time, entry(of: $0)) } + notices.history.map { ($0.time, entry(of: $0)) }
    }
    return all.enumerated().sorted { ($0.element.0, $0.offset) > ($1.element.0, $1.offset) }.map(\.element.1)
  }

  private func entry(at place: Place) -> Entry? {
    switch place {
    case .request(let id): requests.entries.last { $0.id == id }.map(entry)
    case .sweep(let id): requests.sweeps.last { $0.id == id }.map(entry)
    case .notice(let id): notices.history.last { $0.id == id }.map(entry)
    }
  }

  private func entry(of request: RequestLog.Entry) -> Entry {
    let row = LogRow(request)
    return Entry(place: .request(request.id), row: row) {
      let exchange = request.exchange.map { "\n\n\($0)" } ?? (request.ending == nil ? "" : "\n\nIts text isn't kept.")
      return row.whole + exchange
    }
  }

  private func entry(of sweep: SweepEntry) -> Entry {
    let style: Style = sweep.inFlight > 0 ? .warning : sweep.hasFailures ? .danger : .normal
    let row = LogRow(time: LocalTime.hourMinuteSecond(sweep.time), method: "GET", what: Span(sweep.text, style))
    return Entry(place: .sweep(sweep.id), row: row) { sweep.details }
  }

  private func entry(of notice: Notice) -> Entry {
    let style: Style =
      switch notice.kind {
      case .done: .good
      case .information: .normal
      case .failure: .danger
      case .unknown: .warning
      }
    let row = LogRow(time: LocalTime.hourMinuteSecond(notice.time), what: Span(notice.text, style))
    return Entry(place: .notice(notice.id), row: row) { notice.text }
  }
}
