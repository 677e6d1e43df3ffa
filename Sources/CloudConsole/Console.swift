import CloudAPI
import CloudChanges
import CloudViewModels
import TerminalUI

/// The whole console: events in, frames out. It connects the parts; each part owns its state.
@MainActor
public final class Console {
  /// The settings of the console's display and input.
  public struct Settings: Sendable {
    public var keymap = Keymap.standard
    /// Whether the console takes the mouse from the start, so that the user selects text with Shift.
    public var mouse = false

    /// Whether the console says at its start what the mouse does.
    public var saysMouseHelp = true

    /// Whether the screen is drawn as lines for a screen reader, with the cursor on the selected row.
    public var screenReader = false

    /// Whether to send as few bytes as possible, whatever the service's own setting is.
    public var lowBandwidth = false

    /// The value of HOME, for `~` in paths that the user types.
    public var home: String?
    /// The directory that relative paths refer to.
    public var directory = "."

    public init() {}
  }

  let panes: Panes
  let layers: LayerStack
  let display: Display
  let commands: CommandRunner
  private let input: ConsoleInput
  private let services: ServiceSwitch
  private let exports: Exporting
  private let refresh: AutoRefresh
  private let terminal = TerminalLink()

  /// - Parameter services: the services to switch to; `nil` if there are none.
  public init(workspace: Workspace, settings: Settings = Settings(), services: (any ServiceDirectory)? = nil) {
    let keymap = settings.keymap
    let panes = Panes(workspace, isLowBandwidth: settings.lowBandwidth)
    let layers = LayerStack { [panes] in panes.context.activity.changed() }
    let display = Display(panes: panes, layers: layers, keymap: keymap, isForScreenReader: settings.screenReader)
    let mouse = PaneMouse(
      isOn: settings.mouse, saysHelp: settings.saysMouseHelp, panes: panes, display: display, terminal: terminal)
    let documents = DocumentEditing(panes: panes, layers: layers, terminal: terminal, keymap: keymap)
    refresh = AutoRefresh(panes: panes, layers: layers, documents: documents)
    self.services = ServiceSwitch(services, panes: panes, layers: layers, mouse: mouse, refresh: refresh)
    exports = Exporting(
      panes: panes, layers: layers, paths: ExportPaths(home: settings.home, directory: settings.directory))
    commands = CommandRunner(
      rules: CommandRules(panes: panes, display: display, keymap: keymap, hasServices: services != nil),
      panes: panes, layers: layers, mouse: mouse, documents: documents, services: self.services, exports: exports,
      terminal: terminal,
      settings: settings)
    input = ConsoleInput(
      panes: panes, layers: layers, display: display, mouse: mouse, documents: documents, commands: commands,
      keymap: keymap)
    self.panes = panes
    self.layers = layers
    self.display = display
  }

  /// Called when the user quits.
  public var onQuit: (@MainActor () -> Void)? {
    get { commands.onQuit }
    set { commands.onQuit = newValue }
  }

  /// The functions that only the terminal provides.
  public var host: (any ConsoleHost)? {
    get { terminal.host }
    set { terminal.host = newValue }
  }

  /// Starts the automatic refresh, if the user set an interval. If the mouse is on, shows how to select text.
  public func start() {
    services.start()
  }

  /// Stops the automatic refresh, and removes files that are not whole.
  public func stop() {
    refresh.stop()
    exports.stop()
  }

  /// Handles events in the order they were read.
  public func handle(_ events: [TerminalEvent]) {
    input.handle(events)
  }

  /// Draws the console for the last known screen size, without changing any state.
  public func draw(textWidth: TextWidth) -> Drawing {
    display.draw(hints: commands.rules.hints, textWidth: textWidth)
  }

  /// Makes a drawing the current frame and keeps the state that it settled.
  public func takeOver(_ drawing: Drawing) {
    display.takeOver(drawing)
  }

  /// Whether the topmost layer has not been on the screen yet, and must be before it takes a key.
  public var awaitsPresentation: Bool { layers.awaitsPresentation }

  /// Reports that the last frame is on the screen.
  public func wasPresented() {
    layers.wasPresented()
  }

  /// Focuses the pane with that name or unique prefix: `users`, `u`.
  ///
  /// - Returns: whether there is such a pane.
  public func focusPane(named name: String) -> Bool {
    panes.setFocus(named: name)
  }

  /// The names of the panes.
  public var paneNames: [String] { panes.all.map { panes.table(at: $0).names.plural } }

  /// Asks for a service if none is configured, and offers the demo.
  ///
  /// - Parameter onLeave: called when the user leaves without choosing one.
  public func askForService(onLeave: @escaping @MainActor () -> Void) {
    services.askForFirst(onLeave: onLeave)
  }

  /// The unresolved writes of the current service and of those that the user left.
  public var openChanges: OutstandingChanges.Summary { services.openChanges }
}
