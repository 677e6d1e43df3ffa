import TerminalUI

/// What the panes hold, by which they share the screen.
///
/// It is settled once for a window's size and the lists read first, so that no pane changes its place while the cursor
/// goes from cloud to cloud.
struct PaneShape: Hashable {
  /// The columns that the clouds' pane needs; `nil` until the clouds are known.
  var clouds: Int?
  /// The lines that each of the other panes needs; empty until they are known.
  var details: [Int] = []

  private static let leastColumns = 30

  /// The columns of the clouds' pane: as many as it needs, up to 45 %.
  func columnsOfClouds(in area: Rect) -> Int {
    let most = area.columns * 9 / 20
    return min(most, max(Self.leastColumns, clouds ?? area.columns * 2 / 5))
  }

  /// The lines of the panes below the first of the details.
  func rowsAtBottom(in area: Rect) -> Int {
    let usual = area.rows * 2 / 5
    guard let top = details.first, let bottom = details.dropFirst().max() else { return usual }
    let rest = area.rows - top - bottom
    // Where everything has room, both get more; else each gets what the other doesn't need.
    return rest >= 0 ? bottom + rest * 2 / 5 : min(bottom, max(usual, area.rows - top))
  }
}
