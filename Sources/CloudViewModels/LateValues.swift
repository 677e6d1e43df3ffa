import CloudAPI

/// Values that each take a request of their own and arrive after the records: the clouds' sizes.
///
/// What is on the screen is read first, never more than `limit` at once, so that what a person asks for meanwhile
/// finds a free connection.
@MainActor
public final class LateValues<Record: Identifiable & Sendable> where Record.ID == Identifier<Record> {
  public typealias ID = Record.ID

  /// Called when nothing is left to read.
  public var onSettled: (@MainActor () -> Void)?
  /// Called whenever some value is another.
  var onValues: (@MainActor () -> Void)?

  private let activity: Activity
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

  /// - Parameter limit: how many requests at once.
  public init(
    activity: Activity, limit: Int, read: @escaping @Sendable (ID) async throws(CloudAPIError) -> CloudSize
  ) {
    self.activity = activity
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
    for id in ids where !self[id].isFresh && inFlight[id]?.isCancelled != false { enqueue(id) }
    startNext()
  }

  /// Reads values again, those there staying until the new ones come.
  public func reload(_ ids: [ID]) {
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
    while inFlight.count < limit, let id = next() {
      inFlight[id] = activity.run { [weak self, read] in
        do throws(CloudAPIError) {
          let value = try await read(id)
          self?.ended(id, .loaded(value))
        } catch {
          self?.ended(id, error.code == .cancelled ? nil : self?[id].failing(with: error))
        }
      }
    }
    if isSettled { onSettled?() }
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
    if let state { states[id] = state }
    if again.remove(id) != nil { enqueue(id) }
    activity.changed()
    startNext()
  }
}
