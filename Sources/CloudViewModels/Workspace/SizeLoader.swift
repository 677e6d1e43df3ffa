public import CloudAPI
import CloudChanges
import FoundationEssentials

/// Reads the clouds' sizes, which each take a request of their own and arrive after the clouds.
///
/// What is on the screen is read first, never more than `limit` at once, so that what a person asks for meanwhile
/// finds a free connection. What failed and may come right by itself is read again after a rest that grows: first one value
/// alone, and the others when that one came. A service that can't be reached or asks to wait is left alone until then.
@MainActor
public final class SizeLoader {
  public typealias ID = Cloud.ID

  /// Called when nothing is left to read.
  public var onSettled: (@MainActor () -> Void)?
  /// Called whenever some value is another.
  var onValues: (@MainActor () -> Void)?

  private let activity: Activity
  private let clock: any Clock<Duration>
  private let now: @MainActor () -> Date
  private let limit: Int
  private let read: @Sendable (ID) async throws(CloudAPIError) -> CloudSize
  private var states = LateStates<ID>() { didSet { onValues?() } }
  private var wanted: Set<ID> = []
  private var queue: [ID] = []
  /// The first of the queue that wasn't taken yet.
  private var queueStart = 0
  private var isQueued: Set<ID> = []
  private var preferred: [ID] = []
  /// What values were before, of those that came out otherwise when they were read again.
  private var changed: [ID: CloudSize] = [:]
  private var inFlight: [ID: Task<Void, Never>] = [:]
  /// In flight, and wanted once more: the answer may be older than the question, or was given up.
  private var again: Set<ID> = []

  /// What failed last and will be tried again by itself; `nil` where nothing is.
  public private(set) var trouble: ReadFailure?
  /// Those that are read again when `trouble` says.
  private var postponed: [ID] = []
  private var postponing: CloudAPIError?
  private var failedRounds = 0
  private var retry: Task<Void, Never>?
  /// The one that is read alone to see whether the service is back.
  private var probe: ID?

  /// - Parameters:
  ///   - clock: for the rests after failures.
  ///   - now: for telling a person when the next try is.
  ///   - limit: how many requests at once.
  public init(
    activity: Activity, clock: any Clock<Duration> = ContinuousClock(),
    now: @escaping @MainActor () -> Date = { Date() }, limit: Int,
    read: @escaping @Sendable (ID) async throws(CloudAPIError) -> CloudSize
  ) {
    self.activity = activity
    self.clock = clock
    self.now = now
    self.limit = max(1, limit)
    self.read = read
  }

  public subscript(id: ID) -> LoadState<CloudSize> {
    states[id] ?? .waiting
  }

  /// Looks up what is known now.
  public var known: @Sendable (ID) -> LoadState<CloudSize> {
    { [states = states.states] in states[$0] ?? .waiting }
  }

  public var isSettled: Bool { isQueued.isEmpty && inFlight.isEmpty }

  /// What is known of all that is listed.
  public var summary: LateSummary { states.summary(wanted: wanted.count) }

  /// Reads what isn't there yet or failed, and forgets what is no longer listed.
  public func want(_ ids: [ID]) {
    wanted = Set(ids)
    for id in states.states.keys where !wanted.contains(id) { states[id] = nil }
    for (id, task) in inFlight where !wanted.contains(id) { task.cancel() }
    isQueued.formIntersection(wanted)
    again.formIntersection(wanted)
    dropPostponed { _ in true }
    for id in ids where !self[id].isFresh && inFlight[id]?.isCancelled != false { enqueue(id) }
    startNext()
  }

  /// Reads values again, those there staying until the new ones come.
  public func reload(_ ids: [ID]) {
    let asked = Set(ids)
    dropPostponed(asked.contains)
    for id in ids { enqueue(id) }
    startNext()
  }

  /// What those values were that changed since this was asked last.
  public func takeChanged() -> [ID: CloudSize] {
    defer { changed = [:] }
    return changed
  }

  /// Says what is on the screen: it comes first.
  public func prefer(_ ids: [ID]) {
    preferred = ids
  }

  private func enqueue(_ id: ID) {
    if inFlight[id] != nil {
      again.insert(id)
      return
    }
    guard isQueued.insert(id).inserted else { return }
    queue.append(id)
  }

  private func startNext() {
    while inFlight.count < limit, let id = next() { start(id) }
    guard isSettled else { return }
    scheduleRetry()
    onSettled?()
  }

  private func start(_ id: ID) {
    inFlight[id] = activity.run { [weak self, read] in
      do throws(CloudAPIError) {
        let value = try await read(id)
        self?.ended(id, .loaded(value))
      } catch {
        self?.ended(id, error.code == .cancelled ? nil : self?[id].failing(with: error))
      }
    }
  }

  private func next() -> ID? {
    if let id = preferred.first(where: isQueued.contains) {
      isQueued.remove(id)
      return id
    }
    // Entries that were preferred or dropped stay in the queue's array; the set says what still counts.
    while queueStart < queue.count {
      let id = queue[queueStart]
      queueStart += 1
      if isQueued.remove(id) != nil { return id }
    }
    queue = []
    queueStart = 0
    return nil
  }

  private func ended(_ id: ID, _ state: LoadState<CloudSize>?) {
    inFlight[id] = nil
    if case .loaded(let value) = state, let before = self[id].value, before.bytes != value.bytes, changed[id] == nil {
      changed[id] = before
    }
    // Its answer may have come just before it was no longer wanted.
    if let state, wanted.contains(id) { states[id] = state }
    let isProbe = probe == id
    if isProbe { probe = nil }
    if again.remove(id) != nil {
      enqueue(id)
    } else if let error = state?.error {
      postpone(id, after: error)
    } else if isProbe, state != nil {
      // The service is back.
      for id in postponed { enqueue(id) }
      postponed = []
    }
    activity.changed()
    startNext()
  }
}

// MARK: - Reading again what failed

extension SizeLoader {
  private func postpone(_ id: ID, after error: CloudAPIError) {
    guard wanted.contains(id), ReadBackoff.rest(after: error, failures: 1, now: now()) != nil else { return }
    postponed.append(id)
    postponing = error
    guard error.isOfWholeService else { return }
    while let id = next() { postponed.append(id) }
  }

  private func dropPostponed(_ isDropped: (ID) -> Bool) {
    postponed.removeAll(where: isDropped)
    guard postponed.isEmpty else { return }
    retry?.cancel()
    retry = nil
  }

  /// Nothing is in flight any more: what is postponed has its rest.
  private func scheduleRetry() {
    guard let error = postponing, !postponed.isEmpty else {
      trouble = nil
      failedRounds = 0
      return
    }
    guard retry == nil else { return }
    failedRounds += 1
    guard let rest = ReadBackoff.rest(after: error, failures: failedRounds, now: now()) else { return }
    trouble = ReadFailure(
      error: error, since: trouble?.since ?? now(), nextTry: now().addingTimeInterval(rest.seconds))
    retry = activity.run(after: rest, on: clock) { [weak self] in self?.tryAgain() }
  }

  /// One that failed again goes behind the others: a single broken one holds nothing up.
  private func tryAgain() {
    retry = nil
    guard !postponed.isEmpty else { return }
    let id = postponed.removeFirst()
    guard inFlight[id] == nil else { return }
    probe = id
    start(id)
  }
}

extension CloudAPIError {
  /// Whether any other request would have failed for the same reason.
  fileprivate var isOfWholeService: Bool {
    switch code {
    case .unreachable, .timedOut, .rateLimited: true
    default: false
    }
  }
}
