import CloudViewModels
import FoundationEssentials
import TerminalUI

extension Console {
  /// A press on a row, for the one after it to be the second of two.
  struct Click: Hashable {
    let pane: Int
    let row: String
    let time: Date
  }

  private static let doubleClick: TimeInterval = 0.5
  private static let wheelRows = 3

  /// A click focuses a pane and puts the cursor on a row, a second one opens it; the wheel moves through the rows.
  ///
  /// Nothing else comes of the mouse: what changes something takes keys.
  func handle(_ mouse: MouseEvent) {
    switch (mouse.action, mouse.button) {
    case (.press, 0): press(at: mouse.place)
    case (.wheelUp, _): turn(by: -Self.wheelRows, at: mouse.place)
    case (.wheelDown, _): turn(by: Self.wheelRows, at: mouse.place)
    default: break
    }
  }

  /// Takes the mouse, or leaves it to the terminal, and says how text is selected then.
  func toggleMouse() {
    settings.mouse.toggle()
    host?.setMouse(settings.mouse)
    if settings.mouse {
      sayWhatTheMouseDoes()
    } else {
      context.notices.say(.information, "Mouse support is off: the terminal selects text.")
    }
  }

  func sayWhatTheMouseDoes() {
    context.notices.say(
      .information,
      "Click selects a row, double-click opens it, the wheel scrolls. To select text, hold Shift (Option on macOS).")
  }

  private func press(at point: Point) {
    // Where things were when the person pressed: a message that goes now gives rows back to the panes.
    let layout = layout
    context.notices.keyPressed()
    let header = HeaderView(header: header(context.now()), arrangement: layout.arrangement)
    if let tab = header.tab(at: point, in: layout.header, host?.textWidth ?? .ascii) {
      setFocus(tab)
      return
    }
    guard let (pane, place) = layout.panes.first(where: { $0.value.contains(point) }) else { return }
    if pane != focus { setFocus(pane) }
    guard let offset = PaneView.row(at: point, in: place) else { return }
    let row = (scroll[pane] ?? 0) + offset
    guard row < table.rowCount else { return }
    table.select(row: row)
    let click = Click(pane: pane, row: table.row(at: row).id, time: context.now())
    defer { lastClick = click }
    guard let lastClick, lastClick.pane == pane, lastClick.row == click.row,
      click.time.timeIntervalSince(lastClick.time) <= Self.doubleClick
    else { return }
    run(.open)
  }

  private func turn(by rows: Int, at point: Point) {
    guard let pane = layout.panes.first(where: { $0.value.contains(point) })?.key else { return }
    if pane != focus { setFocus(pane) }
    move(by: rows)
  }
}
