import CloudChanges
import CloudViewModels
import TerminalUI

/// The panes of the current service: focus, scroll positions and the filter that is being typed.
@MainActor
final class Panes {
  /// The workspace of the current service; switching services replaces it.
  private(set) var workspace: Workspace
  private(set) var scroll = PaneScroll()
  private(set) var shape = SettledShape()
  /// Whether the focused pane fills the screen.
  private(set) var isZoomed = false

  // Read these as `focus`, `companion` and `filterEditor`: the pane that they refer to may be gone.
  private var lastFocus = 0
  private var lastCompanion = 1
  private var beforePeople = 0
  private var lastFilterEditor: LineEditor?
  private let isLowBandwidth: Bool

  /// - Parameter isLowBandwidth: whether to send as few bytes as possible, whatever a service's own setting is.
  init(_ workspace: Workspace, isLowBandwidth: Bool = false) {
    self.workspace = workspace
    self.isLowBandwidth = isLowBandwidth
    if isLowBandwidth { workspace.isLowBandwidth = true }
  }

  var context: ModelContext { workspace.context }
  var tables: [any TableModel] { workspace.tables }
  /// The list of the focused pane.
  var table: any TableModel { table(at: focus) }

  /// The index of the pane of people, which fills the screen. It is the same in both editions.
  static let people = 4

  func table(at index: Int) -> any TableModel {
    index == Self.people ? workspace.people.list : tables[index]
  }

  private func isPane(_ index: Int) -> Bool { index == Self.people || tables.indices.contains(index) }

  /// The indices of all panes, in the order of their tabs.
  var all: [Int] { tables.indices + [Self.people] }
  /// Whether the pane of people has the focus.
  var showsPeople: Bool { focus == Self.people }

  /// The index of the focused pane; 0 is the clouds pane.
  var focus: Int { isPane(lastFocus) ? lastFocus : companion }
  /// The pane beside the clouds if only two are shown.
  var companion: Int { tables.indices.contains(lastCompanion) ? lastCompanion : 1 }
  /// The filter of the focused pane while it is being typed.
  var filterEditor: LineEditor? { isPane(lastFocus) ? lastFilterEditor : nil }

  /// Forgets panes that are gone because the service turned out not to support them: one that comes back doesn't take
  /// the focus.
  func leaveMissing() {
    (lastFocus, lastCompanion, lastFilterEditor) = (focus, companion, filterEditor)
  }

  func setFocus(_ index: Int) {
    guard isPane(index) else { return }
    keepFilter()
    if index == Self.people {
      if !showsPeople { beforePeople = focus }
      workspace.people.open()
    } else if index > 0 {
      lastCompanion = index
    }
    lastFocus = index
    context.activity.changed()
  }

  /// Moves the focus by that many panes of the cloud, wrapping around; from the people back to the pane before them.
  func moveFocus(by step: Int) {
    guard !showsPeople else { return leavePeople() }
    setFocus((focus + step + tables.count) % tables.count)
  }

  /// Goes back to the pane that had the focus before the people.
  func leavePeople() {
    setFocus(beforePeople)
  }

  /// Focuses the pane with that name or unique prefix: `users`, `u`.
  ///
  /// - Returns: whether there is such a pane.
  func setFocus(named name: String) -> Bool {
    let found = all.filter { table(at: $0).names.plural.hasPrefix(name) }
    guard let index = found.first, found.count == 1 else { return false }
    setFocus(index)
    return true
  }

  /// Goes to a membership or an invitation of a person.
  ///
  /// - Returns: whether its cloud still exists.
  func show(_ access: PersonAccess) -> Bool {
    guard workspace.show(access) else { return false }
    setFocus(access.user == nil ? 2 : 1)
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

  /// What Tab adds to the name of a column at the end of the filter; `nil` if there is none to complete.
  var completion: String? {
    filterEditor.flatMap { $0.isAtEnd ? table.vocabulary.completion(ofLastWordIn: $0.text) : nil }
  }

  /// Closes the filter that is being typed, and applies it as it is.
  private func keepFilter() {
    guard let editor = filterEditor else { return }
    lastFilterEditor = nil
    table.filter(by: editor.text)
  }

  /// Edits, keeps or clears the filter. A filter changes no data, so it also takes a key behind an Esc.
  func type(_ event: TerminalEvent) {
    switch event.key.map({ .key($0) }) ?? event {
    case .paste(let text):
      lastFilterEditor?.insert(text)
    case .key(.escape), .key(.control("c")):
      lastFilterEditor = nil
      table.filter(by: "")
    case .key(.tab) where completion != nil:
      if let completion { lastFilterEditor?.insert(completion) }
    case .key(.enter), .key(.tab):
      keepFilter()
      // The keys that typed the filter have dismissed this notice.
      table.sayHiddenMarks()
      if let problem = table.filter.problemText { context.notices.say(.information, problem) }
    case .key(let key):
      _ = lastFilterEditor?.handle(key)
    default: break
    }
    if let lastFilterEditor { table.filter(by: lastFilterEditor.text, isTyping: true) }
    context.activity.changed()
  }

  /// Shows the panes of another service.
  func show(_ next: Workspace) {
    workspace = next
    if isLowBandwidth { next.isLowBandwidth = true }
    (lastFocus, lastCompanion, beforePeople, lastFilterEditor) = (0, 1, 0, nil)
    (scroll, shape) = (PaneScroll(), SettledShape())
  }

  /// Keeps the shape that a frame settled.
  func takeOver(_ shape: SettledShape) {
    self.shape = shape
  }

  /// Keeps the scroll positions of a frame, and tells the lists which rows are visible, so that their sizes load first.
  func takeOver(_ places: [Int: PaneScroll.Place]) {
    leaveMissing()
    scroll.takeOver(places)
    for (index, place) in places where isPane(index) { table(at: index).show(rows: place.rows.lines) }
  }
}
