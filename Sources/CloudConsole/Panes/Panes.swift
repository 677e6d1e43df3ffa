import CloudChanges
import CloudViewModels
import TerminalUI

/// The panes of the service that is shown: which has the focus, what is scrolled where, which filter is being typed.
@MainActor
final class Panes {
  /// Another one when the person goes to another service.
  private(set) var workspace: Workspace
  private(set) var scroll = PaneScroll()
  /// Whether the focused pane has the screen to itself.
  private(set) var isZoomed = false

  // To be read as `focus`, `companion` and `filterEditor`: the pane that they mean may be gone.
  private var lastFocus = 0
  private var lastCompanion = 1
  private var lastFilterEditor: LineEditor?
  private let isLowBandwidth: Bool

  /// - Parameter isLowBandwidth: whether as few bytes as can be are sent, whatever a service's own setting says.
  init(_ workspace: Workspace, isLowBandwidth: Bool = false) {
    self.workspace = workspace
    self.isLowBandwidth = isLowBandwidth
    if isLowBandwidth { workspace.isLowBandwidth = true }
  }

  var context: ModelContext { workspace.context }
  var tables: [any TableModel] { workspace.tables }
  /// The list of the focused pane.
  var table: any TableModel { tables[focus] }

  /// The pane with the focus; 0 is the clouds'.
  var focus: Int { tables.indices.contains(lastFocus) ? lastFocus : companion }
  /// The pane beside the clouds where only two are shown.
  var companion: Int { tables.indices.contains(lastCompanion) ? lastCompanion : 1 }
  /// The filter of the focused pane while it is being typed.
  var filterEditor: LineEditor? { tables.indices.contains(lastFocus) ? lastFilterEditor : nil }

  /// Forgets panes that are gone, because the service turned out to have no such thing: one that comes back doesn't take
  /// the focus.
  func leaveMissing() {
    (lastFocus, lastCompanion, lastFilterEditor) = (focus, companion, filterEditor)
  }

  func setFocus(_ index: Int) {
    guard tables.indices.contains(index) else { return }
    lastFilterEditor = nil
    lastFocus = index
    if index > 0 { lastCompanion = index }
    context.activity.changed()
  }

  /// Goes on by so many panes, from the last to the first.
  func moveFocus(by step: Int) {
    setFocus((focus + step + tables.count) % tables.count)
  }

  /// Puts the focus on the pane of that name, or of a name that begins so: `users`, `u`.
  ///
  /// - Returns: whether there is one.
  func setFocus(named name: String) -> Bool {
    let found = tables.indices.filter { tables[$0].names.plural.hasPrefix(name) }
    guard let index = found.first, found.count == 1 else { return false }
    setFocus(index)
    return true
  }

  func toggleZoom() {
    isZoomed.toggle()
    context.activity.changed()
  }

  /// Moves the cursor of the focused pane.
  func move(by rows: Int) {
    guard let row = table.selectedRow else { return }
    table.select(row: row + rows)
  }

  func refresh() {
    if focus == 0 { workspace.refreshClouds() } else { table.refresh() }
  }

  func openFilter() {
    lastFilterEditor = LineEditor(table.filter.text)
    context.activity.changed()
  }

  /// Types into the filter, keeps it, or clears it. A filter changes nothing: it takes what came behind an Esc, too.
  func type(_ event: TerminalEvent) {
    switch event.key.map({ .key($0) }) ?? event {
    case .paste(let text):
      lastFilterEditor?.insert(text)
    case .key(.escape), .key(.control("c")):
      lastFilterEditor = nil
      table.filter = TextFilter()
    case .key(.enter), .key(.tab):
      lastFilterEditor = nil
      // The keys that typed it took the notice away.
      table.sayHiddenMarks()
    case .key(let key):
      _ = lastFilterEditor?.handle(key)
    default: break
    }
    if let lastFilterEditor { table.filter = TextFilter(lastFilterEditor.text) }
    context.activity.changed()
  }

  /// Shows the panes of another service.
  func show(_ next: Workspace) {
    workspace = next
    if isLowBandwidth { next.isLowBandwidth = true }
    (lastFocus, lastCompanion, lastFilterEditor) = (0, 1, nil)
    scroll = PaneScroll()
  }

  /// Keeps what a frame shows of the rows, and tells the lists, whose late values come first then.
  func takeOver(_ places: [Int: PaneScroll.Place]) {
    leaveMissing()
    scroll.takeOver(places)
    for (index, place) in places where tables.indices.contains(index) { tables[index].show(rows: place.rows.lines) }
  }
}
