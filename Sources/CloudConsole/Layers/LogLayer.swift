import CloudAPI
import CloudViewModels
import TerminalUI

/// This run's requests and messages, the latest first.
@MainActor
final class LogLayer: ScrollingLayer {
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

  override func lines(columns: Int, textWidth: TextWidth, search: String) -> [DialogLine] {
    let requestLines = requests.entries.map { ($0.time, line(of: $0)) }
    let noticeLines = notices.history.map { ($0.time, line(of: $0)) }
    let lines = (requestLines + noticeLines).enumerated()
      .sorted { ($0.element.0, $0.offset) > ($1.element.0, $1.offset) }.map(\.element.1)
    let found = lines.filter { line in
      let text = line.spans.map(\.text).joined().lowercased()
      return search.split(separator: " ").allSatisfy { text.contains($0.lowercased()) }
    }
    return found.isEmpty ? [DialogLine("Nothing yet.", .muted)] : found
  }

  private func line(of entry: RequestLog.Entry) -> DialogLine {
    let start = [
      Span(LocalTime.hourMinuteSecond(entry.time) + "  ", .muted), Span("\(entry.method) \(entry.path)  "),
    ]
    switch entry.ending {
    case nil: return DialogLine(start + [Span("in flight", .warning)])
    case .answered(let status, let bytes, let duration):
      let style: Style = status < 400 ? .muted : .danger
      return DialogLine(start + [Span("\(status)  \(ByteText.format(Int64(bytes)))  \(milliseconds(duration))", style)])
    case .failed(let error, let duration):
      return DialogLine(start + [Span("\(error.message)  \(milliseconds(duration))", .danger)])
    }
  }

  private func line(of notice: Notice) -> DialogLine {
    let style: Style =
      switch notice.kind {
      case .done: .good
      case .information: .normal
      case .failure: .danger
      case .unknown: .warning
      }
    return DialogLine([Span(LocalTime.hourMinuteSecond(notice.time) + "  ", .muted), Span(notice.text, style)])
  }

  private func milliseconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000) ms"
  }
}
