import CloudAPI
import CloudChanges
import CloudViewModels
import TerminalUI

/// The requests and messages of this run, the latest first, one line each. Enter shows one in full.
@MainActor
final class LogLayer: ScrollingLayer {
  /// The identity of an entry.
  private enum Place: Hashable {
    case request(Int)
    case notice(Int)
  }

  private struct Entry {
    let place: Place
    let time: String
    let content: [Span]

    var spans: [Span] { [Span(time + "  ", .muted)] + content }
    var text: String { spans.map(\.text).joined() }
    /// The text to be shown on several lines.
    var message: String { content.map(\.text).joined() }
  }

  /// The selected entry, which keeps the cursor when later ones arrive; `nil` for the latest one.
  private var selection: Place?
  /// The entry of each line on the screen.
  private var places: [Place] { drawn.ids.compactMap { $0.base as? Place } }
  private let requests: RequestLog
  private let notices: NoticeBoard

  init(requests: RequestLog, notices: NoticeBoard, keymap: Keymap) {
    self.requests = requests
    self.notices = notices
    super.init(keymap: keymap)
  }

  override var title: String { "Requests and messages" }
  override var trailingTitle: String { "\(requests.entries.count) requests" }
  override var isSearchable: Bool { true }
  override var command: Command? { .log }

  override var keyHelp: [String] { ["Enter read whole"] }
  override var cursorLine: Int? { cursor(in: places) }

  private func cursor(in places: [Place]) -> Int? {
    places.isEmpty ? nil : places.firstIndex { $0 == selection } ?? 0
  }

  override func moveCursor(to line: Int) {
    let places = places
    if places.indices.contains(line) { selection = places[line] }
  }

  override func page(columns: Int, textWidth: TextWidth, search: String) -> Page {
    let words = search.split(separator: " ")
    let found = entries.filter { entry in
      let text = entry.text.lowercased()
      return words.allSatisfy { text.contains($0.lowercased()) }
    }
    guard !found.isEmpty else {
      return Page(lines: [DialogLine(entries.isEmpty ? "Nothing yet." : "No entry matches.", .muted)])
    }
    let places = found.map(\.place)
    let cursor = cursor(in: places)
    let lines = found.enumerated().map { index, entry in
      let isHere = index == cursor
      let spans = entry.spans.map { Span($0.text, Style($0.style.tone, bold: isHere)) }
      return DialogLine([Span(isHere ? "▸ " : "  ", .accent)] + spans)
    }
    return Page(
      lines: lines, cursor: cursor, cursorID: cursor.map { "\(places[$0])" } ?? "", ids: places.map { AnyHashable($0) })
  }

  override func takes(_ command: Command) -> Bool { super.takes(command) || command == .open }

  /// Shows the entry under the cursor in full; a request in flight is updated when it ends.
  override func take(_ key: Key) -> LayerAnswer {
    guard key == .enter || keymap.command(for: key) == .open, let cursorLine else { return .stay }
    let place = places[cursorLine]
    guard let entry = entry(at: place) else { return .stay }
    return .open(
      MessageLayer(title: entry.time, keymap: keymap) { [weak self] in (self?.entry(at: place) ?? entry).message })
  }

  /// All entries, the latest first.
  private var entries: [Entry] {
    let all = requests.entries.map { ($0.time, entry(of: $0)) } + notices.history.map { ($0.time, entry(of: $0)) }
    return all.enumerated().sorted { ($0.element.0, $0.offset) > ($1.element.0, $1.offset) }.map(\.element.1)
  }

  private func entry(at place: Place) -> Entry? {
    switch place {
    case .request(let id): requests.entries.last { $0.id == id }.map(entry)
    case .notice(let id): notices.history.last { $0.id == id }.map(entry)
    }
  }

  private func entry(of request: RequestLog.Entry) -> Entry {
    let start = Span("\(request.method) \(request.path)  ")
    let end =
      switch request.ending {
      case nil: Span("in flight", .warning)
      case .answered(let status, let bytes, let duration):
        Span(
          "\(status)  \(ByteText.format(Int64(bytes)))  \(milliseconds(duration))", status < 400 ? .muted : .danger)
      case .failed(let error, let duration): Span("\(error.message)  \(milliseconds(duration))", .danger)
      }
    return Entry(
      place: .request(request.id), time: LocalTime.hourMinuteSecond(request.time), content: [start, end])
  }

  private func entry(of notice: Notice) -> Entry {
    let style: Style =
      switch notice.kind {
      case .done: .good
      case .information: .normal
      case .failure: .danger
      case .unknown: .warning
      }
    return Entry(
      place: .notice(notice.id), time: LocalTime.hourMinuteSecond(notice.time), content: [Span(notice.text, style)])
  }

  private func milliseconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000) ms"
  }
}
