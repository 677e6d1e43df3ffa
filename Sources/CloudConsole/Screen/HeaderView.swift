import CloudChanges
import CloudViewModels
import TerminalUI

/// Draws the first line: the service and its warnings, then facts or tabs.
struct HeaderView {
  let header: Screen.Header
  /// Whether panes are shown as tabs, instead of facts.
  let hasTabs: Bool

  private static let labelColumns = 24

  func draw(in line: Rect, _ frame: inout Frame) {
    if hasTabs { drawNarrow(line, &frame) } else { drawWide(line, &frame) }
  }

  /// The label, cut to the given width, and `read-only`: as words, not only as a colour.
  private func warnings(_ textWidth: TextWidth, labelColumns: Int) -> [Span] {
    let service = header.service
    var spans: [Span] = []
    if let label = service.label {
      let style = Style(service.colour?.tone ?? .normal, bold: true, reverse: true)
      spans.append(Span(" " + textWidth.truncated(label, to: labelColumns) + " ", style))
    }
    if service.isReadOnly { spans.append(Span("read-only", Style(.warning, bold: true))) }
    return spans.separated(by: Span(" "))
  }

  private func drawWide(_ line: Rect, _ frame: inout Frame) {
    let textWidth = frame.textWidth
    frame.write("skydeck", at: Point(column: line.column + 1, row: line.row), style: Style(.accent, bold: true))
    let start = Point(column: line.column + 10, row: line.row)
    let warnings = warnings(textWidth, labelColumns: Self.labelColumns)
    let warningColumns = columns(of: warnings, textWidth) + (warnings.isEmpty ? 0 : 2)
    // Warnings are not cut for the name, nor the name for facts. The first facts are the least important.
    let nameRoom = max(0, line.endColumn - 1 - start.column - warningColumns)
    let name = textWidth.truncated(header.service.name, to: nameRoom)
    let end = start.column + textWidth.columns(of: name) + warningColumns
    frame.write([Span(name), Span("  ")] + warnings, at: start, columns: line.endColumn - start.column - 1)
    writeFacts(from: end, in: line, &frame)
  }

  /// Writes as many facts as fit, dropping the first ones.
  private func writeFacts(from start: Int, in line: Rect, _ frame: inout Frame) {
    let textWidth = frame.textWidth
    var facts = header.facts
    func fits() -> Bool {
      facts.reduce(start) { $0 + textWidth.columns(of: $1) + 3 } <= line.endColumn - 1
    }
    if !fits(), !header.shortFacts.isEmpty { facts = header.shortFacts }
    while !facts.isEmpty, !fits() { facts.removeFirst() }
    frame.writeTrailing(
      facts.joined(separator: "   "), endingAt: Point(column: line.endColumn - 1, row: line.row), style: .muted)
  }

  /// Draws tabs instead of facts, and warnings instead of the program name.
  private func drawNarrow(_ line: Rect, _ frame: inout Frame) {
    let (begin, tabs, start) = narrowParts(line, frame.textWidth)
    frame.write(begin, at: Point(column: line.column + 1, row: line.row), columns: line.columns - 1)
    let spans = tabs.enumerated().map { index, tab in
      Span(tab, index == header.openTab ? Style(.accent, bold: true) : .muted)
    }
    let end = start + frame.write(spans, at: Point(column: start, row: line.row), columns: line.endColumn - start)
    // There is room left if one pane fills a large screen.
    writeFacts(from: end + 1, in: line, &frame)
  }

  /// The tab at a point of a narrow screen; `nil` if there is none.
  func tab(at point: Point, in line: Rect, _ textWidth: TextWidth) -> Int? {
    guard hasTabs, line.contains(point) else { return nil }
    let (_, tabs, start) = narrowParts(line, textWidth)
    var column = start
    guard point.column >= column else { return nil }
    return tabs.firstIndex { tab in
      column += textWidth.columns(of: tab)
      return point.column < column
    }
  }

  /// The beginning of a narrow line, its tabs, and the column where the tabs begin.
  private func narrowParts(_ line: Rect, _ textWidth: TextWidth) -> (begin: [Span], tabs: [String], start: Int) {
    let warnings = warnings(textWidth, labelColumns: line.columns - 13 - (header.service.isReadOnly ? 14 : 4))
    let begin = warnings.isEmpty ? [Span("skydeck", Style(.accent, bold: true))] : warnings
    let start = line.column + 1 + columns(of: begin, textWidth) + (warnings.isEmpty ? 2 : 1)
    return (begin, tabs(columns: line.endColumn - start - 1, textWidth), start)
  }

  /// The tabs with names if they fit, else with short names, else with the open one's name, else with numbers only.
  private func tabs(columns room: Int, _ textWidth: TextWidth) -> [String] {
    let numbers = header.tabs.enumerated().map { $0 == header.openTab ? "[\($1.prefix(1))]" : " \($1.prefix(1)) " }
    let wishes = [
      tabs { " \($0) " }, tabs { " \($0.prefix(1)) \($0.dropFirst(2).prefix(3)) " }, tabs { " \($0.prefix(1)) " },
    ]
    return wishes.first { tabs in tabs.reduce(0) { $0 + textWidth.columns(of: $1) } <= room } ?? numbers
  }

  private func tabs(_ closed: (String) -> String) -> [String] {
    header.tabs.enumerated().map { $0 == header.openTab ? "[\($1)]" : closed($1) }
  }

  private func columns(of spans: [Span], _ textWidth: TextWidth) -> Int {
    spans.reduce(0) { $0 + textWidth.columns(of: $1.text) }
  }
}

extension LabelColour {
  /// The tone with this colour.
  var tone: Style.Tone {
    switch self {
    case .red: .red
    case .yellow: .yellow
    case .green: .green
    case .blue: .blue
    case .magenta: .magenta
    case .cyan: .cyan
    }
  }
}
