public import CloudAPI
import FoundationEssentials

/// Changes that are sent together, and their outcomes.
@MainActor
public final class ChangeRun {
  /// The progress of one change.
  public enum Progress: Sendable {
    case sending
    case ended(Outcome)
  }

  public let changes: [Change]
  /// The outcomes, by index of the change; `nil` until known.
  public private(set) var outcomes: [Outcome?]
  /// Whether the user stopped the run, so that no further change is sent.
  public private(set) var isStopping = false

  /// Whether an outcome showed that all further changes would fail, too.
  public private(set) var hasEnded = false
  /// Its number among the outstanding changes.
  let plan: Int
  let reviewed: Date?
  let baseline: Baseline?
  /// Which clouds may be left without an admin, and the admins as reviewed; at the end, as the changes left them.
  public private(set) var admins: AdminRule
  private var lanesLeft = 0
  /// The reads before changes, which end with the run.
  private var readings: [Int: @MainActor () -> Void] = [:]
  private var readingCount = 0
  private var begun: Set<Int> = []
  private var hasFinished = false
  private var waiters: [CheckedContinuation<Void, Never>] = []
  private var delivery: (@MainActor () -> Void)?
  private var report: (@MainActor (Int, Progress) -> Void)?

  init(
    _ changes: [Change], plan: Int, reviewed: Date?, baseline: Baseline?, admins: AdminRule,
    report: @escaping @MainActor (Int, Progress) -> Void
  ) {
    self.changes = changes
    self.plan = plan
    self.reviewed = reviewed
    self.baseline = baseline
    self.admins = admins
    self.report = report
    outcomes = Array(repeating: nil, count: changes.count)
  }

  /// Stops sending. Changes in flight are not cancelled; reads before others are.
  public func stop() {
    isStopping = true
    for cancel in readings.values { cancel() }
  }

  /// Runs a read before a change, which ``stop()`` cancels.
  func reading<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) async -> Value {
    let task = Task { await body() }
    readingCount += 1
    let number = readingCount
    readings[number] = { task.cancel() }
    defer { readings[number] = nil }
    if isStopping { task.cancel() }
    return await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// - Parameter count: the number of lanes that are sent.
  func begin(lanes count: Int) {
    lanesLeft = count
  }

  /// Notes the end of a lane.
  ///
  /// - Returns: whether others are left.
  func laneEnded(with admins: CloudAdmins?, of cloud: Cloud.ID?) -> Bool {
    if let cloud, let admins { self.admins.reviewed[cloud] = admins }
    lanesLeft -= 1
    return lanesLeft > 0
  }

  /// Waits until all changes have an outcome.
  public func finish() async -> [Outcome] {
    if !hasFinished { await withCheckedContinuation { waiters.append($0) } }
    delivery?()
    delivery = nil
    return outcomes.map { $0 ?? .notSent(.stopped) }
  }

  /// - Parameter deliver: delivers the last effects. A caller that waits in `finish()` does that before anything is
  ///   drawn, so that the outcomes and the changed rows appear together.
  func finished(deliver: @escaping @MainActor () -> Void) {
    hasFinished = true
    report = nil
    if waiters.isEmpty { deliver() } else { delivery = deliver }
    for waiter in waiters { waiter.resume() }
    waiters = []
  }

  /// The indices of the changes in each lane, in the order in which they are sent: invitations are withdrawn before
  /// access is removed, and new admins are made before others are removed.
  ///
  /// - Parameter isIncluded: which changes are sent now.
  func lanes(_ isIncluded: (Change) -> Bool) -> [[Int]] {
    let own = changes.indices.filter { isIncluded(changes[$0]) }
    let lanes = Dictionary(grouping: own) { changes[$0].target.lane }.values.map { lane in
      (0...2).flatMap { turn in lane.filter { changes[$0].turn == turn } }
    }
    return lanes.sorted { ($0.min() ?? 0) < ($1.min() ?? 0) }
  }

  /// The changes in a cloud that have no outcome yet.
  func open(in cloud: Cloud.ID) -> [(index: Int, change: Change)] {
    changes.enumerated().filter { outcomes[$0.offset] == nil && $0.element.target.cloud == cloud }
      .map { ($0.offset, $0.element) }
  }

  /// The changes that are still to be sent.
  var unsent: [Change] { changes.indices.filter { !begun.contains($0) && outcomes[$0] == nil }.map { changes[$0] } }

  func begin(_ index: Int) {
    begun.insert(index)
    report?(index, .sending)
  }

  func end(_ index: Int, _ outcome: Outcome) {
    outcomes[index] = outcome
    report?(index, .ended(outcome))
  }

  /// - Returns: whether the rest of the lane must not be sent: it would fail, too, or might.
  func takes(_ outcome: Outcome) -> Bool {
    switch outcome {
    case .applied, .alreadySo, .stale: return false
    case .notSent(.unread(let error)), .refused(let error): return ends(error)
    case .unresolved(let change): return ends(change.error)
    case .notSent(.lastAdmin), .notSent(.adminsUnread), .notSent(.already): return false
    case .notSent: return true
    }
  }

  private func ends(_ error: CloudAPIError) -> Bool {
    hasEnded = hasEnded || error.endsARun
    return error.endsALane
  }
}

extension Change {
  /// When it is sent among the changes of its lane.
  fileprivate var turn: Int {
    if action == .remove, kind == .invitation { return 0 }
    return makesAdmin ? 1 : 2
  }
}

extension CloudAPIError {
  /// Whether further changes of the same kind in the same cloud would fail, too, or might.
  public var endsALane: Bool {
    switch code {
    case .validation, .paymentRequired, .notFound, .conflict, .rejected: false
    default: true
    }
  }

  /// Whether they would fail in any other cloud, too.
  var endsARun: Bool {
    switch code {
    case .forbidden, .outcomeUnknown, .unexpectedRedirect: false
    default: endsALane
    }
  }
}
