import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TerminalUI

@testable import CloudConsole

/// The whole console over the simulator in process: keys in, frames out, no terminal and no clock that runs.
@MainActor
final class ConsoleUnderTest {
  let service: WorkspaceUnderTest
  let console: Console
  private(set) var hasQuit = false
  /// What the screen can show.
  var textWidth = TextWidth.builtIn

  var simulator: Simulator { service.simulator }
  var workspace: Workspace { service.workspace }

  init(
    _ data: DataSet = .odd, size: Size = Size(columns: 120, rows: 34),
    service identity: ServiceIdentity = .demo, console: Console.Settings = .init(),
    settings: Workspace.Settings = .immediate, edition: Simulator.Edition = .classic,
    said: EditionSetting = .classic, freeClouds: Int? = nil, services: (any ServiceDirectory)? = nil,
    faults: (@Sendable (HTTPRequest) -> Fault?)? = nil
  ) async throws {
    service = try await WorkspaceUnderTest(
      data, service: identity, settings: settings, edition: edition, said: said, freeClouds: freeClouds,
      faults: faults)
    self.console = Console(workspace: service.workspace, settings: console, services: services)
    self.console.onQuit = { [weak self] in self?.hasQuit = true }
    self.console.handle([.resize(size)])
  }

  /// Starts it and waits until everything was read.
  func start(at cloud: Cloud.ID? = nil) async {
    workspace.start(at: cloud)
    await settle()
  }

  /// Waits until nothing is in flight, and shows what is there then.
  func settle() async {
    await service.idle()
    present()
  }

  @discardableResult
  func present() -> Frame {
    let frame = console.frame(textWidth: textWidth)
    console.wasPresented()
    return frame
  }

  var text: String { present().text() }
  /// The rows of the screen, blanks at their ends cut.
  var rows: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
  /// What a screen reader is told, in one line however many it takes.
  var said: String {
    let rows = rows
    let place = console.layout.notice
    return rows[place.row..<place.endRow].filter { !$0.isEmpty }.joined(separator: " ")
  }
  /// The row of the screen that holds the text.
  func line(with text: String) -> String? {
    self.text.split(separator: "\n").first { $0.contains(text) }.map(String.init)
  }

  /// Types keys, each after the last one's frame was shown, and waits until nothing is in flight.
  func press(_ keys: Key...) async {
    for key in keys {
      console.handle([.key(key)])
      await settle()
    }
  }

  func press(_ key: Character) async {
    await press(.character(key))
  }

  /// Types text, a key at a time.
  func type(_ text: String) async {
    for character in text {
      console.handle([.key(.character(character))])
      present()
    }
    await settle()
  }

  /// What was read at once and in these pieces, each after the last one's frame was shown: as tmux passes on Esc and what is
  /// typed soon after it.
  func read(_ pieces: String...) async {
    await read(pieces)
  }

  func read(_ pieces: [String]) async {
    for piece in pieces {
      var decoder = InputDecoder()
      var events = decoder.decode(Array(piece.utf8), at: .now)
      while let deadline = decoder.deadline { events += decoder.settle(at: deadline) }
      console.handle(events)
      await settle()
    }
  }

  func paste(_ text: String) async {
    console.handle([.paste(text)])
    await settle()
  }

  func resize(columns: Int, rows: Int) {
    console.handle([.resize(Size(columns: columns, rows: rows))])
    present()
  }

  /// Types everything in one go, as from a script or a fast hand: no frame is shown in between.
  func burst(_ keys: [Key]) async {
    console.handle(keys.map(TerminalEvent.key))
    await settle()
  }
}
