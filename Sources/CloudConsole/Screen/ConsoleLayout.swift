import TerminalUI

/// Where things are on a screen of some size.
struct ConsoleLayout: Hashable {
  /// How many panes a screen shows.
  enum Arrangement: Hashable {
    /// All of them.
    case wide
    /// The clouds and one of the others.
    case medium
    /// One, the others as tabs.
    case narrow
    /// None: the window is too small.
    case tooSmall
  }

  static let smallest = Size(columns: 40, rows: 10)

  let arrangement: Arrangement
  let header: Rect
  /// The panes shown, by their index, with their places.
  let panes: [Int: Rect]
  let notice: Rect
  let hints: Rect

  /// - Parameters:
  ///   - focus: the pane with the focus.
  ///   - companion: the pane beside the clouds where only two are shown.
  ///   - count: how many panes there are; the first is the clouds'.
  ///   - isLinear: whether one pane is shown, however large the screen is.
  ///   - noticeRows: the rows of the message. What it takes beyond one is taken from the panes that end above it, so that
  ///     their lower borders stay in sight and the upper ones where they are.
  init(size: Size, focus: Int, companion: Int, count: Int, isLinear: Bool = false, noticeRows: Int = 1) {
    arrangement =
      switch (size.columns, size.rows) {
      case (Self.smallest.columns..., Self.smallest.rows...) where isLinear: .narrow
      case (110..., 30...): .wide
      case (80..., 24...): .medium
      case (Self.smallest.columns..., Self.smallest.rows...): .narrow
      default: .tooSmall
      }
    let (header, rest) = Rect(size).splitTop(1)
    let (middle, bottom) = rest.splitBottom(2)
    self.header = header
    let (message, hints) = bottom.splitTop(1)
    self.hints = hints
    let excess = max(0, noticeRows - 1)
    notice = Rect(
      column: message.column, row: message.row - excess, columns: message.columns, rows: message.rows + excess)
    let places: [Int: Rect] =
      switch arrangement {
      case .wide: Self.wide(middle, count: count)
      case .medium: Self.medium(middle, companion: companion)
      case .narrow: [focus: middle]
      case .tooSmall: [:]
      }
    panes = places.mapValues { place in
      guard excess > 0, place.endRow == middle.endRow else { return place }
      return place.splitTop(max(min(place.rows, Self.smallestPaneRows), place.rows - excess)).top
    }
  }

  /// Borders, column titles, and a row.
  static let smallestPaneRows = 4

  /// The clouds at the left, their details at the right: the first on top, the others side by side below it.
  private static func wide(_ area: Rect, count: Int) -> [Int: Rect] {
    let (left, right) = area.splitLeft(area.columns * 2 / 5)
    guard count > 1 else { return [0: area] }
    guard count > 2 else { return [0: left, 1: right] }
    let (top, bottom) = right.splitTop(right.rows * 3 / 5)
    var places = [0: left, 1: top]
    var rest = bottom
    for index in 2..<count {
      let (place, next) = rest.splitLeft(rest.columns / (count - index))
      places[index] = place
      rest = next
    }
    return places
  }

  private static func medium(_ area: Rect, companion: Int) -> [Int: Rect] {
    let (left, right) = area.splitLeft(area.columns * 9 / 20)
    return [0: left, companion: right]
  }
}
