import CloudViewModels
import TerminalUI

/// The panes as they were drawn last: what shows the same is taken from there, and not drawn anew.
///
/// A memory and no state: every frame would be the same without it.
struct DrawnPanes {
  struct Pane {
    let content: PaneContent
    /// How its rows were drawn; `nil` where there were none.
    let row: RowView?
    let box: Box
  }

  let layout: ConsoleLayout
  let panes: [Int: Pane]
  /// The panes alone, without what lies over them and around them.
  let frame: Frame

  func isOf(_ size: Size, _ textWidth: TextWidth) -> Bool {
    frame.size == size && frame.textWidth.isSame(as: textWidth)
  }
}

/// Rows of a pane that were drawn already.
struct DrawnRows {
  private let pane: DrawnPanes.Pane
  /// Where the first row stands in `frame`.
  private let body: Rect
  private let frame: Frame

  /// `nil` where rows were drawn otherwise, or something was drawn over them.
  init?(pane: DrawnPanes.Pane, body: Rect, frame: Frame, drawnBy row: RowView) {
    guard pane.row == row, pane.content.status.failure == nil else { return nil }
    self.pane = pane
    self.body = body
    self.frame = frame
  }

  /// Whether there was a row at that offset from the first.
  func hasRow(_ offset: Int) -> Bool { pane.content.rows.indices.contains(offset) }

  /// Where a row stood that looked the same; `nil` where none did.
  ///
  /// - Parameter index: the row's place in the list.
  func offset(of values: TableRow, index: Int, isSelected: Bool, isFocused: Bool) -> Int? {
    let last = pane.content
    let offset = index - last.firstRow
    guard last.rows.indices.contains(offset), offset < body.rows, isSelected == (index == last.selectedRow),
      !isSelected || isFocused == last.isFocused, last.rows[offset] == values
    else { return nil }
    return offset
  }

  func cells(at offset: Int) -> [Cell]? {
    frame.cells(in: Rect(column: body.column, row: body.row + offset, columns: body.columns, rows: 1)).first
  }
}
