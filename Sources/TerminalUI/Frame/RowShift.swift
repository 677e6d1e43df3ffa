/// Whether a screen is another one whose rows moved up or down, as a list's do that scrolls.
public struct RowShift: Hashable, Sendable {
  /// How far the rows moved up; negative where they moved down.
  public let rows: Int

  /// `nil` where rows changed in another way, or so few that it doesn't matter.
  ///
  /// Half of a row that moved, in one of two panes side by side, is none that moved.
  ///
  /// - Parameter changed: the rows that differ, where they are known.
  public init?(from old: [[Cell]], to new: [[Cell]], changed known: [Int]? = nil) {
    guard old.count == new.count else { return nil }
    let changed = known ?? new.indices.filter { old[$0] != new[$0] }
    guard changed.count > 4 else { return nil }
    // A row can be there twice, or have come in: not all of these tell of another shift.
    let probes = [changed.count / 4, changed.count / 2, changed.count * 3 / 4].map { changed[$0] }
    let shifts = Set(probes.flatMap { row in changed.filter { old[$0] == new[row] }.map { $0 - row } })
    func others(_ shift: Int) -> Int {
      changed.count { !old.indices.contains($0 + shift) || old[$0 + shift] != new[$0] }
    }
    let counts = shifts.map { (rows: $0, others: others($0)) }
    // Those that came in, the one that the cursor left, and a few beside which another pane has something.
    guard let best = counts.min(by: { $0.others < $1.others }), best.others <= max(3, changed.count / 3) else {
      return nil
    }
    self.rows = best.rows
  }
}
