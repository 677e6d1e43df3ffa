import CloudChanges
import CloudViewModels
import TerminalUI

/// Draws the first line: which service this is and how careful to be with it, then facts or tabs.
struct HeaderView {
  let header: Screen.Header
  let arrangement: ConsoleLayout.Arrangement

  private static let labelColumns = 24

  func draw(in line: Rect, _ frame: inout Frame) {
    if arrangement == .narrow { drawNarrow(line, &frame) } else { drawWide(line, &frame) }
  }

  /// The label and `read-only`, cut to a length that leaves room for the rest. They are words, and a colour besides.
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
    // The warnings are never cut for the service's name, nor that for a fact; the first facts matter least.
    let nameRoom = max(0, line.endColumn - 1 - start.column - warningColumns)
    let name = textWidth.truncated(header.service.name, to: nameRoom)
    let end = start.column + textWidth.columns(of: name) + warningColumns
    frame.write([Span(name), Span("  ")] + warnings, at: start, columns: line.endColumn - start.column - 1)
    writeFacts(from: end, in: line, &frame)
  }

  /// As many facts as fit, the last ones first.
  private func writeFacts(from start: Int, in line: Rect, _ frame: inout Frame) {
    let textWidth = frame.textWidth
    var facts = header.facts
    func columns() -> Int { facts.reduce(0) { $0 + textWidth.columns(of: $1) + 3 } }
    while !facts.isEmpty, start + columns() > line.endColumn - 1 { facts.removeFirst() }
    frame.writeTrailing(
      facts.joined(separator: "   "), endingAt: Point(column: line.endColumn - 1, row: line.row), style: .muted)
  }

  /// Tabs take the facts' place, and warnings that of the program's name.
  private func drawNarrow(_ line: Rect, _ frame: inout Frame) {
    let (begin, tabs, start) = narrowParts(line, frame.textWidth)
    frame.write(begin, at: Point(column: line.column + 1, row: line.row), columns: line.columns - 1)
    let spans = tabs.enumerated().map { index, tab in
      Span(tab, index == header.openTab ? Style(.accent, bold: true) : .muted)
    }
    let end = start + frame.write(spans, at: Point(column: start, row: line.row), columns: line.endColumn - start)
    // Room is left where one pane has a large screen to itself.
    writeFacts(from: end + 1, in: line, &frame)
  }

  /// The tab at a point of a narrow screen.
  func tab(at point: Point, in line: Rect, _ textWidth: TextWidth) -> Int? {
    guard arrangement == .narrow, line.contains(point) else { return nil }
    let (_, tabs, start) = narrowParts(line, textWidth)
    var column = start
    guard point.column >= column else { return nil }
    return tabs.firstIndex { tab in
      column += textWidth.columns(of: tab)
      return point.column < column
    }
  }

  /// What a narrow line begins with, its tabs, and the column where they begin.
  private func narrowParts(_ line: Rect, _ textWidth: TextWidth) -> (begin: [Span], tabs: [String], start: Int) {
    let warnings = warnings(textWidth, labelColumns: line.columns - 13 - (header.service.isReadOnly ? 14 : 4))
    let begin = warnings.isEmpty ? [Span("skydeck", Style(.accent, bold: true))] : warnings
    let start = line.column + 1 + columns(of: begin, textWidth) + (warnings.isEmpty ? 2 : 1)
    return (begin, tabs(columns: line.endColumn - start - 1, textWidth), start)
  }

  /// Names where there is room, else enough of them to tell the panes apart, else the open one's, else numbers.
  private func tabs(columns room: Int, _ textWidth: TextWidth) -> [String] {
    let numbers = header.tabs.indices.map { $0 == header.openTab ? "[\($0 + 1)]" : " \($0 + 1) " }
    let wishes = [
      tabs { " \($0 + 1) \($1.dropFirst(2)) " }, tabs { " \($0 + 1) \($1.dropFirst(2).prefix(3)) " },
      tabs { number, _ in " \(number + 1) " },
    ]
    return wishes.first { tabs in tabs.reduce(0) { $0 + textWidth.columns(of: $1) } <= room } ?? numbers
  }

  private func tabs(_ closed: (Int, String) -> String) -> [String] {
    header.tabs.enumerated().map { $0 == header.openTab ? "[\($1)]" : closed($0, $1) }
  }

  private func columns(of spans: [Span], _ textWidth: TextWidth) -> Int {
    spans.reduce(0) { $0 + textWidth.columns(of: $1.text) }
  }
}

extension LabelColour {
  /// The tone that has the colour.
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
