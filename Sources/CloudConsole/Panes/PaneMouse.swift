import CloudViewModels
import FoundationEssentials
import TerminalUI

/// Handles clicks and the wheel on the panes while mouse reports are on.
@MainActor
final class PaneMouse {
  /// What a click leads to besides another focus or another row under the cursor.
  enum Action: Hashable {
    case none
    /// The row under the cursor is opened.
    case open
    /// A hint was clicked: its key is pressed.
    case press(Key)
  }

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
  /// Whether the help is still to be shown.
  private var saysHelp: Bool
  private let panes: Panes
  private let display: Display
  private let terminal: TerminalLink

  init(isOn: Bool, saysHelp: Bool = true, panes: Panes, display: Display, terminal: TerminalLink) {
    self.isOn = isOn
    self.saysHelp = saysHelp
    self.panes = panes
    self.display = display
    self.terminal = terminal
  }

  /// Starts with the panes of a service. If the mouse is on, shows once how to select text.
  func start() {
    lastClick = nil
    if isOn, saysHelp { sayWhatItDoes() }
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
    saysHelp = false
    panes.context.notices.say(
      .information,
      "Click selects, double-click opens, a heading sorts, the wheel scrolls. To select text, hold Shift (Option on macOS)."
    )
  }

  /// A click focuses a pane and selects a row, a double click opens the row; a click on a heading sorts, one on a hint
  /// presses its key; the wheel moves the cursor.
  func action(after mouse: MouseEvent) -> Action {
    switch (mouse.action, mouse.button) {
    case (.press, 0): return action(pressedAt: mouse.place)
    case (.wheelUp, _): turn(by: -Self.wheelRows, at: mouse.place)
    case (.wheelDown, _): turn(by: Self.wheelRows, at: mouse.place)
    default: break
    }
    return .none
  }

  /// The key that a click on a hint or on a dialog's button presses; `nil` if there is none at the point.
  func key(at point: Point) -> Key? {
    display.key(at: point, terminal.host?.textWidth ?? .ascii)
  }

  private func action(pressedAt point: Point) -> Action {
    // The layout at the time of the click: removing a notice gives rows back to the panes.
    let layout = display.layout
    if let key = key(at: point) { return .press(key) }
    let heading = display.heading(at: point)
    panes.context.notices.keyPressed()
    let header = HeaderView(header: Screen.Header(of: panes, now: panes.context.now()), hasTabs: layout.hasTabs)
    if let tab = header.tab(at: point, in: layout.header, terminal.host?.textWidth ?? .ascii) {
      panes.setFocus(panes.all[tab])
      return .none
    }
    guard let (pane, place) = layout.panes.first(where: { $0.value.contains(point) }) else { return .none }
    if pane != panes.focus { panes.setFocus(pane) }
    let table = panes.table
    if let column = heading.flatMap({ heading in table.sortColumns.first { $0.id == heading.id } }) {
      table.sort(by: column)
      return .none
    }
    guard let offset = PaneView.row(at: point, in: place) else { return .none }
    let row = panes.scroll.firstRow(of: pane) + offset
    guard row < table.rowCount else { return .none }
    table.select(row: row)
    let click = Click(pane: pane, row: table.row(at: row).id, time: panes.context.now())
    defer { lastClick = click }
    return isSecond(click) ? .open : .none
  }

  /// Whether the row was clicked just before.
  private func isSecond(_ click: Click) -> Bool {
    lastClick.map { last in
      last.pane == click.pane && last.row == click.row
        && click.time.timeIntervalSince(last.time) <= Self.doubleClick
    } ?? false
  }

  private func turn(by rows: Int, at point: Point) {
    guard let pane = display.layout.panes.first(where: { $0.value.contains(point) })?.key else { return }
    if pane != panes.focus { panes.setFocus(pane) }
    panes.move(by: rows)
  }
}
