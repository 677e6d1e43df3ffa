public import CloudAPI
import FoundationEssentials

/// Changes that are being sent together, and what became of each.
@MainActor
public final class ChangeRun {
  /// How far one change is.
  public enum Progress: Sendable {
    case sending
    case ended(Outcome)
  }

  public let changes: [Change]
  /// By the changes' index; `nil` until it is known.
  public private(set) var outcomes: [Outcome?]
  /// Whether nothing more is to be sent, because the person said so.
  public private(set) var isStopping = false

  /// Whether a change showed that no other will fare better.
  private(set) var hasEnded = false
  /// What was carried out, as commands.
  var commands: [CommandLineText] = []
  var plan = 0
  var lanesLeft = 0
  /// Those of the lane that ended last.
  var effects: [Effect] = []
  let reviewed: Date?
  let baseline: Baseline?
  private var begun: Set<Int> = []
  private var hasFinished = false
  private var waiters: [CheckedContinuation<Void, Never>] = []
  private var delivery: (@MainActor () -> Void)?
  private var report: (@MainActor (Int, Progress) -> Void)?

  init(
    _ changes: [Change], reviewed: Date?, baseline: Baseline?,
    report: @escaping @MainActor (Int, Progress) -> Void
  ) {
    self.changes = changes
    self.reviewed = reviewed
    self.baseline = baseline
    self.report = report
    outcomes = Array(repeating: nil, count: changes.count)
  }

  /// Sends nothing more. What was sent is not stopped.
  public func stop() {
    isStopping = true
  }

  /// Waits until all have an outcome.
  public func finish() async -> [Outcome] {
    if !hasFinished { await withCheckedContinuation { waiters.append($0) } }
    delivery?()
    delivery = nil
    return outcomes.map { $0 ?? .notSent(.stopped) }
  }

  /// - Parameter deliver: gives the last effects to who shows them. Whoever waits does that, and goes on before anything is
  ///   drawn: what became of the changes and the rows that they changed are seen together.
  func finished(deliver: @escaping @MainActor () -> Void) {
    hasFinished = true
    report = nil
    if waiters.isEmpty { deliver() } else { delivery = deliver }
    for waiter in waiters { waiter.resume() }
    waiters = []
  }

  /// The indexes of the changes of each lane, in their order.
  var lanes: [[Int]] {
    var lanes: [[Int]] = []
    var places: [Cloud.ID?: Int] = [:]
    for (index, change) in changes.enumerated() {
      if let place = places[change.target.lane] {
        lanes[place].append(index)
      } else {
        places[change.target.lane] = lanes.count
        lanes.append([index])
      }
    }
    return lanes
  }

  /// What is still to be sent.
  var unsent: [Change] { changes.indices.filter { !begun.contains($0) && outcomes[$0] == nil }.map { changes[$0] } }

  func begin(_ index: Int) {
    begun.insert(index)
    report?(index, .sending)
  }

  func end(_ index: Int, _ outcome: Outcome) {
    outcomes[index] = outcome
    report?(index, .ended(outcome))
  }

  /// - Returns: whether the rest of its lane would meet the same, or nobody knows whether it would.
  func takes(_ outcome: Outcome) -> Bool {
    switch outcome {
    case .applied, .alreadySo, .stale: return false
    case .notSent(.unread(let error)), .refused(let error): return ends(error)
    case .unresolved(let change): return ends(change.error)
    case .notSent: return true
    }
  }

  private func ends(_ error: CloudAPIError) -> Bool {
    hasEnded = hasEnded || error.endsARun
    return error.endsALane
  }
}

extension CloudAPIError {
  /// Whether sending more of the same to the same cloud is of no use, or nobody knows whether it is.
  public var endsALane: Bool {
    switch code {
    case .validation, .paymentRequired, .notFound, .conflict, .rejected: false
    default: true
    }
  }

  /// Whether it is of no use in any other cloud either.
  var endsARun: Bool {
    switch code {
    case .forbidden, .outcomeUnknown, .unexpectedRedirect: false
    default: endsALane
    }
  }
}
