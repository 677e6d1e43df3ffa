import CloudAPI
import FoundationEssentials

/// The changes that were sent and not settled, without a response or with a lost one, so that they can be listed on
/// quitting and none is sent twice without a warning.
@MainActor
public final class OutstandingChanges {
  /// The changes that are not settled, in words.
  public struct Summary: Hashable, Sendable {
    /// The changes that were sent without a known outcome.
    public var unanswered: [String]
    /// The changes that were not sent.
    public var unsent: [String]

    public init(unanswered: [String] = [], unsent: [String] = []) {
      self.unanswered = unanswered
      self.unsent = unsent
    }

    public static func + (left: Summary, right: Summary) -> Summary {
      Summary(unanswered: left.unanswered + right.unanswered, unsent: left.unsent + right.unsent)
    }
  }

  /// The changes of the last run of which one was applied, as a shell command.
  public var lastDone: CommandLineText? { .several(doneCommands) }

  /// The changes applied by one run, as shell commands, and the number of its plan.
  private var doneCommands: [CommandLineText] = []
  private var donePlan = 0

  /// The author of records created with this key; `nil` until one was created.
  private(set) var author: Author?
  private var made: Set<ChangeTarget> = []
  private var plans: [Int: [Change]] = [:]
  private var sent: [Int: Sent] = [:]
  private var count = 0
  private let now: @MainActor () -> Date

  /// The state of a change that was sent.
  enum State: Hashable {
    case unanswered
    /// The response was lost, and a read found that it was not done; it may still be done until this time.
    case mayArrive(until: Date)
    /// A read can't tell whether it was done.
    case undecided
    /// The response was lost, and a read found that it was done.
    case foundDone
  }

  fileprivate struct Sent {
    let change: Change
    var since: Date
    var state = State.unanswered

    var isOpen: Bool {
      switch state {
      case .unanswered, .mayArrive: true
      case .undecided, .foundDone: false
      }
    }
  }

  init(now: @escaping @MainActor () -> Date) {
    self.now = now
  }

  /// The changes with an unknown outcome, oldest first: `delete cloud "Haussmann Tower"`.
  public var unanswered: [String] {
    sent.sorted { $0.key < $1.key }.map(\.value).filter(\.isOpen).map(\.change.description)
  }

  /// The changes that were requested and not sent yet.
  public var unsent: [String] { plans.sorted { $0.key < $1.key }.flatMap(\.value).map(\.description) }

  public var summary: Summary { Summary(unanswered: unanswered, unsent: unsent) }

  /// The targets of changes that are about to be sent, or were sent and have neither a response nor a resolution.
  public var targets: Set<ChangeTarget> {
    guard !sent.isEmpty || !plans.isEmpty else { return [] }
    return Set(sent.values.filter { $0.state == .unanswered }.flatMap(\.change.touched)).union(
      plans.values.joined().flatMap(\.touched))
  }

  /// Stores a change that was applied.
  func done(_ command: CommandLineText, of plan: Int) {
    if plan != donePlan { (donePlan, doneCommands) = (plan, []) }
    doneCommands.append(command)
  }

  /// Stores the target and the author of a record that was created, according to a response.
  func wasMade(_ record: ChangeTarget, by author: Author?) {
    made.insert(record)
    if let author { self.author = author }
  }

  /// Whether a record is known to be created by a change, and so not by another unresolved one.
  func isAnswered(_ record: ChangeTarget) -> Bool { made.contains(record) }

  /// Registers the changes of a run; returns its number.
  func beginPlan(_ changes: [Change]) -> Int {
    count += 1
    setUnsent(changes, of: count)
    return count
  }

  /// Sets the changes of a run that are still to be sent; an empty list ends it.
  func setUnsent(_ changes: [Change], of plan: Int) {
    plans[plan] = changes.isEmpty ? nil : changes
  }

  /// One change that is not settled.
  struct Entry {
    fileprivate let number: Int
  }

  /// Registers a change until `close`, and drops settled entries for the same change.
  func open(_ change: Change) -> Entry {
    sent = sent.filter { $0.value.isOpen || !$0.value.isSame(change) }
    count += 1
    sent[count] = Sent(change: change, since: now())
    return Entry(number: count)
  }

  /// Sets when a change was sent, which is known once its response is lost.
  func setSent(at time: Date, _ entry: Entry) {
    sent[entry.number]?.since = time
  }

  func close(_ entry: Entry) {
    sent[entry.number] = nil
  }

  func set(_ state: State, of entry: Entry) {
    sent[entry.number]?.state = state
  }
}

extension OutstandingChanges {
  /// Why a change must not be sent without asking.
  public enum Obstacle: Hashable, Sendable {
    /// The same change was sent or is about to be, and has no response yet.
    case unanswered(String)
    /// The same change may have been done, or may still be: the user is asked before it is sent again.
    case mayBeDone(String)

    public var text: String {
      switch self {
      case .unanswered(let text), .mayBeDone(let text): text
      }
    }
  }

  /// Whether the same record is about to be changed, or was and has no response yet.
  public func isUnanswered(_ change: Change) -> Bool {
    let targets = targets
    return change.touched.contains(where: targets.contains)
  }

  /// The obstacle to sending some changes; `nil` if there is none.
  public func obstacle(to changes: [Change]) -> Obstacle? {
    let targets = targets
    for change in changes where change.touched.contains(where: targets.contains) {
      return .unanswered("Not sent: \(change.description) was sent before and isn't answered yet.")
    }
    let texts = changes.compactMap { change in
      sent.values.filter { $0.stands(against: change) }.max { $0.since < $1.since }.map(\.text)
    }
    guard let first = texts.first else { return nil }
    return .mayBeDone(texts.count == 1 ? first : "\(first) The same holds for \(texts.count - 1) more.")
  }
}

extension OutstandingChanges.Sent {
  fileprivate func isSame(_ other: Change) -> Bool {
    change.action.isSame(as: other.action) && change.touched.contains(where: other.touched.contains)
  }

  /// Whether the change is an obstacle to another. While an edit may still arrive, so is any edit of the same record.
  fileprivate func stands(against other: Change) -> Bool {
    guard case .mayArrive = state else { return state != .unanswered && isSame(other) }
    return isSame(other) || change.isEdit && other.isEdit && change.target == other.target
  }

  fileprivate var text: String {
    let time = LocalTime.hourAndMinute(since)
    return switch state {
    case .mayArrive(let until):
      "\(change.description), sent at \(time), may still arrive until \(LocalTime.hourMinuteSecond(until)): "
        + (change.isEdit ? "it may overwrite what is sent now." : "sent again, it may be done twice.")
    case .foundDone: "\(change.description), sent at \(time), was found done: sent again, it is done twice."
    case .unanswered, .undecided:
      "\(change.description) was sent at \(time), and it is unknown whether it was done: sent again, it may be done twice."
    }
  }
}

extension Change.Action {
  /// Whether two actions do the same: sending an invitation again sends another e-mail to the same address.
  fileprivate func isSame(as other: Change.Action) -> Bool {
    self == other || Set([self, other]) == [.invite, .resend]
  }
}
