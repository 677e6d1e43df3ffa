/// The cursor of a list; it stays on its record when rows move, come or go.
struct ListCursor<ID: Hashable & Sendable>: Sendable {
  /// The record under the cursor.
  private(set) var id: ID?
  /// The row of the cursor.
  private(set) var row: Int?
  /// Whether the user acted on the list, so that the cursor stays on its record; before, it stays on the first row.
  private(set) var isChosen = false
  /// What disappeared from the list without the user's doing, and how long ago.
  private var loss: (text: String, elapsed: @Sendable () -> Duration)?

  /// Notes that the user acted on the list: from now on the cursor stays on its record.
  mutating func choose() {
    isChosen = true
  }

  /// Puts the cursor on a row for the user.
  ///
  /// - Returns: whether the cursor moved.
  mutating func move(to id: ID, row: Int) -> Bool {
    isChosen = true
    loss = nil
    guard id != self.id || row != self.row else { return false }
    (self.id, self.row) = (id, row)
    return true
  }

  /// Resets the cursor to the first row, for other records.
  mutating func reset() {
    (id, row, isChosen) = (nil, nil, false)
  }

  /// Updates the cursor after rows came, went or moved: to the row of its record, else to the row that took its place.
  ///
  /// - Parameters:
  ///   - rowOfRecord: the row of a record; `nil` if no row shows it.
  ///   - record: the id of the record in a row.
  mutating func settle(rowCount: Int, rowOfRecord: (ID) -> Int?, record: (Int) -> ID) {
    if isChosen, let id, let row = rowOfRecord(id) {
      self.row = row
      return
    }
    row = rowCount == 0 ? nil : isChosen ? min(row ?? 0, rowCount - 1) : 0
    id = row.map(record)
  }

  /// Notes that something disappeared without the user's doing: the next key may be meant for it.
  mutating func lost(_ text: String, elapsed: @escaping @Sendable () -> Duration) {
    loss = (text, elapsed)
  }

  /// What disappeared from the list within the last second; `nil` if nothing did.
  var lostJustNow: String? {
    guard let loss, loss.elapsed() < .seconds(1) else { return nil }
    return loss.text
  }
}
