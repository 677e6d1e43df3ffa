import CloudViewModels
import TerminalUI

/// What a click on the screen means.
extension Screen {
  /// The key of the hint or of the dialog's button at a point; `nil` if there is none.
  func key(at point: Point, _ textWidth: TextWidth) -> Key? {
    guard let dialog = dialogs.last else {
      return hintPlaces(textWidth).first { $0.place.contains(point) }?.hint.key
    }
    return dialog.key(at: point, in: size, textWidth)
  }

  /// The line of the topmost dialog at a point, and the column in it; `nil` if there is none.
  func dialogLine(at point: Point) -> Point? {
    guard let dialog = dialogs.last else { return nil }
    let inside = DialogContent.place(dialog.extent, lines: dialog.lines.count, in: size).inset(columns: 2, rows: 1)
    guard inside.contains(point) else { return nil }
    let line = dialog.firstLine(capacity: inside.rows) + point.row - inside.row
    return dialog.lines.indices.contains(line) ? Point(column: point.column - inside.column, row: line) : nil
  }
}

extension DialogContent {
  /// The key that the footer names at a point: that of `Enter send`, for instance.
  fileprivate func key(at point: Point, in size: Size, _ textWidth: TextWidth) -> Key? {
    let place = Self.place(extent, lines: lines.count, in: size)
    guard point.row == place.endRow - 1 else { return nil }
    let gap = "   "
    let parts = footer.parts(columns: place.columns - 4, textWidth: textWidth, gap: gap)
    // The text ends before a blank and the corner.
    var start = place.endColumn - 2 - textWidth.columns(of: parts.map(\.text).joined(separator: gap))
    for part in parts {
      let end = start + textWidth.columns(of: part.text)
      if start <= point.column, point.column < end { return part.key }
      start = end + gap.count
    }
    return nil
  }
}
