/// Whether a screen is another one whose rows moved up or down, as a list's do that scrolls.
public struct RowShift: Hashable, Sendable {
  /// How far the rows moved up; negative where they moved down.
  public let rows: Int

  /// Rows that may be others than the shift alone would make them, beside those that came in: the one that the cursor left,
  /// and one that tells its place.
  private static let others = 2

  /// `nil` where rows changed in another way, or so few that it doesn't matter.
  ///
  /// Half of a row that moved, in one of two panes side by side, is none that moved.
  public init?(from old: [[Cell]], to new: [[Cell]]) {
    guard old.count == new.count else { return nil }
    let changed = new.indices.filter { old[$0] != new[$0] }
    guard changed.count > Self.others + 2 else { return nil }
    let middle = changed[changed.count / 2]
    guard let source = changed.first(where: { old[$0] == new[middle] }) else { return nil }
    let rows = source - middle
    let others = changed.count { !old.indices.contains($0 + rows) || old[$0 + rows] != new[$0] }
    guard others <= Self.others + abs(rows), others < changed.count / 2 else { return nil }
    self.rows = rows
  }
}
