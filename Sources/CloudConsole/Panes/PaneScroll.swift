/// Where the rows of each pane are scrolled to.
struct PaneScroll: Hashable {
  /// The record under the cursor, and its row.
  struct Cursor: Hashable {
    let id: String
    let row: Int
  }

  /// What a frame shows of a pane's rows.
  struct Place: Hashable {
    var rows = LineWindow()
    var cursor: Cursor?
  }

  private var places: [Int: Place] = [:]

  func firstRow(of pane: Int) -> Int { places[pane]?.rows.first ?? 0 }

  /// The rows to show now: as they were, moved as little as it takes to show the cursor.
  ///
  /// Where rows came or went above the cursor, its record stays where it is on the screen.
  func place(of pane: Int, rowCount: Int, capacity: Int, cursor: Cursor?) -> Place {
    let last = places[pane] ?? Place()
    var rows = last.rows
    if let cursor, let before = last.cursor, before.id == cursor.id { rows.first += cursor.row - before.row }
    return Place(
      rows: rows.fitted(to: rowCount, capacity: capacity, cursor: cursor?.row), cursor: cursor ?? last.cursor)
  }

  /// Keeps what a frame shows; what it doesn't show stays.
  mutating func takeOver(_ shown: [Int: Place]) {
    places.merge(shown) { $1 }
  }
}
