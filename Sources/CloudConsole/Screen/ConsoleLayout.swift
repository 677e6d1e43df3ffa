import TerminalUI

/// The positions of everything on a screen of a given size.
struct ConsoleLayout: Hashable {
  /// How many panes a screen shows.
  enum Arrangement: Hashable {
    /// All panes.
    case wide
    /// The clouds and one other pane.
    case medium
    /// One pane; the others are tabs.
    case narrow
    /// No panes: the window is too small.
    case tooSmall
  }

  static let smallest = Size(columns: 40, rows: 10)

  let arrangement: Arrangement
  /// Whether the header shows the panes as tabs.
  let hasTabs: Bool
  let header: Rect
  /// The rectangles of the panes shown, by pane index.
  let panes: [Int: Rect]
  let notice: Rect
  let hints: Rect

  /// - Parameters:
  ///   - focus: the pane with the focus.
  ///   - companion: the pane beside the clouds if only two are shown.
  ///   - count: the number of panes; the first is that of the clouds.
  ///   - isLinear: whether only one pane is shown, whatever the size of the screen.
  ///   - isAlone: whether the focused pane is about all clouds and fills the screen.
  ///   - isZoomed: whether the user made the focused pane fill the screen.
  ///   - shape: how the panes share the screen.
  ///   - noticeRows: the rows of the message. Panes above it are shortened if it needs more than one, so that their
  ///     lower borders stay visible and their upper ones stay in place.
  init(
    size: Size, focus: Int, companion: Int, count: Int, isLinear: Bool = false, isAlone: Bool = false,
    isZoomed: Bool = false, shape: PaneShape = PaneShape(), noticeRows: Int = 1
  ) {
    arrangement =
      switch (size.columns, size.rows) {
      case (Self.smallest.columns..., Self.smallest.rows...) where isLinear || isZoomed: .narrow
      case (110..., 30...): .wide
      case (80..., 24...): .medium
      case (Self.smallest.columns..., Self.smallest.rows...): .narrow
      default: .tooSmall
      }
    hasTabs = arrangement == .narrow && (isLinear || size.columns < 80 || size.rows < 24)
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
      case .wide where isAlone, .medium where isAlone: [focus: middle]
      case .wide: Self.wide(middle, count: count, shape)
      case .medium: Self.medium(middle, companion: companion, shape)
      case .narrow: [focus: middle]
      case .tooSmall: [:]
      }
    panes = places.mapValues { place in
      guard excess > 0, place.endRow == middle.endRow else { return place }
      return place.splitTop(max(min(place.rows, Self.smallestPaneRows), place.rows - excess)).top
    }
  }

  /// The rows of borders, column titles and one row.
  static let smallestPaneRows = 4

  /// The clouds on the left, their details on the right: the first pane on top, the others side by side below it.
  private static func wide(_ area: Rect, count: Int, _ shape: PaneShape) -> [Int: Rect] {
    let (left, right) = area.splitLeft(shape.columnsOfClouds(in: area))
    guard count > 1 else { return [0: area] }
    guard count > 2 else { return [0: left, 1: right] }
    let (top, bottom) = right.splitBottom(shape.rowsAtBottom(in: area))
    var places = [0: left, 1: top]
    var rest = bottom
    for index in 2..<count {
      let (place, next) = rest.splitLeft(rest.columns / (count - index))
      places[index] = place
      rest = next
    }
    return places
  }

  private static func medium(_ area: Rect, companion: Int, _ shape: PaneShape) -> [Int: Rect] {
    let (left, right) = area.splitLeft(shape.columnsOfClouds(in: area))
    return [0: left, companion: right]
  }
}
