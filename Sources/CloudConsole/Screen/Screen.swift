import CloudChanges
import CloudViewModels
import FoundationEssentials
import TerminalUI

/// Everything on the screen, as a value. Drawing it is a pure function.
struct Screen: Hashable {
  /// The first line.
  struct Header: Hashable {
    var service: ServiceIdentity
    /// Facts at the right end, as many as fit: `14 clouds`, `3.2 TB`, `as of 13:04`, `↓2`.
    var facts: [String]
    /// The facts if there isn't room for all, the most important last; empty for the same ones.
    var shortFacts: [String] = []
    /// The panes that a narrow screen shows as tabs.
    var tabs: [String]
    var openTab: Int
  }

  var size: Size
  var layout: ConsoleLayout
  var header: Header
  var panes: [Int: PaneContent]
  var notice: Notice?
  var hints: [KeyHint]
  /// The dialogs, the topmost last.
  var dialogs: [DialogContent]
  var now: Date
  /// The last change in words, for a screen reader.
  var announcement = ""

  func render(textWidth: TextWidth) -> Frame {
    render(drawPanes(textWidth: textWidth))
  }

  /// Draws the panes only.
  ///
  /// - Parameter last: the panes as last drawn, of which unchanged parts are copied.
  func drawPanes(after last: DrawnPanes? = nil, textWidth: TextWidth) -> DrawnPanes {
    let last = last.flatMap { $0.layout == layout && $0.isOf(size, textWidth) ? $0 : nil }
    var frame = last?.frame ?? Frame(size: size, textWidth: textWidth)
    frame.cursor = nil
    var drawn: [Int: DrawnPanes.Pane] = [:]
    for (index, place) in layout.panes {
      guard let content = panes[index] else { continue }
      let view = PaneView(content: content, now: now, isWide: place.columns == size.columns)
      let before = last.flatMap { last in last.panes[index].map { (pane: $0, frame: last.frame) } }
      if let before, view.isStill, before.pane.content == content {
        drawn[index] = before.pane
        continue
      }
      drawn[index] = view.draw(in: place, after: before, &frame)
    }
    return DrawnPanes(layout: layout, panes: drawn, frame: frame)
  }

  /// Draws the whole screen around panes that are already drawn.
  func render(_ drawn: DrawnPanes) -> Frame {
    var frame = drawn.frame
    guard layout.arrangement != .tooSmall else {
      drawTooSmall(&frame)
      return frame
    }
    drawHeader(&frame)
    drawNotice(&frame)
    drawHints(&frame)
    for dialog in dialogs {
      frame.cursor = nil
      dialog.draw(&frame, isLowBandwidth: panes.values.contains { $0.isLowBandwidth })
    }
    return frame
  }

  private func drawTooSmall(_ frame: inout Frame) {
    let smallest = ConsoleLayout.smallest
    let text = "The window is too small: \(smallest.columns)×\(smallest.rows) at least."
    for (row, line) in TextWrap.lines(text, columns: size.columns, textWidth: frame.textWidth).enumerated() {
      frame.write(line, at: Point(column: 0, row: row), style: .warning)
    }
  }

  private func drawHeader(_ frame: inout Frame) {
    HeaderView(header: header, hasTabs: layout.hasTabs).draw(in: layout.header, &frame)
  }

  private func drawNotice(_ frame: inout Frame) {
    guard let notice else { return }
    let style: Style =
      switch notice.kind {
      case .done: .good
      case .information: .normal
      case .failure: .danger
      case .unknown: .warning
      }
    let lines = Self.noticeLines(notice, in: size, textWidth: frame.textWidth)
    let first = layout.notice.endRow - lines.count
    for (offset, line) in lines.enumerated() {
      frame.write(
        line, at: Point(column: layout.notice.column + 1, row: first + offset), columns: size.columns - 2, style: style)
    }
  }

  /// The lines of a notice: at least one, whose row is always reserved, and at most a third of the screen.
  static func noticeLines(_ notice: Notice?, in size: Size, textWidth: TextWidth) -> [String] {
    guard let notice else { return [""] }
    let sign =
      switch notice.kind {
      case .done, .information: ""
      case .failure: "! "
      case .unknown: "? "
      }
    // The end is kept: the last sentence often says what to do next.
    return TextWrap.lines(sign + notice.text, columns: size.columns - 2, textWidth: textWidth)
      .suffix(max(1, size.rows / 3))
  }

  private func drawHints(_ frame: inout Frame) {
    for (hint, place) in hintPlaces(frame.textWidth) {
      frame.write(
        [Span(hint.keys, .accent), Span(" " + hint.label, .muted)], at: Point(column: place.column, row: place.row))
    }
  }

  /// The hints that fit, with their places.
  func hintPlaces(_ textWidth: TextWidth) -> [(hint: KeyHint, place: Rect)] {
    var places: [(hint: KeyHint, place: Rect)] = []
    var column = layout.hints.column + 1
    for hint in hints {
      let columns = textWidth.columns(of: hint.text)
      guard column + columns <= layout.hints.endColumn - 1 else { continue }
      places.append((hint, Rect(column: column, row: layout.hints.row, columns: columns, rows: 1)))
      column += columns + 2
    }
    return places
  }
}
