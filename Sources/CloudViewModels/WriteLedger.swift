import CloudAPI
import FoundationEssentials

/// The writes that were sent and not settled yet, unanswered or with their answer lost, so that quitting can say which they
/// are, and that none is sent twice without a word.
@MainActor
public final class WriteLedger {
  /// The last write that the service said yes to, as a command.
  public private(set) var lastDone: CommandLineText?
  /// What was asked for in the same gesture and not sent yet.
  public var unsent: [String] { plans.sorted { $0.key < $1.key }.flatMap(\.value).map(\.description) }

  /// Who makes what is made with this key; `nil` until something was.
  private(set) var author: Author?
  private var made: Set<WriteTarget> = []

  private var plans: [Int: [PlannedWrite]] = [:]
  private var sent: [Int: Sent] = [:]
  private var count = 0
  private let now: @MainActor () -> Date

  /// How far a write is that was sent.
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
    let write: PlannedWrite
    let since: Date
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

  /// What each write that nobody knows the outcome of was to do, oldest first: `delete cloud "Haussmann Tower"`.
  public var unanswered: [String] {
    sent.sorted { $0.key < $1.key }.map(\.value).filter(\.isOpen).map(\.write.description)
  }

  /// The records that something was sent for and isn't answered or read again, or is about to be sent.
  var targets: Set<WriteTarget> {
    guard !sent.isEmpty || !plans.isEmpty else { return [] }
    return Set(sent.values.filter { $0.state == .unanswered }.map(\.write.target)).union(
      plans.values.joined().map(\.target))
  }

  /// What is not settled now.
  public var open: OpenWrites { OpenWrites(unanswered: unanswered, unsent: unsent) }

  /// Remembers what was done last.
  func done(_ command: CommandLineText) {
    lastDone = command
  }

  /// Remembers what an answer says was just made here, and by whom.
  func wasMade(_ record: WriteTarget, by author: Author? = nil) {
    made.insert(record)
    if let author { self.author = author }
  }

  /// Whether an answer said that a record was made here: it is none whose answer was lost.
  func isAnswered(_ record: WriteTarget) -> Bool { made.contains(record) }

  /// A number for a gesture that sends several writes, one after the other.
  func beginPlan() -> Int {
    count += 1
    return count
  }

  /// Says what of a gesture is still to be sent; nothing ends it.
  func setUnsent(_ writes: [PlannedWrite], of plan: Int) {
    plans[plan] = writes.isEmpty ? nil : writes
  }

  /// One write that is not settled.
  struct Entry {
    fileprivate let number: Int
    /// When it was sent.
    let since: Date
  }

  /// Remembers a write until `close`. What was known of the same one before is of no interest any more.
  func open(_ write: PlannedWrite) -> Entry {
    sent = sent.filter { $0.value.isOpen || !$0.value.isSame(write) }
    count += 1
    let since = now()
    sent[count] = Sent(write: write, since: since)
    return Entry(number: count, since: since)
  }

  /// The last of the same that isn't answered; `nil` where none is.
  func entry(of write: PlannedWrite) -> Entry? {
    sent.filter { $0.value.write == write && $0.value.state == .unanswered }.max { $0.key < $1.key }
      .map { Entry(number: $0.key, since: $0.value.since) }
  }

  func close(_ entry: Entry) {
    sent[entry.number] = nil
  }

  func set(_ state: State, of entry: Entry) {
    sent[entry.number]?.state = state
  }
}

extension WriteLedger {
  /// Why a write isn't sent just so.
  enum Obstacle: Hashable {
    /// The same was sent, or is about to be, and isn't answered.
    case unanswered(String)
    /// The same may have been done, or may be yet: who sends it again is asked first.
    case mayBeDone(String)
  }

  /// What stands against sending some writes; `nil` where nothing does.
  func obstacle(to writes: [PlannedWrite]) -> Obstacle? {
    let targets = targets
    for write in writes where targets.contains(write.target) {
      return .unanswered("Not sent: \(write.description) was sent before and isn't answered yet.")
    }
    let texts = writes.compactMap { write in
      sent.values.filter { $0.stands(against: write) }.max { $0.since < $1.since }.map(\.text)
    }
    guard let first = texts.first else { return nil }
    return .mayBeDone(texts.count == 1 ? first : "\(first) The same holds for \(texts.count - 1) more.")
  }
}

extension WriteLedger.Sent {
  fileprivate func isSame(_ other: PlannedWrite) -> Bool {
    write.target == other.target && write.intent == other.intent
  }

  /// Two edits of one record may be carried out in either order, as long as the first may arrive.
  fileprivate func stands(against other: PlannedWrite) -> Bool {
    guard case .mayArrive = state else { return state != .unanswered && isSame(other) }
    return isSame(other) || isEdit && other.isEdit && write.target == other.target
  }

  private var isEdit: Bool { write.isEdit }

  fileprivate var text: String {
    let time = LocalTime.hourAndMinute(since)
    return switch state {
    case .mayArrive(let until):
      "\(write.description), sent at \(time), may still arrive until \(LocalTime.hourMinuteSecond(until)): "
        + (isEdit ? "it may take the place of what is sent now." : "sent again, it may be done twice.")
    case .foundDone: "\(write.description), sent at \(time), was found done: sent again, it is done twice."
    case .unanswered, .undecided:
      "\(write.description) was sent at \(time), and nobody knows whether it was done: sent again, it may be done twice."
    }
  }
}
