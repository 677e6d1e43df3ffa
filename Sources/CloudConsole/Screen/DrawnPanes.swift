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
  let pane: DrawnPanes.Pane
  /// Where the first row stands in `frame`.
  let body: Rect
  let frame: Frame

  /// The cells of a row that looked the same, wherever it stood; `nil` where none did.
  ///
  /// - Parameter index: the row's place in the list.
  func cells(of values: TableRow, index: Int, isSelected: Bool, isFocused: Bool, drawnBy row: RowView) -> [Cell]? {
    let last = pane.content
    let offset = index - last.firstRow
    guard last.rows.indices.contains(offset), offset < body.rows, last.status.failure == nil,
      isSelected == (index == last.selectedRow), !isSelected || isFocused == last.isFocused,
      last.rows[offset] == values, pane.row == row
    else { return nil }
    return frame.cells(in: Rect(column: body.column, row: body.row + offset, columns: body.columns, rows: 1)).first
  }
}
