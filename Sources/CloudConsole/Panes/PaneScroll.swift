/// The scroll position of each pane.
struct PaneScroll: Hashable {
  /// The record under the cursor, and its row.
  struct Cursor: Hashable {
    let id: String
    let row: Int
  }

  /// The rows of a pane in a frame.
  struct Place: Hashable {
    var rows = LineWindow()
    var cursor: Cursor?
  }

  private var places: [Int: Place] = [:]

  func firstRow(of pane: Int) -> Int { places[pane]?.rows.first ?? 0 }

  /// The rows to show now: scrolled as little as possible to show the cursor.
  ///
  /// If rows above the cursor were added or removed, its record keeps its place on the screen.
  func place(of pane: Int, rowCount: Int, capacity: Int, cursor: Cursor?) -> Place {
    let last = places[pane] ?? Place()
    var rows = last.rows
    if let cursor, let before = last.cursor, before.id == cursor.id { rows.first += cursor.row - before.row }
    return Place(
      rows: rows.fitted(to: rowCount, capacity: capacity, cursor: cursor?.row), cursor: cursor ?? last.cursor)
  }

  /// Keeps the positions in a frame; those of panes that it doesn't show are unchanged.
  mutating func takeOver(_ shown: [Int: Place]) {
    places.merge(shown) { $1 }
  }
}
