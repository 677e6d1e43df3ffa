import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials
import TerminalUI

/// The console's own state: which pane has the focus, what is scrolled where, what lies on top. Events in, screens out.
@MainActor
public final class Console {
  /// What is shown now; another one when the person goes to another service.
  var workspace: Workspace
  var settings: Settings
  /// Where other services are found.
  let services: (any ServiceDirectory)?
  /// The writes that were not settled when their services were left.
  var leftOpen = OutstandingChanges.Summary()

  /// The pane with the focus; 0 is the clouds'.
  var focus = 0
  /// The pane beside the clouds where only two are shown.
  var companion = 1
  /// Whether the focused pane has the screen to itself.
  var isZoomed = false
  /// The first row shown, by pane.
  var scroll: [Int: Int] = [:]
  /// The record under the cursor when that was drawn last, and its row, by pane.
  var anchors: [Int: (id: String, row: Int)] = [:]
  /// The filter of the focused pane while it is being typed.
  var filterEditor: LineEditor?
  /// What lies over the panes, the topmost last, and whether it was on the screen yet.
  var layers: [(layer: any Layer, isPresented: Bool)] = []
  var size = Size(columns: 80, rows: 24)
  var lastClick: Click?
  /// Whether an editor has the terminal.
  var isEditing = false
  /// Whether the last Alt key was one here, so that what came behind it is behind no Esc.
  var isAltTaken = false
  /// How many keys a person pressed.
  var keysPressed = 0
  /// What was said last of bytes that are no text.
  var undecodableNotice: Notice.ID?
  var autoRefresh: AutoRefresh?
  var spoken: Spoken?
  /// The rows that the message, or what a screen reader says, took on the last frame.
  var noticeRows = 1
  /// The panes as they were drawn last.
  var drawnPanes: DrawnPanes?
  /// The layers that the last frame shows.
  var framed: Set<ObjectIdentifier> = []

  /// Called when the person leaves.
  public var onQuit: (@MainActor () -> Void)?
  /// What only the terminal can do.
  public weak var host: (any ConsoleHost)?

  /// - Parameter services: where other services are found; `nil` where there are none to go to.
  public init(workspace: Workspace, settings: Settings = Settings(), services: (any ServiceDirectory)? = nil) {
    self.workspace = workspace
    self.settings = settings
    self.services = services
    if settings.lowBandwidth { workspace.isLowBandwidth = true }
  }

  /// Puts the focus on the pane of that name, or of a name that begins so: `users`, `u`.
  ///
  /// - Returns: whether there is one.
  public func focusPane(named name: String) -> Bool {
    let found = workspace.tables.indices.filter { workspace.tables[$0].names.plural.hasPrefix(name) }
    guard let index = found.first, found.count == 1 else { return false }
    setFocus(index)
    return true
  }

  var keymap: Keymap { settings.keymap }
  var context: ModelContext { workspace.context }
  var table: any TableModel { workspace.tables[focus] }

  /// A pane can go: when it is found out that the service has no such thing.
  func leaveMissingPanes() {
    let last = workspace.tables.count - 1
    if companion > last { companion = 1 }
    if focus > last {
      filterEditor = nil
      focus = companion
    }
  }

  func setFocus(_ index: Int) {
    guard workspace.tables.indices.contains(index) else { return }
    filterEditor = nil
    focus = index
    if index > 0 { companion = index }
    context.activity.changed()
  }

  /// Puts a layer on top. Keys read before it is on the screen will not answer it.
  func open(_ layer: any Layer) {
    layers.append((layer, false))
    context.activity.changed()
  }

  func removeTopLayer() {
    layers.popLast()?.layer.wasRemoved()
    context.activity.changed()
  }

  /// Whether something lies on top that was not on the screen yet.
  public var awaitsPresentation: Bool {
    layers.last?.isPresented == false
  }

  /// The last frame made is on the screen.
  public func wasPresented() {
    // What came to lie on top after the frame was made is not part of it.
    for index in layers.indices where framed.contains(ObjectIdentifier(layers[index].layer)) {
      layers[index].isPresented = true
      layers[index].layer.wasPresented()
    }
  }
}
