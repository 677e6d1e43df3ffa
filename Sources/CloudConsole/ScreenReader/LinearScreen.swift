import CloudChanges
import CloudViewModels
import FoundationEssentials
import TerminalUI

/// Draws a screen for a screen reader: one pane or one dialog at a time, each row on a line, without boxes, and with
/// the hardware cursor at the user's position, which screen readers follow.
///
/// Changes are announced in the line above the keys. A text longer than the width takes more rows, upwards, and the
/// pane or dialog gets fewer: screen readers announce new rows themselves, but text beyond the edge would have to be
/// scrolled.
struct LinearScreen {
  let screen: Screen

  func render(textWidth: TextWidth) -> Frame {
    guard screen.layout.arrangement != .tooSmall else { return screen.render(textWidth: textWidth) }
    var frame = Frame(size: screen.size, textWidth: textWidth.drawingInASCII)
    if let dialog = screen.dialogs.last {
      draw(dialog, &frame)
    } else {
      write(header, row: screen.layout.header.row, &frame)
      for (index, place) in screen.layout.panes {
        if let pane = screen.panes[index] { draw(pane, in: place, &frame) }
      }
      let keys = LinearText.keys(screen.hints, columns: screen.size.columns, textWidth: frame.textWidth)
      write(keys, row: screen.layout.hints.row, &frame)
    }
    let lines = announcementLines(frame.textWidth)
    for (offset, line) in lines.enumerated() {
      write(line, row: screen.layout.notice.endRow - lines.count + offset, &frame)
    }
    return frame
  }

  /// The lines of the announcement: at least one. They leave room for a dialog's title and a line, or a pane with a
  /// row.
  func announcementLines(_ textWidth: TextWidth) -> [String] {
    let columns = screen.size.columns
    // Subtracts the keys, and the header or the dialog's title.
    let most = screen.size.rows - 2 - (screen.dialogs.isEmpty ? ConsoleLayout.smallestPaneRows : 1)
    let lines = TextWrap.lines(screen.announcement, columns: columns, textWidth: textWidth)
    let room = max(1, most)
    guard lines.count > room else { return lines.isEmpty ? [""] : lines }
    // The end is kept, because it often has the text to type or a file's path; the text before it is cut.
    let end = lines.suffix(min(3, room / 2))
    let begin = lines.prefix(room - end.count - 1)
    let rest = lines[begin.count...].joined(separator: " ")
    return begin + [textWidth.truncated(rest, to: columns)] + end
  }

  private func write(_ text: String, row: Int, _ style: Style = .normal, _ frame: inout Frame) {
    frame.write(text, at: Point(column: 0, row: row), columns: screen.size.columns, style: style)
  }

  private func write(_ text: String, row: Int, _ frame: inout Frame) {
    write(text, row: row, .normal, &frame)
  }

  private var header: String {
    let service = screen.header.service
    return
      (["skydeck", service.name, service.label, service.isReadOnly ? "read-only" : nil].compactMap { $0 }
      + screen.header.facts.map(LinearText.fact)).joined(separator: ", ")
  }

  /// Draws a title, the column titles, the rows, and a line for a problem or a prompt. The rows are where a click
  /// expects them.
  private func draw(_ pane: PaneContent, in place: Rect, _ frame: inout Frame) {
    let title = [
      LinearText.title(pane), LinearText.count(pane), LinearText.marks(pane), LinearText.order(pane), waiting(pane),
    ]
    write(title.compactMap { $0 }.joined(separator: ", "), row: place.row, Style(bold: true), &frame)
    frame.cursor = Point(column: 0, row: place.row)
    let (titles, rows) = PaneView.parts(of: place)
    let first = rows.row
    if pane.rowCount == 0 {
      let message = PaneView(content: pane, now: screen.now, isWide: true).message?.text ?? ""
      let lines = TextWrap.lines(message, columns: screen.size.columns, textWidth: frame.textWidth)
      for (offset, line) in lines.prefix(rows.rows).enumerated() {
        write(line, row: first + offset, &frame)
      }
      if !message.isEmpty { frame.cursor = Point(column: 0, row: first) }
    } else if !titles.isEmpty {
      let titlesRead = pane.headers.filter { !$0.isInWidePanes }.map { $0.title.lowercased() }
      write(titlesRead.joined(separator: ", "), row: titles.row, .muted, &frame)
    }
    for (offset, row) in pane.rows.prefix(rows.rows).enumerated() {
      let text = LinearText.row(row, pane.headers, columns: screen.size.columns, textWidth: frame.textWidth)
      write(text, row: first + offset, &frame)
      if pane.firstRow + offset == pane.selectedRow { frame.cursor = Point(column: 0, row: first + offset) }
    }
    drawLastLine(of: pane, row: place.endRow - 1, &frame)
  }

