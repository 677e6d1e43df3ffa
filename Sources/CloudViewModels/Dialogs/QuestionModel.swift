import CloudAPI
public import CloudChanges
public import FoundationEssentials

/// A question whether to send changes, each with the id of its record: delete a cloud, remove 12 users, send
/// invitations again, remove people from 14 clouds. After confirmation, it sends each change once.
///
/// All records are read again before the question can be confirmed. In a question about one list, nothing is sent if a
/// record changed since it was shown. In one about several clouds (``acrossClouds(_:context:onOutcome:)``), what is gone
/// or can't be read is left out, and what changed is shown with its difference and asked about as it is now.
///
/// Changes that would leave a cloud without an admin are left out unless ``includeLastAdmins()`` is called.
@MainActor
public final class QuestionModel {
  /// The state of the question.
  public enum Phase: Hashable, Sendable {
    /// The records and the consequences are being read.
    case reading(since: Date)
    /// It can be confirmed.
    case ready
    /// It can't be confirmed, with the reason; for several records, the items have details.
    case refused(String)
    case acting(since: Date)
    /// Ended, but not all was done: the items have the outcomes, and this is the text for a single record.
    case settled(String)
    /// All changes are done: the dialog closes.
    case done
  }

  /// One of the records.
  public struct Item: Hashable, Sendable, Identifiable {
    public let id: String
    public let title: String
    /// The consequences for the record: `nil` while one is being read.
    public internal(set) var consequences: [Change.Consequence.Finding?]
    /// What is said where all consequences turn out to be nothing.
    let emptyText: String?
    /// How the record changed since it was shown, where it is asked about all the same.
    public internal(set) var difference: String?
    public internal(set) var state = State.asked
  }

  /// The state of one record.
  public enum State: Hashable, Sendable {
    case asked
    /// The record differs from what was shown, with the difference.
    case changed(String)
    case sending
    case done
    /// The record was gone before its change was sent or arrived.
    case gone
    /// Nothing is to be done for it, with the reason: `is a user already`.
    case already(String)
    /// It would leave its cloud without an admin, which the user didn't include; with who is the last one.
    case leftOut(String)
    /// The service refused the change.
    case refused(String)
    /// The response was lost, and reading showed that the change wasn't done.
    case notDone(String)
    case unknown(String)
    /// Nothing was sent for it.
    case unsent
  }

  /// The subject of a question, and the callbacks of its list.
  struct Definition {
    let question: ChangeQuestion
    /// The text to type for confirmation; `nil` if `y` confirms.
    var typed: TypedText?
    /// A warning that the same change may have been sent before.
    var warning: String?
    /// What the changes may not include, because it isn't known.
    var gap: String?
    /// The other records of the list that stay, some of which may lose something; `nil` to read them.
    var others: (@Sendable () async -> [Snapshot])?
    /// Describes how a record differs from what was shown.
    var difference: @MainActor (Snapshot, Snapshot) -> String
    /// Called with the records as read again if one differs from what was shown; `nil` for a record that is gone.
    var onReread: @MainActor ([Snapshot?]) -> Void
    /// Called with the outcome of each change.
    var onOutcome: @MainActor (Change, Outcome) -> Void
    /// Called at the end with the changes that were not done; returns whether their records are still marked.
    var finish: @MainActor ([Change]) -> Bool
  }

  public internal(set) var phase: Phase
  public internal(set) var items: [Item]
  /// The text typed so far.
  public var typed = "" { didSet { if typed != oldValue { isWrong = false } } }
  /// Whether the text was entered and is not what confirms; until it is changed.
  public private(set) var isWrong = false
  /// How often a wrong text was entered.
  public private(set) var wrongTries = 0
  /// Whether the user stopped sending.
  public internal(set) var isStopping = false
  /// The last admins whom the changes would remove or give another role, by cloud; the indices are those of the items.
  public internal(set) var lastAdmins: [LastAdmins] = []
  /// Whether the changes that concern the last admins are sent, too.
  public private(set) var includesLastAdmins = false

  let definition: Definition
  let context: ModelContext
  /// The changes, each with its record as read last.
  var changes: [Change]
  /// What the re-reading found out; `nil` before.
  var review: Reviewed?
  var run: ChangeRun?
  /// Whether the records of changes that were not done are still marked at the end.
  var keepsMarks = false
  /// The changes that were sent and may be done, by index.
  var settled: Set<Int> = []
  /// The notice with the summary, which a later resolution replaces.
  var summaryNotice: Notice.ID?
  var reviewed: Date?
  var reading: [Task<Void, Never>] = []
  var deadline: Task<Void, Never>?

  /// If there are more changes than this, the user confirms by typing, on any service.
  static let confirmedByY = 10

