import CloudAPI
import CloudViewModels
import TerminalUI

/// Draws one row of a table.
struct RowView: Hashable {
  let columns: ColumnLayout
  let headers: [ColumnHeader]
  let filter: Filter
  let largestBytes: Int64
  let isLowBandwidth: Bool

  /// The style of less important text: grey, unless bandwidth is low: a colour change takes more bytes than the word.
  private var muted: Style { isLowBandwidth ? .normal : .muted }

  func draw(_ row: TableRow, in line: Rect, isSelected: Bool, isFocused: Bool, _ frame: inout Frame) {
    if isSelected {
      let mark = Point(column: line.column + 1, row: line.row)
      // No colour at low bandwidth: the border shows the focus, and the colour would be sent with each key.
      frame.write("▸", at: mark, style: isLowBandwidth || isFocused ? .normal : .muted)
    }
    drawSigns(of: row, in: line, isSelected: isSelected, &frame)
    for place in columns.places {
      draw(row.values[place.index], place, at: Point(column: line.column + place.start, row: line.row), &frame)
    }
    guard isSelected, isFocused, !isLowBandwidth else { return }
    frame.select(line)
  }

  /// Draws the mark and the change of a row. The change sign of a marked row takes the place of the cursor's mark.
  private func drawSigns(of row: TableRow, in line: Rect, isSelected: Bool, _ frame: inout Frame) {
    let place = Point(column: line.column, row: line.row)
    if row.isMarked { frame.write("●", at: place, style: Style(.accent, bold: true)) }
    guard let change = row.change, !(row.isMarked && isSelected) else { return }
    let sign = row.isMarked ? place.moved(by: 1) : place
    switch change {
    case .new: frame.write("+", at: sign, style: Style(.good, bold: true))
    case .changed: frame.write("~", at: sign, style: Style(.warning, bold: true))
    }
  }

  private func draw(
    _ value: FieldValue, _ place: ColumnLayout.Place, at start: Point, _ frame: inout Frame
  ) {
    // The badge warns about hidden characters before the text is read.
    let badge = value.hidesCharacters ? frame.write("! ", at: start, style: Style(.warning, bold: true)) : 0
    let (start, columns) = (start.moved(by: badge), place.columns - badge)
    switch value {
    case .bytes(let bytes):
      draw(bytes, place, at: start, &frame)
    case .node(let prefix, let name):
      let used = frame.write(prefix, at: start, columns: columns, style: muted)
      write(name, at: start.moved(by: used), columns: columns - used, .normal, .tail, &frame)
    case .email(let text):
      write(text, at: start, columns: columns, .normal, .email, &frame)
    case .role(let role):
      // Administrators stand out: their role is not grey.
      let tone: Style.Tone = role == .admin ? .normal : muted.tone
      write(value.plainText(), at: start, columns: columns, Style(tone), .tail, &frame)
    case .number, .usage:
      let text = frame.textWidth.truncated(value.plainText(), to: columns)
      let place = start.moved(by: columns - frame.textWidth.columns(of: text))
      // Numbers other than 0 stand out.
      let isLess = value == .number(0) || value == .number(nil)
      let tone = isLess ? muted.tone : .normal
      write(text, at: place, columns: columns, Style(tone), .tail, &frame)
    case .none:
      frame.write("—", at: start, columns: columns, style: muted)
    case .unreadable:
      frame.write(value.plainText(), at: start, columns: columns, style: Style(.danger))
    case .date(nil), .flag(nil):
      frame.write("—", at: start, columns: columns, style: muted)
    default:
      write(value.plainText(short: true), at: start, columns: columns, .normal, .tail, &frame)
    }
  }

  private func draw(
    _ bytes: LoadState<CloudSize>, _ place: ColumnLayout.Place, at start: Point, _ frame: inout Frame
  ) {
    let end = start.column + place.columns - (place.bar > 0 ? place.bar + 1 : 0)
    switch bytes {
    case .waiting:
      frame.writeTrailing("·", endingAt: Point(column: end, row: start.row), style: muted)
    case .failed:
      frame.writeTrailing("?", endingAt: Point(column: end, row: start.row), style: Style(.danger))
    case .loaded(let size), .stale(let size, _):
      frame.writeTrailing(
        FieldValue.bytes(bytes).plainText(), endingAt: Point(column: end, row: start.row),
        style: Style(bytes.isFresh ? .normal : .warning))
      guard place.bar > 0 else { return }
      guard size.quota == nil else {
        let bar = Rect(column: end + 1, row: start.row, columns: place.bar, rows: 1)
        return drawLevel(of: size, in: bar, &frame)
      }
      guard !isLowBandwidth else { return }
      let fraction = largestBytes > 0 ? Double(size.bytes ?? 0) / Double(largestBytes) : 0
      let bar = HorizontalBar.text(fraction: fraction, columns: place.bar)
      frame.write(bar, at: Point(column: end + 1, row: start.row), columns: place.bar, style: muted)
    }
  }

  /// Draws how full a cloud is: as text, by colour, and as a bar if there is room.
  private func drawLevel(of size: CloudSize, in place: Rect, _ frame: inout Frame) {
    guard let share = size.usedShare, let text = size.usedText else { return }
    let style = Style(size.level?.tone ?? .normal)
    frame.writeTrailing(text, endingAt: Point(column: place.endColumn, row: place.row), style: style)
    let columns = place.columns - Self.levelColumns - 1
    guard columns >= 3, !isLowBandwidth else { return }
    let bar = HorizontalBar.text(fraction: share, columns: columns)
    frame.write(bar, at: Point(column: place.column, row: place.row), columns: columns, style: style)
  }

  /// The width of `78 %` and `Full`.
  static let levelColumns = 4

  /// Writes text with the filter's matches highlighted. If the text is cut, only matches within the visible part are.
  private func write(
    _ text: String, at start: Point, columns: Int, _ plain: Style, _ truncation: Truncation, _ frame: inout Frame
  ) {
    guard !filter.showsAll else {
      frame.write(text, at: start, columns: columns, style: plain, truncation: truncation)
      return
    }
    let shown = frame.textWidth.truncated(text, to: columns, position: truncation)
    let matches = filter.matches(in: shown)
    guard !matches.isEmpty else {
      frame.write(shown, at: start, columns: columns, style: plain)
      return
    }
    let characters = Array(shown)
    var spans: [Span] = []
    var next = 0
    for match in matches {
      if next < match.lowerBound { spans.append(Span(String(characters[next..<match.lowerBound]), plain)) }
      spans.append(Span(String(characters[match]), Style(.accent, bold: plain.bold, underline: true)))
      next = match.upperBound
    }
    if next < characters.count { spans.append(Span(String(characters[next...]), plain)) }
    frame.write(spans, at: start, columns: columns)
  }
}

extension Frame {
  /// Highlights the row under the cursor. It has one style: each change of style would be sent with each key.
  mutating func select(_ line: Rect) {
    restyle(line) { Style(.selected, reverse: true, underline: $0.underline) }
  }
}

extension Point {
  func moved(by columns: Int) -> Point {
    Point(column: column + columns, row: row)
  }
}

extension Quota.Level {
  /// The tone of the platform's colour: green, amber, red.
  var tone: Style.Tone {
    switch self {
    case .good: .good
    case .warning: .warning
    case .critical, .full: .danger
    }
  }
}
