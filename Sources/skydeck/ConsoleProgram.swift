import CloudAPI
import CloudChanges
import CloudCommands
import CloudConsole
import CloudProfiles
import CloudSimulator
import CloudViewModels
import Logging
import NcursesTerminal
import TerminalUI

#if canImport(Glibc)
  import Glibc
#endif

/// Runs the console from start to end: connects client, models, console and terminal.
@MainActor
final class ConsoleProgram {
  private let terminal: NcursesTerminal
  private let console: Console
  private let loop: ConsoleLoop
  private let host: TerminalHost
  private var ended: CheckedContinuation<Int32, Never>?
  private var status: Int32?
  /// Printed after the terminal was restored.
  private var lastWords: String?

  /// Runs until the user quits.
  ///
  /// - Returns: the exit status: 0, 69 without a usable terminal, 78 without usable settings, 128 + n after signal n.
  static func run(_ arguments: ConsoleArguments, environment: [String: String]) async -> Int32 {
    let program: ConsoleProgram
    let log: LogFile?
    do {
      log = try arguments.logFile.map { try LogFile(path: $0) }
      let clock = TimerClock()
      let services = ConfiguredServices(
        arguments.service, environment: environment, clock: clock, logger: log?.logger)
      let opening = try await Opening(
        arguments.service, arguments.appearance, services, environment: environment)
      program = try ConsoleProgram(opening, services: services, clock: clock, environment: environment)
      try program.begin(arguments, opening)
    } catch let error as SettingsError {
      StandardError.print(error.message)
      return SettingsError.exitStatus
    } catch let error as LogFile.OpenError {
      StandardError.print(error.message)
      return 78
    } catch let error as TerminalError {
      StandardError.print(error.description)
      return 69
    } catch {
      StandardError.print("The console can't start.")
      return 70
    }
    let status = await withCheckedContinuation { program.wait($0) }
    program.finish()
    log?.logger.info("ended", metadata: ["longest_turn": "\(MainLoop.longestTurn)"])
    return status
  }

  private init(
    _ opening: Opening, services: ConfiguredServices, clock: TimerClock, environment: [String: String]
  ) throws(TerminalError) {
    let (workspace, appearance) = (opening.workspace, opening.appearance)
    var settings = appearance.console
    if settings.mouse { settings.saysMouseHelp = HelpOnce(environment: environment).isFirst("mouse") }
    terminal = try NcursesTerminal(
      options: NcursesTerminal.Options(
        theme: appearance.theme, mouse: appearance.console.mouse, ordersText: !appearance.console.screenReader))
    console = Console(workspace: workspace, settings: settings, services: services)
    host = TerminalHost(terminal: terminal, ascii: appearance.ascii, environment: environment) {
      services.environmentOfPrograms
    }
    loop = ConsoleLoop(console: console, host: host, clock: clock)
    workspace.context.activity.onChange = { [weak loop] in loop?.stateChanged() }
    console.onQuit = { [weak self] in self?.end(with: 0) }
  }

  private func begin(_ arguments: ConsoleArguments, _ opening: Opening) throws(SettingsError) {
    let workspace = opening.workspace
    if let pane = arguments.pane, !console.focusPane(named: pane) {
      terminal.restore()
      let names = console.paneNames.joined(separator: ", ")
      throw SettingsError("There is no pane \"\(pane)\": --pane takes one of \(names).")
    }
    terminal.onShown = { [weak loop] in loop?.frameWasShown() }
    // Started before the first frame, which then shows that data is loading and not that there is none.
    if let missing = opening.missing {
      console.askForService { [weak self] in
        self?.lastWords = missing.message
        self?.end(with: SettingsError.exitStatus)
      }
    } else {
      workspace.start(at: arguments.cloud.map(Cloud.ID.init(rawValue:)))
    }
    loop.start()
    terminal.start(
      onEvents: { [loop] events in loop.handle(events) },
      onEnd: { [weak self] end in
        switch end {
        case .signal(let number): self?.end(with: 128 + number)
        case .closed: self?.end(with: 129)
        }
      })
  }

  private func wait(_ continuation: CheckedContinuation<Int32, Never>) {
    if let status { continuation.resume(returning: status) } else { ended = continuation }
  }

  private func end(with status: Int32) {
    guard self.status == nil else { return }
    self.status = status
    ended?.resume(returning: status)
    ended = nil
  }

  /// Restores the terminal, and prints the changes with an unknown outcome, the changes that weren't sent, and the paths
  /// of unsent documents. It doesn't wait for requests in flight.
  private func finish() {
    loop.stop()
    terminal.restore()
    if let lastWords { StandardError.printLast(lastWords) }
    let open = console.openChanges
    for write in open.unanswered {
      StandardError.printLast("skydeck: not answered yet, its outcome is unknown: \(PlainText.harmless(write))")
    }
    for write in open.unsent {
      StandardError.printLast("skydeck: not sent: \(PlainText.harmless(write))")
    }
    for words in host.lastWords() { StandardError.printLast("skydeck: \(PlainText.harmless(words))") }
  }
}

/// What the console starts with: a service, or the question for one.
@MainActor
struct Opening {
  let workspace: Workspace
  let appearance: Appearance
  /// The error that no service is configured, if the user can be asked and the answer stored.
  let missing: SettingsError?

  init(
    _ arguments: ServiceArguments, _ look: AppearanceArguments, _ services: ConfiguredServices,
    environment: [String: String]
  ) async throws(SettingsError) {
    do throws(SettingsError) {
      let settings = try Settings(arguments, environment: environment)
      let client = try await ServiceClient(settings.service)
      appearance = settings.appearance.with(look)
      workspace = services.workspace(settings, client)
      missing = nil
    } catch {
      guard error.kind == .nothingSet, services.file != nil, isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1
      else { throw error }
      let configuration = try arguments.configuration(environment: environment)
      appearance = try Appearance(configuration, environment: environment).with(look)
      workspace = try await services.nowhere()
      missing = error
    }
  }
}
