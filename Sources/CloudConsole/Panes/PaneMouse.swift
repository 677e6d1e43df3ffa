import CloudViewModels
import FoundationEssentials
import TerminalUI

/// What clicks and the wheel do to the panes, while the terminal reports them.
@MainActor
final class PaneMouse {
  /// A press on a row, for the one after it to be the second of two.
  private struct Click {
    let pane: Int
    let row: String
    let time: Date
  }

  private static let doubleClick: TimeInterval = 0.5
  private static let wheelRows = 3

  /// Whether the terminal reports the mouse, so that text is selected with Shift.
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

  /// Begins with other panes, and says how text is selected now, where the mouse is on.
  func start() {
    lastClick = nil
    if isOn { sayWhatItDoes() }
  }

  /// Takes the mouse, or leaves it to the terminal, and says how text is selected then.
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

  /// A click focuses a pane and puts the cursor on a row, a second one opens it; the wheel moves through the rows.
  ///
  /// Nothing else comes of the mouse: what changes something takes keys.
  ///
  /// - Returns: whether the row under the cursor is to be opened.
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
    // Where things were when the person pressed: a message that goes now gives rows back to the panes.
    let layout = display.layout
    panes.context.notices.keyPressed()
    let header = HeaderView(
      header: Screen.Header(of: panes, now: panes.context.now()), arrangement: layout.arrangement)
    if let tab = header.tab(at: point, in: layout.header, terminal.host?.textWidth ?? .ascii) {
      panes.setFocus(tab)
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
