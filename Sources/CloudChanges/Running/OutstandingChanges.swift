import CloudAPI
import FoundationEssentials

/// The changes that were sent and not settled yet, unanswered or with their answer lost, so that quitting can say which they
/// are, and that none is sent twice without a word.
@MainActor
public final class OutstandingChanges {
  /// What is not settled, in words.
  public struct Summary: Hashable, Sendable {
    /// Sent and not answered: what each was to do.
    public var unanswered: [String]
    /// Not sent.
    public var unsent: [String]

    public init(unanswered: [String] = [], unsent: [String] = []) {
      self.unanswered = unanswered
      self.unsent = unsent
    }

    public static func + (left: Summary, right: Summary) -> Summary {
      Summary(unanswered: left.unanswered + right.unanswered, unsent: left.unsent + right.unsent)
    }
  }

  /// What was carried out last, as a command.
  public private(set) var lastDone: CommandLineText?

  /// Who makes what is made with this key; `nil` until something was.
  private(set) var author: Author?
  private var made: Set<ChangeTarget> = []
  private var plans: [Int: [Change]] = [:]
  private var sent: [Int: Sent] = [:]
  private var count = 0
  private let now: @MainActor () -> Date

  /// How far a change is that was sent.
  enum State: Hashable {
    case unanswered
    /// Its answer was lost, and it was not done when that was read; until then it may be.
    case mayArrive(until: Date)
    /// Nothing that can be read tells whether it was done.
    case undecided
    /// Its answer was lost, and it was found done.
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

  /// What each change that nobody knows the outcome of was to do, oldest first: `delete cloud "Haussmann Tower"`.
  public var unanswered: [String] {
    sent.sorted { $0.key < $1.key }.map(\.value).filter(\.isOpen).map(\.change.description)
  }

  /// What was asked for in the same gesture and not sent yet.
  public var unsent: [String] { plans.sorted { $0.key < $1.key }.flatMap(\.value).map(\.description) }

  /// What is not settled now.
  public var summary: Summary { Summary(unanswered: unanswered, unsent: unsent) }

  /// The records that something was sent for and isn't answered or read again, or is about to be sent.
  public var targets: Set<ChangeTarget> {
    guard !sent.isEmpty || !plans.isEmpty else { return [] }
    return Set(sent.values.filter { $0.state == .unanswered }.flatMap(\.change.touched)).union(
      plans.values.joined().flatMap(\.touched))
  }

  /// Remembers what was carried out last.
  func done(_ command: CommandLineText) {
    lastDone = command
  }

  /// Remembers what an answer says was just made here, and by whom.
  func wasMade(_ record: ChangeTarget, by author: Author?) {
    made.insert(record)
    if let author { self.author = author }
  }

  /// Whether an answer said that a record was made here: it is none whose answer was lost.
  func isAnswered(_ record: ChangeTarget) -> Bool { made.contains(record) }

  /// A number for a run of several changes.
  func beginPlan(_ changes: [Change]) -> Int {
    count += 1
    setUnsent(changes, of: count)
    return count
  }

  /// Says what of a run is still to be sent; nothing ends it.
  func setUnsent(_ changes: [Change], of plan: Int) {
    plans[plan] = changes.isEmpty ? nil : changes
  }

  /// One change that is not settled.
  struct Entry {
    fileprivate let number: Int
  }

  /// Remembers a change until `close`. What was known of the same one before is of no interest any more.
  func open(_ change: Change) -> Entry {
    sent = sent.filter { $0.value.isOpen || !$0.value.isSame(change) }
    count += 1
    sent[count] = Sent(change: change, since: now())
    return Entry(number: count)
  }

  /// Takes when it was sent, which is known once its answer is lost.
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
  /// Why a change isn't sent just so.
  public enum Obstacle: Hashable, Sendable {
    /// The same was sent, or is about to be, and isn't answered.
    case unanswered(String)
    /// The same may have been done, or may be yet: who sends it again is asked first.
    case mayBeDone(String)

    public var text: String {
      switch self {
      case .unanswered(let text), .mayBeDone(let text): text
      }
    }
  }

  /// What stands against sending some changes; `nil` where nothing does.
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

  /// Two edits of one record may be carried out in either order, as long as the first may arrive.
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
  /// An invitation that is sent again is another e-mail to the same address.
  fileprivate func isSame(as other: Change.Action) -> Bool {
    self == other || Set([self, other]) == [.invite, .resend]
  }
}
