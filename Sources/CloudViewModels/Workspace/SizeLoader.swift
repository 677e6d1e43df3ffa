public import CloudAPI
import CloudChanges
import FoundationEssentials

/// Reads the sizes of the clouds, each with its own request; they arrive after the list of clouds.
///
/// At most `limit` requests run at once, so that the user's other requests find a free connection; clouds on the screen
/// come first. Transient failures are retried after growing rests: first one value alone, and the others if it
/// succeeds. While a service is unreachable or asks to wait, no further request is sent until then.
@MainActor
public final class SizeLoader {
  public typealias ID = Cloud.ID

  /// Called when nothing is left to read.
  public var onSettled: (@MainActor () -> Void)?
  /// Called when some value changes.
  var onValues: (@MainActor () -> Void)?

  private let activity: Activity
  private let clock: any Clock<Duration>
  private let now: @MainActor () -> Date
  private let limit: Int
  private let read: @Sendable (ID, RequestSweep?) async throws(CloudAPIError) -> CloudSize
  private var states = LateStates<ID>() { didSet { onValues?() } }
  private var wanted: Set<ID> = []
  private var queue: [ID] = []
  /// Index of the first entry of `queue` that wasn't taken yet.
  private var queueStart = 0
  private var isQueued: Set<ID> = []
  private var preferred: [ID] = []
  /// The previous values, for sizes that changed when they were read again.
  private var changed: [ID: CloudSize] = [:]
  private var inFlight: [ID: Task<Void, Never>] = [:]
  /// What was asked for since nothing was left to read, and the number of that sweep.
  private var round: (ids: Set<ID>, number: Int) = ([], 0)
  /// In flight and requested again: the response may be older than the request, or the read was cancelled.
  private var again: Set<ID> = []

  /// The last failure that is retried automatically; `nil` if there is none.
  public private(set) var trouble: ReadFailure?
  /// The ids to read again after the rest.
  private var postponed: [ID] = []
  private var postponing: CloudAPIError?
  private var failedRounds = 0
  private var retry: Task<Void, Never>?
  /// The id that is read alone to find out whether the service is back.
  private var probe: ID?

  /// - Parameters:
  ///   - clock: for the rests after failures.
  ///   - now: the time of day, for displaying the next retry.
  ///   - limit: the most requests at once.
  ///   - read: reads a size, as part of a sweep if there are several.
  public init(
    activity: Activity, clock: any Clock<Duration> = ContinuousClock(),
    now: @escaping @MainActor () -> Date = { Date() }, limit: Int,
    read: @escaping @Sendable (ID, RequestSweep?) async throws(CloudAPIError) -> CloudSize
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

  /// A lookup of the values known now.
  public var known: @Sendable (ID) -> LoadState<CloudSize> {
    { [states = states.states] in states[$0] ?? .waiting }
  }

  public var isSettled: Bool { isQueued.isEmpty && inFlight.isEmpty }

  /// The totals of the values of all listed clouds.
  public var summary: LateSummary { states.summary(wanted: wanted.count) }

  /// Reads values that are missing or failed, and removes those that are no longer listed.
  public func want(_ ids: [ID]) {
    wanted = Set(ids)
    for id in states.states.keys where !wanted.contains(id) { states[id] = nil }
    for (id, task) in inFlight where !wanted.contains(id) { task.cancel() }
    isQueued.formIntersection(wanted)
    round.ids.formIntersection(wanted)
    again.formIntersection(wanted)
    dropPostponed { _ in true }
    for id in ids where !self[id].isFresh && inFlight[id]?.isCancelled != false { enqueue(id) }
    startNext()
  }

  /// Reads values again; the old ones stay until the new ones arrive.
  public func reload(_ ids: [ID]) {
    let asked = Set(ids)
    dropPostponed(asked.contains)
    for id in ids { enqueue(id) }
    startNext()
  }

  /// Returns the previous values of those that changed since the last call.
  public func takeChanged() -> [ID: CloudSize] {
    defer { changed = [:] }
    return changed
  }

  /// Sets the ids on the screen, which are read first.
  public func prefer(_ ids: [ID]) {
    preferred = ids
  }

  private func enqueue(_ id: ID) {
    if round.ids.isEmpty { round.number += 1 }
    round.ids.insert(id)
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
    let sweep =
      round.ids.count > 1
      ? RequestSweep(id: RequestSweep.ID(kind: "sizes", number: round.number), clouds: round.ids.count) : nil
    inFlight[id] = activity.run { [weak self, read] in
      do throws(CloudAPIError) {
        let value = try await read(id, sweep)
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
    // Entries that were preferred or dropped remain in the array; the set says which are still queued.
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
    // The response may have arrived just before the id was dropped.
    if let state, wanted.contains(id) { states[id] = state }
    let isProbe = probe == id
    if isProbe { probe = nil }
    if again.remove(id) != nil {
      enqueue(id)
    } else if let error = state?.error {
      postpone(id, after: error)
    } else if isProbe, state != nil {
      // The probe succeeded: the service is back.
      for id in postponed { enqueue(id) }
      postponed = []
    }
    activity.changed()
    startNext()
  }
}

// MARK: - Retrying what failed

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

  /// Schedules a retry of the postponed ids; called when nothing is in flight.
  private func scheduleRetry() {
    guard let error = postponing, !postponed.isEmpty else {
      trouble = nil
      failedRounds = 0
      round.ids = []
      return
    }
    guard retry == nil else { return }
    failedRounds += 1
    guard let rest = ReadBackoff.rest(after: error, failures: failedRounds, now: now()) else { return }
    trouble = ReadFailure(
      error: error, since: trouble?.since ?? now(), nextTry: now().addingTimeInterval(rest.seconds))
    retry = activity.run(after: rest, on: clock) { [weak self] in self?.tryAgain() }
  }

  /// Reads the first postponed id alone. If it fails, it goes to the end, so that a single broken one blocks no others.
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
  /// Whether any other request to the service would have failed for the same reason.
  fileprivate var isOfWholeService: Bool {
    switch code {
    case .unreachable, .timedOut, .rateLimited: true
    default: false
    }
  }
}
