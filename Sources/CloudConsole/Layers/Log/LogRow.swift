import CloudAPI
import CloudChanges
import CloudViewModels
import TerminalUI

/// One line of the log, before it is laid out in columns.
struct LogRow {
  let time: String
  /// `nil` for a message.
  var method: String?
  /// The path, what many requests read, or the text of a message.
  let what: Span
  var status: Span?
  var duration = ""
  var size = ""
  /// What a write changes: `Users · Haussmann Tower: Ada Lovelace: Role: User → Admin`.
  var change: String?

  /// All of it on one line, for the search and a screen reader.
  var text: String {
    [time, method ?? "", what.text, status?.text ?? "", duration, size, change ?? ""].filter { !$0.isEmpty }
      .joined(separator: "  ")
  }

  /// What is shown before the exchange: all but the time.
  var whole: String {
    let first = [method ?? "", what.text, status?.text ?? "", duration, size].filter { !$0.isEmpty }
    return first.joined(separator: "  ") + (change.map { "\n\($0)" } ?? "")
  }

  /// The line and, for a write, what it changes, below the path.
  func lines(_ columns: LogColumns, textWidth: TextWidth) -> [[Span]] {
    let start = [Span(time + "  ", .muted)]
    guard let method else {
      return [start + [Span(what.text, what.style)]]
    }
    let head = start + [Span(Self.padded(method, to: columns.method, textWidth), .muted)]
    guard let status else { return [head + [what]] }
    let place = textWidth.truncated(what.text, to: columns.what)
    var line = head + [Span(Self.padded(place, to: columns.what, textWidth), what.style)]
    line.append(Span("  " + Self.padded(status.text, to: columns.status, textWidth), status.style))
    if columns.duration > 0 { line.append(Span(Self.led(duration, to: columns.duration, textWidth), .muted)) }
    if columns.size > 0 { line.append(Span(Self.led(size, to: columns.size, textWidth), .muted)) }
    let indent = String(repeating: " ", count: LogColumns.time)
    let room = max(1, columns.columns - LogColumns.time)
    let below = change.map { TextWrap.lines($0, columns: room, textWidth: textWidth) } ?? []
    return [line] + below.map { [Span(indent + $0)] }
  }

  private static func padded(_ text: String, to columns: Int, _ textWidth: TextWidth) -> String {
    text + String(repeating: " ", count: max(0, columns - textWidth.columns(of: text)))
  }

  private static func led(_ text: String, to columns: Int, _ textWidth: TextWidth) -> String {
    String(repeating: " ", count: max(0, columns - textWidth.columns(of: text))) + text
  }
}

extension LogRow {
  init(_ request: RequestLog.Entry) {
    let time = LocalTime.hourMinuteSecond(request.time)
    switch request.ending {
    case nil:
      self.init(
        time: time, method: request.method, what: Span(request.path), status: Span("…", .warning),
        duration: "in flight", change: request.change)
    case .answered(let status, let bytes, let duration):
      self.init(
        time: time, method: request.method, what: Span(request.path),
        status: Span("\(status)", status < 400 ? .muted : .danger), duration: Self.milliseconds(duration),
        size: ByteText.format(Int64(bytes)), change: request.change)
    case .failed(let error, let duration):
      self.init(
        time: time, method: request.method, what: Span("\(request.path)  \(error.message)", .danger),
        status: Span(error.status.map { "\($0)" } ?? "!", .danger), duration: Self.milliseconds(duration),
        change: request.change)
    }
  }

  private static func milliseconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000) ms"
  }
}

/// The columns of the log: what has no room leaves from the right, and the rest goes to the path.
struct LogColumns {
  /// `13:04:17` and two blanks.
  static let time = 10

  let columns: Int
  let method: Int
  let status: Int
  /// With the blanks before it; 0 if it has no room.
  let duration: Int
  let size: Int

  /// - Parameter columns: those of the whole line.
  init(columns: Int) {
    self.columns = columns
    method = columns >= 44 ? 8 : 7
    status = 3
    duration = columns >= 50 ? 12 : 0
    size = columns >= 64 ? 11 : 0
  }

  /// The columns of the path.
  var what: Int { max(4, columns - Self.time - method - 2 - status - duration - size) }
}

extension CloudAPIError {
  /// The HTTP status that it tells of; `nil` if there was no answer, or one that can't be read.
  fileprivate var status: Int? {
    switch code {
    case .unauthorized: 401
    case .paymentRequired: 402
    case .forbidden: 403
    case .notFound: 404
    case .conflict: 409
    case .rateLimited: 429
    case .validation: 400
    case .rejected(let status), .server(let status): status
    case .outcomeUnknown(.server(let status)), .outcomeUnknown(.foreign(let status)): status
    default: nil
    }
  }
}
