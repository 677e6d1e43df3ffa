import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import TerminalUI

@testable import CloudConsole

/// The parts of a console on the simulator, to be tested separately.
@MainActor
final class PartsUnderTest {
  let service: WorkspaceUnderTest
  let terminal = TerminalUnderTest()
  let panes: Panes
  let layers: LayerStack
  let display: Display
  let mouse: PaneMouse
  let documents: DocumentEditing
  let refresh: AutoRefresh
  let services = ServicesUnderTest()
  let serviceSwitch: ServiceSwitch
  let commands: CommandRunner
  let input: ConsoleInput

  init(
    size: Size = Size(columns: 120, rows: 34), settings: Workspace.Settings = .immediate, mouse isMouseOn: Bool = true,
    isForScreenReader: Bool = false
  ) async throws {
    service = try await WorkspaceUnderTest(settings: settings)
    await service.start(at: 3)
    let link = TerminalLink()
    link.host = terminal
    panes = Panes(service.workspace)
    layers = LayerStack {}
    display = Display(panes: panes, layers: layers, keymap: .standard, isForScreenReader: isForScreenReader)
    display.resize(to: size)
    mouse = PaneMouse(isOn: isMouseOn, panes: panes, display: display, terminal: link)
    documents = DocumentEditing(panes: panes, layers: layers, terminal: link, keymap: .standard)
    refresh = AutoRefresh(panes: panes, layers: layers, documents: documents)
    serviceSwitch = ServiceSwitch(services, panes: panes, layers: layers, mouse: mouse, refresh: refresh)
    commands = CommandRunner(
      rules: CommandRules(panes: panes, display: display, keymap: .standard, hasServices: true), panes: panes,
      layers: layers, mouse: mouse, documents: documents, services: serviceSwitch,
      exports: Exporting(panes: panes, layers: layers, paths: ExportPaths()), terminal: link,
      settings: Console.Settings())
    input = ConsoleInput(
      panes: panes, layers: layers, display: display, mouse: mouse, documents: documents, commands: commands,
      keymap: .standard)
  }

  var rules: CommandRules { commands.rules }
  var notice: String? { panes.context.notices.current?.text }

  /// Draws a frame and takes it over.
  @discardableResult
  func show(hints: [KeyHint] = []) -> Drawing {
    let drawing = display.draw(hints: hints, textWidth: .builtIn)
    display.takeOver(drawing)
    return drawing
  }
}