  private func waiting(_ pane: PaneContent) -> String? {
    WaitText.text(pane.status, now: screen.now) ?? (pane.status.isPartial ? "incomplete" : nil)
  }

  private func drawLastLine(of pane: PaneContent, row: Int, _ frame: inout Frame) {
    if let prompt = pane.prompt {
      let label = "Filter: "
      write(label + prompt.text, row: row, &frame)
      let before = frame.textWidth.columns(of: label + prompt.text.prefix(prompt.cursor))
      frame.cursor = Point(column: min(before, screen.size.columns - 1), row: row)
    } else if let notice = screen.notice, notice.stays, notice.text != screen.announcement {
      write(notice.text, row: row, .warning, &frame)
    } else if pane.status.failure == nil, let trouble = pane.sizeTrouble.first {
      write("Size: \(LinearText.spoken(trouble))", row: row, .warning, &frame)
    } else if let failure = pane.status.failure, pane.totalCount > 0 {
      let isTrying = pane.status.loadingSince != nil
      write(
        TroubleText.stale(
          asOf: pane.status.asOf, part: pane.status.isPartial ? pane.totalCount : nil, failure, isTrying: isTrying,
          keys: pane.troubleKeys), row: row, .warning, &frame)
    }
  }

  /// Draws a dialog from its first visible line on.
  private func draw(_ dialog: DialogContent, _ frame: inout Frame) {
    // A title on the lines of the dialog is not said twice: its first line stands for it.
    let firstLine = dialog.hasTitleInside ? dialog.lines.first.map(LinearText.line) : nil
    let title = [firstLine ?? dialog.title, dialog.trailingTitle].filter { !$0.isEmpty }.joined(separator: ", ")
    write(title, row: 0, Style(bold: true), &frame)
    let capacity = max(1, screen.layout.notice.row - 1)
    let first = max(firstLine == nil ? 0 : 1, dialog.firstLine(capacity: capacity))
    frame.cursor = Point(column: 0, row: min(1, capacity))
    for (offset, line) in dialog.lines.dropFirst(first).prefix(capacity).enumerated() {
      let index = first + offset
      let holdsCursor = dialog.cursor?.row == index
      write(holdsCursor ? LinearText.inPlace(line) : LinearText.line(line), row: 1 + offset, &frame)
      if index == dialog.focusedLine { frame.cursor = Point(column: 0, row: 1 + offset) }
    }
    if let cursor = dialog.cursor, cursor.row >= first, cursor.row < first + capacity {
      frame.cursor = Point(column: min(cursor.column, screen.size.columns - 1), row: 1 + cursor.row - first)
    }
    drawKeys(dialog.footer, &frame)
  }

  private func drawKeys(_ footer: DialogFooter, _ frame: inout Frame) {
    let row = screen.layout.hints.row
    let columns = screen.size.columns
    guard let prompt = footer.prompt else {
      return write(LinearText.keys(footer, columns: columns, textWidth: frame.textWidth), row: row, .muted, &frame)
    }
    // The typed text is at the end of the line, so that the keys don't move.
    let keys = LinearText.keys(footer, columns: columns * 2 / 3, textWidth: frame.textWidth)
    let start = "\(keys), search: "
    write(start + prompt.text, row: row, &frame)
    let before = frame.textWidth.columns(of: start + prompt.text.prefix(prompt.cursor))
    frame.cursor = Point(column: min(before, columns - 1), row: row)
  }
}
