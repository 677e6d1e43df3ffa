import CloudChanges
import CloudViewModels
import TerminalUI

/// A frame, with the state that drawing it settled: scroll positions, finished layers, announcements.
public struct Drawing {
  public let frame: Frame
  /// The contents of the frame, as a value.
  let screen: Screen
  let places: [Int: PaneScroll.Place]
  let shape: Panes.SettledShape
  let layers: LayerStack.Drawing
  /// The rows of the notice or of the announcement for a screen reader.
  let noticeRows: Int
  let spoken: SpokenScreen?
  let drawnPanes: DrawnPanes?
}

/// The screen: its size, and the state that the last frame left for the next one.
@MainActor
final class Display {
  private var size = Size(columns: 80, rows: 24)
  private var noticeRows = 1
  private var spoken: SpokenScreen?
  /// The panes as last drawn.
  private var drawnPanes: DrawnPanes?
  /// The contents of the last frame.
  private var screen: Screen?
  private let panes: Panes
  private let layers: LayerStack
  private let keymap: Keymap
  /// Whether the screen is drawn as lines for a screen reader.
  private let isForScreenReader: Bool

  init(panes: Panes, layers: LayerStack, keymap: Keymap, isForScreenReader: Bool) {
    self.panes = panes
    self.layers = layers
    self.keymap = keymap
    self.isForScreenReader = isForScreenReader
  }

  func resize(to size: Size) {
    self.size = size
    panes.context.activity.changed()
  }

  /// The positions in the last frame.
  var layout: ConsoleLayout { layout(noticeRows: noticeRows, panes.shape.shape(for: size)) }

  /// The number of rows that the focused pane shows.
  var capacity: Int { layout.panes[panes.focus].map(PaneView.rowCapacity) ?? 1 }

  private func layout(noticeRows: Int, _ shape: PaneShape) -> ConsoleLayout {
    ConsoleLayout(
      size: size, focus: panes.focus, companion: panes.companion, count: panes.tables.count,
      isLinear: isForScreenReader, isAlone: panes.showsPeople, isZoomed: panes.isZoomed, shape: shape,
      noticeRows: noticeRows)
  }

  /// The key that a click on a hint or on a dialog's button presses; `nil` if there is none at the point.
  func key(at point: Point, _ textWidth: TextWidth) -> Key? { screen?.key(at: point, textWidth) }

  /// The topmost dialog of the last frame.
  var topDialog: DialogContent? { screen?.dialogs.last }

  /// The line of the topmost dialog at a point, and the column in it.
  func dialogLine(at point: Point) -> Point? { screen?.dialogLine(at: point) }

  /// The column whose heading is at a point.
  func heading(at point: Point) -> ColumnHeader? {
    guard let (pane, place) = layout.panes.first(where: { PaneView.parts(of: $0.value).titles.contains(point) }),
      let row = drawnPanes?.panes[pane]?.row
    else { return nil }
    let column = point.column - PaneView.parts(of: place).titles.column
    return row.columns.places.first { $0.start <= column && column < $0.start + $0.columns }
      .map { row.headers[$0.index] }
  }

  /// Draws the current state, without changing it.
  ///
  /// - Parameter hints: the most useful keys, shown if no layer is open.
  func draw(hints: [KeyHint], textWidth: TextWidth) -> Drawing {
    if isForScreenReader { return drawLines(hints, textWidth) }
    let rows = Screen.noticeLines(panes.context.notices.current, in: size, textWidth: textWidth).count
    let composed = compose(hints, noticeRows: rows, textWidth)
    let drawn = composed.screen.drawPanes(after: drawnPanes, textWidth: textWidth)
    return Drawing(
      frame: composed.screen.render(drawn), screen: composed.screen, places: composed.places, shape: composed.shape,
      layers: composed.layers, noticeRows: rows, spoken: nil, drawnPanes: drawn)
  }

  private func drawLines(_ hints: [KeyHint], _ signs: TextWidth) -> Drawing {
    // Layers measure text as it is drawn, with letters instead of signs: the text to be typed must be the text shown.
    let textWidth = signs.drawingInASCII
    var composed = compose(hints, noticeRows: noticeRows, textWidth)
    var spoken = SpokenScreen(composed.screen, after: spoken)
    let rows = LinearScreen(screen: spoken.screen).announcementLines(textWidth).count
    if rows != noticeRows {
      composed = compose(hints, noticeRows: rows, textWidth)
      spoken.screen = composed.screen
      spoken.screen.announcement = spoken.announcement
    }
    return Drawing(
      frame: LinearScreen(screen: spoken.screen).render(textWidth: textWidth), screen: spoken.screen,
      places: composed.places, shape: composed.shape, layers: composed.layers, noticeRows: rows, spoken: spoken,
      drawnPanes: nil)
  }

  private typealias Composition = (
    screen: Screen, places: [Int: PaneScroll.Place], shape: Panes.SettledShape, layers: LayerStack.Drawing
  )

  private func compose(_ hints: [KeyHint], noticeRows: Int, _ textWidth: TextWidth) -> Composition {
    let shape = panes.shape.settled(for: size, by: panes, textWidth)
    let layout = layout(noticeRows: noticeRows, shape.shape(for: size))
    let composer = ScreenComposer(panes: panes, keymap: keymap, layout: layout, now: panes.context.now())
    var places: [Int: PaneScroll.Place] = [:]
    var contents: [Int: PaneContent] = [:]
    for (index, rect) in layout.panes {
      let place = composer.place(of: index, capacity: PaneView.rowCapacity(rect))
      places[index] = place
      contents[index] = composer.content(of: index, rows: place.rows.lines)
    }
    let layers = layers.draw(size: layerSize(layout), textWidth: textWidth)
    let screen = Screen(
      size: size, layout: layout, header: Screen.Header(of: panes, now: composer.now), panes: contents,
      notice: panes.context.notices.current, hints: layers.shown.isEmpty ? hints : [],
      dialogs: layers.shown.map(\.drawing.content), now: composer.now)
    return (screen, places, shape, layers)
  }

  /// The screen size for a layer, such that its lines fit between its title and the announcement.
  private func layerSize(_ layout: ConsoleLayout) -> Size {
    guard isForScreenReader else { return size }
    let borders = size.rows - DialogContent.compactLineCapacity(in: size)
    return Size(columns: size.columns, rows: layout.notice.row - 1 + borders)
  }

  /// Keeps the state that a drawing settled, because the drawing is now the frame.
  func takeOver(_ drawing: Drawing) {
    noticeRows = drawing.noticeRows
    spoken = drawing.spoken
    (drawnPanes, screen) = (drawing.drawnPanes, drawing.screen)
    layers.takeOver(drawing.layers)
    panes.takeOver(drawing.shape)
    panes.takeOver(drawing.places)
  }
}
