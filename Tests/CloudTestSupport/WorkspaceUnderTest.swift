public import CloudAPI
public import CloudChanges
public import CloudSimulator
public import CloudViewModels
public import FoundationEssentials
public import HTTPTypes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The view models with the simulator in process, on clocks that only a test advances.
@MainActor
public final class WorkspaceUnderTest {
  /// The key in these tests.
  public nonisolated static let key = "secret-key"
  /// The initial time of the user's clock: 23 May 2019, 13:04:17, in UTC.
  public nonisolated static let start = Date(timeIntervalSince1970: 1_558_616_657)

  public let simulator: Simulator
  public let transport: RecordingTransport
  public let workspace: Workspace
  /// A second client, for changes by a colleague.
  public let client: CloudAPIClient
  /// The clock of the view models.
  public let clock = ManualClock()
  /// The clock of delayed and missing responses.
  public let network = ManualClock()

  private let time = TimeOfDay()
  private let started = Counter()

  public init(
    _ data: DataSet = .odd, service: ServiceIdentity = .demo, settings: Workspace.Settings = .immediate,
    edition: Simulator.Edition = .classic, said: EditionSetting = .classic,
    remembered: Edition? = nil, freeClouds: Int? = nil,
    listBodyLimit: Int? = nil,
    faults: (@Sendable (HTTPRequest) -> Fault?)? = nil
  ) async throws {
    _ = Self.utc
    simulator = Simulator(
      data: data, key: Self.key, edition: edition, freeClouds: freeClouds, now: { Self.start })
    await simulator.setFaults(faults)
    transport = RecordingTransport(SimulatorTransport(simulator, clock: network))
    let time = time
    let activity = Activity(clock: ManualClock())
    var configuration = CloudAPIClient.Configuration(
      baseURL: try BaseURL("http://localhost"), authorization: .bearer(Secret(Self.key)))
    configuration.retry = .none
    configuration.edition = said
    if let listBodyLimit { configuration.listBodyLimit = listBodyLimit }
    let requests = RequestLog(activity: activity, now: { time.now })
    let (started, report) = (started, requests.observer)
    let observer: RequestObserver = { event in
      if case .started = event.kind { started.next() }
      report(event)
    }
    let secrets = KnownSecrets()
    let client = CloudAPIClient(
      configuration: configuration, transport: requests.traced(transport, secrets: secrets), clock: ManualClock(),
      observer: observer, now: { Self.start },
      memory: EditionMemory(recall: { _ in remembered }, remember: { _, _ in }), secrets: secrets)
    let context = ModelContext(client: client, service: service, activity: activity, clock: clock, now: { time.now })
    self.client = client
    workspace = Workspace(context: context, requests: requests, settings: settings)
    watch()
  }

  /// Checks the awaited conditions on every change. Call it again when a console has taken over or left.
  public func watch() {
    context.activity.onChange = { [weak self] in self?.changed() }
  }

  /// The time of the user's clock.
  public var now: Date {
    get { time.now }
    set { time.now = newValue }
  }

  public var context: ModelContext { workspace.context }

  /// Starts the workspace and waits until everything was read.
  public func start(at cloud: Cloud.ID? = nil) async {
    workspace.start(at: cloud)
    await idle()
  }

  /// Waits until no request is in flight, also according to the request log.
  public func idle() async {
    var isIdle = false
    Task {
      await context.activity.idle()
      isIdle = true
      changed()
    }
    let log = workspace.requests
    await until { [started] in
      isIdle && log.inFlight == 0 && log.lastID == started.count
    }
  }

  private var waiters: [Int: (condition: @MainActor () -> Bool, continuation: CheckedContinuation<Void, Never>)] = [:]
  private var waiterCount = 0

  /// Waits for a condition that a request in flight or a timer will bring about, until the test's time is over.
  public func until(_ condition: @escaping @MainActor () -> Bool) async {
    if condition() { return }
    waiterCount += 1
    let id = waiterCount
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiters[id] = (condition, $0) }
    } onCancel: {
      Task { @MainActor in waiters.removeValue(forKey: id)?.continuation.resume() }
    }
  }

  /// Waits for a sleep of that length, advances both clocks by it, and then waits for a condition.
  public func pass(_ rest: Duration, until condition: @escaping @MainActor () -> Bool) async {
    await clock.waitForRest(of: rest)
    now += Double(rest.components.seconds) + Double(rest.components.attoseconds) / 1e18
    clock.advance(by: rest)
    await until(condition)
    await idle()
  }

  /// The waits before the second and the last reading of a write that isn't found to be carried out.
  public static let readingRests: [Duration] = [.seconds(10), .seconds(20)]

  /// Waits for the resolutions, and advances the time during which a service may still carry out unanswered writes.
  public func settleDoubts(rests: [Duration] = WorkspaceUnderTest.readingRests) async {
    for rest in rests {
      guard await passes(rest) else { return await idle() }
    }
    await until { [context] in context.changes.outstanding.unanswered.isEmpty }
    await idle()
  }

  /// Advances the time from rest to rest until it is known what became of all changes, of which several may be read at
  /// the same time.
  public func settleAllDoubts() async {
    while !context.changes.outstanding.unanswered.isEmpty {
      await idle()
      if let rest = clock.rests.first {
        now += rest.seconds
        clock.advance(by: rest)
      }
      await Task.yield()
    }
    await idle()
  }

  /// Advances the time to the next reading of a write whose response was lost.
  ///
  /// - Returns: whether there was one.
  public func passes(_ rest: Duration) async -> Bool {
    var isResting = false
    let resting = Task {
      await clock.waitForRest(of: rest)
      isResting = true
      changed()
    }
    // If a reading is conclusive, or can't be, there is no further one to wait for.
    await until { [context] in isResting || context.changes.outstanding.unanswered.isEmpty }
    resting.cancel()
    guard !context.changes.outstanding.unanswered.isEmpty else { return false }
    now += rest.seconds
    clock.advance(by: rest)
    return true
  }

  /// Makes one request fail every time, until `heal()`.
  public func fail(_ method: HTTPRequest.Method, _ path: String, with fault: Fault) async {
    await simulator.setFaults { $0.method == method && $0.path == path ? fault : nil }
  }

  public func heal() async {
    await simulator.setFaults(nil)
  }

  private func changed() {
    // The state is consistent only after the change that announced it has returned.
    Task {
      for (id, waiter) in waiters where waiter.condition() {
        waiters[id] = nil
        waiter.continuation.resume()
      }
    }
  }

  private static let utc: Void = {
    setenv("TZ", "UTC", 1)
    tzset()
  }()
}

extension ServiceIdentity {
  /// The simulator's identity, as in the program.
  public static let demo = ServiceIdentity(name: "Demo (simulated)", source: .demo)
}

extension Workspace.Settings {
  /// Details of a cloud are read at once, without waiting for the cursor to rest.
  public static var immediate: Workspace.Settings {
    var settings = Workspace.Settings()
    settings.rest = .zero
    return settings
  }
}

/// The time of day that a test sets.
@MainActor
private final class TimeOfDay {
  var now = WorkspaceUnderTest.start
}
