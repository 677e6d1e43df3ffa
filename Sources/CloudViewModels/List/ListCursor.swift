/// The cursor of a list: it stays on its record, whatever the rows do.
struct ListCursor<ID: Hashable & Sendable>: Sendable {
  /// The record under the cursor.
  private(set) var id: ID?
  /// Its row.
  private(set) var row: Int?
  /// Whether a person acted on the list, so that the cursor keeps to its record. Until then it stays on the first row.
  private(set) var isChosen = false
  /// What left the list under the person's hands, and how long ago.
  private var loss: (text: String, elapsed: @Sendable () -> Duration)?

  /// Records that a person acted on the list: the cursor keeps to its record from now on.
  mutating func choose() {
    isChosen = true
  }

  /// A person puts the cursor on a row.
  ///
  /// - Returns: whether it was elsewhere before.
  mutating func move(to id: ID, row: Int) -> Bool {
    isChosen = true
    loss = nil
    guard id != self.id || row != self.row else { return false }
    (self.id, self.row) = (id, row)
    return true
  }

  /// Starts anew, on the first row of other records.
  mutating func reset() {
    (id, row, isChosen) = (nil, nil, false)
  }

  /// Finds the cursor's place once rows came, went or moved: its record's row, else the row that took its place.
  ///
  /// - Parameters:
  ///   - rowOfRecord: the row of a record; `nil` where no row shows it.
  ///   - record: the id of the record in a row.
  mutating func settle(rowCount: Int, rowOfRecord: (ID) -> Int?, record: (Int) -> ID) {
    if isChosen, let id, let row = rowOfRecord(id) {
      self.row = row
      return
    }
    row = rowCount == 0 ? nil : isChosen ? min(row ?? 0, rowCount - 1) : 0
    id = row.map(record)
  }

  /// Notes that something left the list without the person's doing: the next key may be meant for it.
  mutating func lost(_ text: String, elapsed: @escaping @Sendable () -> Duration) {
    loss = (text, elapsed)
  }

  /// What left the list within the last second; `nil` where nothing did.
  var lostJustNow: String? {
    guard let loss, loss.elapsed() < .seconds(1) else { return nil }
    return loss.text
  }
}