  init(_ definition: Definition, context: ModelContext) {
    self.definition = definition
    self.context = context
    phase = .reading(since: context.now())
    let question = definition.question
    changes = question.changes
    words = question.words
    isAboutMe = changes.contains { $0.isAboutUser(at: context.service.me) }
    items = question.changes.map { change in
      Item(
        id: question.id(of: change), title: question.title(of: change),
        consequences: question.consequences(of: change).map(\.known), emptyText: question.emptyText)
    }
    if question.isAcrossClouds {
      for (index, change) in changes.enumerated()
      where change.action != .remove && context.changes.outstanding.isUnanswered(change) {
        items[index].state = .unknown("left out: the same was sent before and isn't answered yet.")
      }
    }
    describeSent()
    if question.isAlone, let warning = definition.warning { items[0].consequences.append(.known(warning)) }
    read()
  }

  public var title: String {
    guard isAcrossClouds, case .settled = phase else { return definition.question.title }
    return "\(definition.question.title.dropLast()): \(items.count { $0.state == .done }) done"
  }
  /// The action of the question, such as `delete`, `withdraw` or `send`.
  public var verb: String { definition.question.verb }
  /// Whether it destroys data.
  public var isDestructive: Bool { definition.question.isDestructive }
  /// Whether it is about a single record.
  public var isAlone: Bool { definition.question.isAlone }

  public var preface: String {
    let warning = isAlone ? nil : definition.warning
    return [warning, definition.question.preface].compactMap { $0 }.joined(separator: " ")
  }

  /// Whether the changes may be of several kinds and in several clouds.
  public var isAcrossClouds: Bool { definition.question.isAcrossClouds }

  /// What the user must know besides the list of the changes, as sentences.
  public private(set) var facts: [String] = []
  /// The action and the number of what it is about, without what is left out: `remove 14`.
  public private(set) var words: String
  /// Whether the access of the user of skydeck is to be changed, which comes last.
  let isAboutMe: Bool

  /// Whether changes are left out unless the user types ``LastAdmins/words``.
  public var leavesOutLastAdmins: Bool { phase == .ready && !lastAdmins.isEmpty && !includesLastAdmins }

  /// What the user must know first: whom the changes leave out or leave without an admin, and that they concern
  /// themselves. A sentence each.
  public var warnings: [String] {
    var warnings = [definition.gap].compactMap { $0 }
    if !lastAdmins.isEmpty {
      let what = lastAdmins.reduce(0) { $0 + $1.changes.count } == 1 ? "it" : "them"
      warnings.append(
        lastAdmins.text
          + (includesLastAdmins
            ? ": included." : wanted == nil ? ": left out." : ": type “\(LastAdmins.words)” to include \(what)."))
    }
    if isAboutMe { warnings.append("This is your own access" + (isAlone ? "." : ", too: it is changed last.")) }
    return warnings
  }

  /// The indices of the items that are left out unless the user includes them.
  public var heldItems: Set<Int> { leavesOutLastAdmins ? Set(lastAdmins.flatMap(\.changes)) : [] }

  /// Says again what is to be sent: it takes time with the number of changes, and frames ask for it often.
  func describeSent() {
    guard isAcrossClouds else { return }
    let sent = sendable.map { changes[$0] }
    facts = definition.question.facts(of: sent)
    words = ChangeQuestion(sent, acrossClouds: true)?.words ?? definition.question.words
  }

  /// Includes the changes that leave a cloud without an admin.
  public func includeLastAdmins() {
    guard leavesOutLastAdmins else { return }
    includesLastAdmins = true
    describeSent()
    context.activity.changed()
  }

  /// The indices of the changes to be sent.
  var sendable: [Int] {
    let held = includesLastAdmins ? [] : Set(lastAdmins.flatMap(\.changes))
    return items.indices.filter { items[$0].state == .asked && !held.contains($0) }
  }

  /// Whether the question can be confirmed now.
  public var canConfirm: Bool { phase == .ready && wanted.isMet(by: typed) && !sendable.isEmpty }

  /// The text to type for confirmation; `nil` if `y` confirms.
  public var wanted: TypedText? { definition.typed }

  /// The words that are asked for now: those that confirm, or those that include the last admins; `nil` if none are.
  public var asked: TypedText? { wanted ?? (leavesOutLastAdmins ? Self.lastAdminWords : nil) }

  private static let lastAdminWords = TypedText(words: LastAdmins.words)

  /// Notes that the text was entered and is not what is asked for.
  public func wasWrong() {
    isWrong = true
    wrongTries += 1
    context.activity.changed()
  }

  /// Closes the question: no further change is sent; those in flight go on, and their outcome becomes a notice.
  public func leave() {
    if !isAlone { run?.stop() }
    deadline?.cancel()
    for task in reading { task.cancel() }
  }
}

extension QuestionModel.Item {
  /// What is said of the consequences: `nil` while one is being read; what is nothing is left out.
  public var texts: [Change.Consequence.Finding?] {
    let texts = consequences.filter { $0 != .nothing }
    guard texts.isEmpty, !consequences.isEmpty, let emptyText else { return texts }
    return [.known(emptyText)]
  }
}
