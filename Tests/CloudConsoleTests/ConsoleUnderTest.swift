import CloudAPI
import CloudSimulator
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TerminalUI

@testable import CloudConsole

#if canImport(Glibc)
  import Glibc
#endif

/// The whole console over the simulator in process: keys in, frames out, no terminal and no clock that runs.
@MainActor
final class ConsoleUnderTest {
  let simulator: Simulator
  let workspace: Workspace
  let console: Console
  /// What the person's clock shows; tests move it by hand.
  var now = Date(timeIntervalSince1970: 1_558_616_657)
  private(set) var hasQuit = false

  var activity: Activity { workspace.context.activity }

  init(
    _ data: DataSet = .demo, size: Size = Size(columns: 120, rows: 34),
    faults: (@Sendable (HTTPRequest) -> Fault?)? = nil
  ) async throws {
    setenv("TZ", "UTC", 1)
    let simulator = Simulator(data: data, key: "key")
    await simulator.setFaults(faults)
    self.simulator = simulator
    let clock = StoppedClock()
    let activity = Activity(clock: clock)
    var configuration = CloudAPIClient.Configuration(
      baseURL: try BaseURL("http://localhost"), authorization: .bearer(Secret("key")))
    configuration.retry = .none
    let requests = RequestLog(activity: activity)
    let client = CloudAPIClient(
      configuration: configuration, transport: SimulatorTransport(simulator), observer: requests.observer)
    let time = TimeOfDay()
    let context = ModelContext(client: client, activity: activity, clock: clock, now: { time.now() })
    var settings = Workspace.Settings()
    settings.rest = .zero
    workspace = Workspace(context: context, requests: requests, settings: settings)
    console = Console(workspace: workspace, place: "Demo (simulated)")
    console.onQuit = { [weak self] in self?.hasQuit = true }
    time.read = { [weak self] in self?.now ?? Date(timeIntervalSince1970: 0) }
    console.handle([.resize(size)])
  }

  /// Starts it and waits until everything was read.
  func start(at cloud: Cloud.ID? = nil) async {
    workspace.start(at: cloud)
    await settle()
  }

  /// Waits until nothing is in flight, and shows what is there then.
  func settle() async {
    await activity.idle()
    present()
  }

  @discardableResult
  func present() -> Frame {
    let frame = console.frame(textWidth: .builtIn)
    console.wasPresented()
    return frame
  }

  var text: String { present().text() }

  /// Types keys, each after the last one's frame was shown, and waits until nothing is in flight.
  func press(_ keys: Key...) async {
    for key in keys {
      console.handle([.key(key)])
      await settle()
    }
  }

  /// Types text, a key at a time.
  func type(_ text: String) async {
    for character in text {
      console.handle([.key(.character(character))])
      present()
    }
    await settle()
  }

  /// Types everything in one go, as from a script or a fast hand: no frame is shown in between.
  func burst(_ keys: [Key]) async {
    console.handle(keys.map(TerminalEvent.key))
    await settle()
  }
}

/// A clock on which nothing is ever due.
struct StoppedClock: Clock {
  struct Instant: InstantProtocol {
    func advanced(by duration: Duration) -> Instant { self }
    func duration(to other: Instant) -> Duration { .zero }
    static func < (left: Instant, right: Instant) -> Bool { false }
  }

  var now: Instant { Instant() }
  var minimumResolution: Duration { .zero }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try await Task.sleep(for: .seconds(86_400))
  }
}

/// The time of day that a test sets.
@MainActor
private final class TimeOfDay {
  var read: @MainActor () -> Date = { Date(timeIntervalSince1970: 0) }

  func now() -> Date { read() }
}
