import CloudAPI

/// A cache of row values: each frame shows nearly the same rows as the one before, and making a row means decoding a
/// record.
///
/// The owner clears it whenever the source of the rows changes; only late values are compared on reading.
struct RowCache<ID: Hashable & Sendable, LateValue: Hashable & Sendable> {
  struct Row {
    let id: ID
    let late: LoadState<LateValue>
    let values: [FieldValue]
  }

  /// The most rows in the cache: several screens.
  private static var most: Int { 1_000 }

  private var rows: [Int: Row] = [:]

  /// - Parameter place: the place of the record in the table.
  subscript(place: Int) -> Row? { rows[place] }

  mutating func keep(_ row: Row, at place: Int) {
    if rows.count == Self.most { forget() }
    rows[place] = row
  }

  mutating func forget() {
    if !rows.isEmpty { rows = [:] }
  }
}
