import CloudViewModels
import TerminalUI

/// The panes as last drawn; unchanged parts are copied from there.
///
/// Only a cache: every frame would be the same without it.
struct DrawnPanes {
  struct Pane {
    let content: PaneContent
    /// How the rows were drawn; `nil` if there were none.
    let row: RowView?
    let box: Box
  }

  let layout: ConsoleLayout
  let panes: [Int: Pane]
  /// The frame with the panes only, without header, notice, hints and dialogs.
  let frame: Frame

  func isOf(_ size: Size, _ textWidth: TextWidth) -> Bool {
    frame.size == size && frame.textWidth.isSame(as: textWidth)
  }
}

/// The rows of a pane that were drawn before.
struct DrawnRows {
  private let pane: DrawnPanes.Pane
  /// The rectangle of the rows in `frame`.
  private let body: Rect
  private let frame: Frame

  /// `nil` if the rows were drawn differently or are partly covered by an error message.
  init?(pane: DrawnPanes.Pane, body: Rect, frame: Frame, drawnBy row: RowView) {
    guard pane.row == row, pane.content.status.failure == nil else { return nil }
    self.pane = pane
    self.body = body
    self.frame = frame
  }

  /// Whether there was a row at this offset from the first.
  func hasRow(_ offset: Int) -> Bool { pane.content.rows.indices.contains(offset) }

  /// The offset of an earlier row that looked the same; `nil` if there is none.
  ///
  /// - Parameter index: the index of the row in the list.
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
