import CloudAPI
import CloudChanges
import CloudViewModels
import TerminalUI

/// The whole console: events in, frames out. Each part keeps its own state; here they are put together.
@MainActor
public final class Console {
  /// How the console looks and listens, as a person sets it.
  public struct Settings: Sendable {
    public var keymap = Keymap.standard
    /// Whether the terminal reports the mouse from the start, so that text is selected with Shift.
    public var mouse = false

    /// Whether the screen is drawn in lines for a screen reader, the cursor on the selected row.
    public var screenReader = false

    /// Whether as few bytes as can be are sent, whatever the service's own setting says.
    public var lowBandwidth = false

    public init() {}
  }

  let panes: Panes
  let layers: LayerStack
  let display: Display
  let commands: CommandRunner
  private let input: ConsoleInput
  private let services: ServiceSwitch
  private let refresh: AutoRefresh
  private let terminal = TerminalLink()

  /// - Parameter services: where other services are found; `nil` where there are none to go to.
  public init(workspace: Workspace, settings: Settings = Settings(), services: (any ServiceDirectory)? = nil) {
    let keymap = settings.keymap
    let panes = Panes(workspace, isLowBandwidth: settings.lowBandwidth)
    let layers = LayerStack { [panes] in panes.context.activity.changed() }
    let display = Display(panes: panes, layers: layers, keymap: keymap, isForScreenReader: settings.screenReader)
    let mouse = PaneMouse(isOn: settings.mouse, panes: panes, display: display, terminal: terminal)
    let documents = DocumentEditing(panes: panes, layers: layers, terminal: terminal, keymap: keymap)
    refresh = AutoRefresh(panes: panes, layers: layers, documents: documents)
    self.services = ServiceSwitch(services, panes: panes, layers: layers, mouse: mouse, refresh: refresh)
    commands = CommandRunner(
      rules: CommandRules(panes: panes, display: display, keymap: keymap, hasServices: services != nil),
      panes: panes, layers: layers, mouse: mouse, documents: documents, services: self.services, terminal: terminal,
      settings: settings)
    input = ConsoleInput(
      panes: panes, layers: layers, display: display, mouse: mouse, documents: documents, commands: commands,
      keymap: keymap)
    self.panes = panes
    self.layers = layers
    self.display = display
  }

  /// Called when the person leaves.
  public var onQuit: (@MainActor () -> Void)? {
    get { commands.onQuit }
    set { commands.onQuit = newValue }
  }

  /// What only the terminal can do.
  public var host: (any ConsoleHost)? {
    get { terminal.host }
    set { terminal.host = newValue }
  }

  /// Begins what goes on by itself: reading again, where a person set an interval. Says how text is selected now, where the
  /// mouse is on from the start.
  public func start() {
    services.start()
  }

  /// Ends what goes on by itself.
  public func stop() {
    refresh.stop()
  }

  /// Takes events in the order they were read.
  public func handle(_ events: [TerminalEvent]) {
    input.handle(events)
  }

  /// What is to be seen now, on a screen of the size last told. It changes nothing.
  public func draw(textWidth: TextWidth) -> Drawing {
    display.draw(hints: commands.rules.hints, textWidth: textWidth)
  }

  /// What was drawn is the frame from now on: the next one begins with what it settled.
  public func takeOver(_ drawing: Drawing) {
    display.takeOver(drawing)
  }

  /// Whether something lies on top that was not on the screen yet.
  public var awaitsPresentation: Bool { layers.awaitsPresentation }

  /// The last frame is on the screen.
  public func wasPresented() {
    layers.wasPresented()
  }

  /// Puts the focus on the pane of that name, or of a name that begins so: `users`, `u`.
  ///
  /// - Returns: whether there is one.
  public func focusPane(named name: String) -> Bool {
    panes.setFocus(named: name)
  }

  /// Asks for a service where nothing says which. The demo is a key away.
  ///
  /// - Parameter onLeave: called when the person goes away without one.
  public func askForService(onLeave: @escaping @MainActor () -> Void) {
    services.askForFirst(onLeave: onLeave)
  }

  /// The writes that are not settled, here and on the services that were left.
  public var openChanges: OutstandingChanges.Summary { services.openChanges }
}
