/// Detects that a screen is another one whose rows moved up or down, as in a list that scrolls.
public struct RowShift: Hashable, Sendable {
  /// The number of rows by which they moved up; negative if they moved down.
  public let rows: Int

  /// `nil` if the rows changed in another way, or too few changed to matter.
  ///
  /// A row counts as moved only as a whole: a pane that moved beside another one doesn't count.
  ///
  /// - Parameter changed: the rows that differ, if they are known.
  public init?(from old: [[Cell]], to new: [[Cell]], changed known: [Int]? = nil) {
    guard old.count == new.count else { return nil }
    let changed = known ?? new.indices.filter { old[$0] != new[$0] }
    guard changed.count > 4 else { return nil }
    // Several probes, because a row may occur twice or be new, and then gives a wrong shift.
    let probes = [changed.count / 4, changed.count / 2, changed.count * 3 / 4].map { changed[$0] }
    let shifts = Set(probes.flatMap { row in changed.filter { old[$0] == new[row] }.map { $0 - row } })
    func others(_ shift: Int) -> Int {
      changed.count { !old.indices.contains($0 + shift) || old[$0 + shift] != new[$0] }
    }
    let counts = shifts.map { (rows: $0, others: others($0)) }
    // Tolerates new rows, the row that the cursor left, and a few rows where another pane has content.
    guard let best = counts.min(by: { $0.others < $1.others }), best.others <= max(3, changed.count / 3) else {
      return nil
    }
    self.rows = best.rows
  }
}
