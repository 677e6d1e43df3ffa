import CloudViewModels
import FoundationEssentials
import TerminalUI

/// Handles clicks and the wheel on the panes while mouse reports are on.
@MainActor
final class PaneMouse {
  /// A press on a row, kept to detect a double click.
  private struct Click {
    let pane: Int
    let row: String
    let time: Date
  }

  private static let doubleClick: TimeInterval = 0.5
  private static let wheelRows = 3

  /// Whether mouse reports are on, so that the user selects text with Shift.
  private(set) var isOn: Bool
  private var lastClick: Click?
  private let panes: Panes
  private let display: Display
  private let terminal: TerminalLink

  init(isOn: Bool, panes: Panes, display: Display, terminal: TerminalLink) {
    self.isOn = isOn
    self.panes = panes
    self.display = display
    self.terminal = terminal
  }

  /// Starts with the panes of another service. If the mouse is on, shows how to select text.
  func start() {
    lastClick = nil
    if isOn { sayWhatItDoes() }
  }

  /// Turns mouse reports on or off, and shows how to select text.
  func toggle() {
    isOn.toggle()
    terminal.host?.setMouse(isOn)
    if isOn {
      sayWhatItDoes()
    } else {
      panes.context.notices.say(.information, "Mouse support is off: the terminal selects text.")
    }
  }

  private func sayWhatItDoes() {
    panes.context.notices.say(
      .information,
      "Click selects a row, double-click opens it, the wheel scrolls. To select text, hold Shift (Option on macOS).")
  }

  /// A click focuses a pane and selects a row, a double click opens the row; the wheel moves the cursor.
  ///
  /// The mouse does nothing else: commands that change something need keys.
  ///
  /// - Returns: whether the selected row is to be opened.
  func opensRow(after mouse: MouseEvent) -> Bool {
    switch (mouse.action, mouse.button) {
    case (.press, 0): return opensRow(pressedAt: mouse.place)
    case (.wheelUp, _): turn(by: -Self.wheelRows, at: mouse.place)
    case (.wheelDown, _): turn(by: Self.wheelRows, at: mouse.place)
    default: break
    }
    return false
  }

  private func opensRow(pressedAt point: Point) -> Bool {
    // The layout at the time of the click: removing a notice gives rows back to the panes.
    let layout = display.layout
    panes.context.notices.keyPressed()
    let header = HeaderView(
      header: Screen.Header(of: panes, now: panes.context.now()), hasTabs: layout.hasTabs)
    if let tab = header.tab(at: point, in: layout.header, terminal.host?.textWidth ?? .ascii) {
      panes.setFocus(panes.all[tab])
      return false
    }
    guard let (pane, place) = layout.panes.first(where: { $0.value.contains(point) }) else { return false }
    if pane != panes.focus { panes.setFocus(pane) }
    guard let offset = PaneView.row(at: point, in: place) else { return false }
    let table = panes.table
    let row = panes.scroll.firstRow(of: pane) + offset
    guard row < table.rowCount else { return false }
    table.select(row: row)
    let click = Click(pane: pane, row: table.row(at: row).id, time: panes.context.now())
    defer { lastClick = click }
    return lastClick.map { last in
      last.pane == pane && last.row == click.row
        && click.time.timeIntervalSince(last.time) <= Self.doubleClick
    } ?? false
  }

  private func turn(by rows: Int, at point: Point) {
    guard let pane = display.layout.panes.first(where: { $0.value.contains(point) })?.key else { return }
    if pane != panes.focus { panes.setFocus(pane) }
    panes.move(by: rows)
  }
}
