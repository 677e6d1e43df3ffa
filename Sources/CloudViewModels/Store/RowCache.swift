import CloudAPI

/// Rows whose values were made already. Each frame shows nearly the same rows as the one before, and making a row takes
/// a record apart.
///
/// Who owns it forgets them whenever what they are made of changes; late values alone are compared here.
struct RowCache<ID: Hashable & Sendable> {
  struct Row {
    let id: ID
    let late: LoadState<CloudSize>
    let values: [FieldValue]
  }

  /// More than a screen has rows, several times.
  private static var most: Int { 1_000 }

  private var rows: [Int: Row] = [:]

  /// - Parameter place: the place of the row's record.
  subscript(place: Int) -> Row? { rows[place] }

  mutating func keep(_ row: Row, at place: Int) {
    if rows.count == Self.most { forget() }
    rows[place] = row
  }

  mutating func forget() {
    if !rows.isEmpty { rows = [:] }
  }
}
