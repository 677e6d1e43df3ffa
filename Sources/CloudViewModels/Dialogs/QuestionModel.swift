import CloudAPI
import CloudChanges
public import FoundationEssentials

/// A question whether to send changes, each with the id of its record: delete a cloud, remove 12 users, send
/// invitations again. After confirmation, it sends each change once.
///
/// All records are read again before the question can be confirmed; if one changed since it was shown, nothing is sent.
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
    /// The consequences for the record: `nil` while one is being read, with a question mark if it can't be read.
    public internal(set) var consequences: [String?]
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
    /// The text to type for confirmation, if the screen can show it; `nil` if `y` confirms.
    var typed: TypedText?
    /// The text to type if the screen can't show `typed`.
    var typedElsewhere: TypedText?
    /// A warning that the same change may have been sent before.
    var warning: String?
    /// Reads the other records of the list, some of which may lose something.
    var others: @Sendable () async -> [Snapshot]
    /// Describes how a record differs from what was shown.
    var difference: @MainActor (Snapshot, Snapshot) -> String
    /// Called with the records as read again if one differs from what was shown; `nil` for a record that is gone.
    var onReread: @MainActor ([Snapshot?]) -> Void
    /// Called with the outcome of each change.
    var onOutcome: @MainActor (Change, Outcome) -> Void
    /// Called at the end with the changes that were not done; returns whether their records are still marked.
    var finish: @MainActor ([Change]) -> Bool
  }

  /// The text to type for confirmation; `nil` if `y` confirms.
  public private(set) var wanted: TypedText?
  public internal(set) var phase: Phase
  public internal(set) var items: [Item]
  /// The text typed so far.
  public var typed = ""
  /// Whether the user stopped sending.
  public var isStopping: Bool { run?.isStopping ?? false }

  let definition: Definition
  let context: ModelContext
  var run: ChangeRun?
  /// Whether the records of changes that were not done are still marked at the end.
  var keepsMarks = false
  /// The notice with the summary, which a later resolution replaces.
  var summaryNotice: Notice.ID?
  private(set) var reviewed: Date?
  private var reading: [Task<Void, Never>] = []
  private var patience: Task<Void, Never>?

  /// The most consequences that are read at once.
  private static let readsAtOnce = 4

  init(_ definition: Definition, context: ModelContext) {
    self.definition = definition
    self.context = context
    wanted = definition.typed
    phase = .reading(since: context.now())
    let question = definition.question
    items = question.changes.map { change in
      let consequences = change.consequences(isAlone: question.isAlone).map { consequence in
        if case .text(let text) = consequence { text } else { String?.none }
      }
      return Item(id: change.target.id ?? "", title: change.names.record, consequences: consequences)
    }
    if question.isAlone, let warning = definition.warning { items[0].consequences.append(warning) }
    read()
  }

  public var title: String { definition.question.title }
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

  /// Whether the question can be confirmed now.
  public var canConfirm: Bool { phase == .ready && wanted.isMet(by: typed) }

  /// The text to type on a screen; another one if the screen can't show it, because nobody can type what they don't see.
  ///
  /// - Parameter isShown: whether the screen shows a text unchanged.
  public func wanted(whereShown isShown: (String) -> Bool) -> TypedText? {
    definition.typed.map { isShown($0.text) ? $0 : definition.typedElsewhere ?? $0 }
  }

  /// Sets the text that the screen asks the user to type.
  public func ask(for text: TypedText?) {
    wanted = text
  }

  /// Reports that nothing was done because the typed text was wrong.
  public func sayNotDone() {
    if let wanted { context.notices.say(.information, wanted.notDone) }
  }

  /// Closes the question: no further change is sent; those in flight go on, and their outcome becomes a notice.
  public func leave() {
    if !isAlone { run?.stop() }
    patience?.cancel()
    for task in reading { task.cancel() }
  }
}

extension QuestionModel {
  private func read() {
    reading.append(context.activity.run { [weak self] in await self?.reread() })
    let open = items.indices.flatMap { item in
      items[item].consequences.indices.filter { items[item].consequences[$0] == nil }.map { (item, $0) }
    }
    for worker in 0..<min(Self.readsAtOnce, open.count) {
      reading.append(
        context.activity.run { [weak self] in
          for index in stride(from: worker, to: open.count, by: Self.readsAtOnce) {
            guard !Task.isCancelled else { return }
            await self?.readConsequence(open[index].1, of: open[index].0)
          }
        })
    }
    waitPatiently()
  }

  private func readConsequence(_ index: Int, of item: Int) async {
    let change = definition.question.changes[item]
    let consequence = change.consequences(isAlone: isAlone)[index]
    let text = await Review(context.client).text(of: consequence, change, others: definition.others)
    guard !Task.isCancelled else { return }
    items[item].consequences[index] = text
    waitPatiently()
    settleReading()
  }

  private func reread() async {
    let changes = definition.question.changes
    do throws(CloudAPIError) {
      let fresh = try await Review(context.client).records(of: changes)
      guard !Task.isCancelled else { return }
      take(fresh)
    } catch {
      guard !Task.isCancelled else { return }
      let what = isAlone ? "It" : "They"
      phase = .refused("\(what) could not be re-read, so nothing was done. \(error.sentence)")
    }
    context.activity.changed()
  }

  private func take(_ fresh: [Snapshot?]) {
    var isUnchanged = true
    for (index, (change, now)) in zip(definition.question.changes, fresh).enumerated() {
      guard let text = staleText(change, now) else { continue }
      items[index].state = .changed(text)
      isUnchanged = false
    }
    guard isUnchanged else {
      definition.onReread(fresh)
      phase = .refused(refusal)
      return
    }
    reviewed = context.now()
    settleReading()
  }

  /// How a record differs from what was shown; `nil` if it doesn't.
  func staleText(_ change: Change, _ now: Snapshot?) -> String? {
    guard let now else { return "it is already gone" }
    guard let before = change.before, !change.isUnaffected(by: before, now) else { return nil }
    return definition.difference(before, now)
  }

  private var refusal: String {
    guard isAlone, case .changed(let text) = items[0].state else {
      let count = items.count { if case .changed = $0.state { true } else { false } }
      return "\(count) of \(items.count) changed since they were shown: nothing was done. Check them first."
    }
    if text == "it is already gone" { return "It is already gone." }
    return "It changed since it was shown: \(text). Check it first."
  }

  /// Limits the wait for consequences: after 5 s without a response, the missing ones become question marks.
  private func waitPatiently() {
    patience?.cancel()
    guard items.contains(where: { $0.consequences.contains(nil) }) else { return }
    patience = context.activity.run(after: .seconds(5), on: context.clock) { [weak self] in self?.loseHope() }
  }

  private func loseHope() {
    for item in items.indices {
      for index in items[item].consequences.indices where items[item].consequences[index] == nil {
        items[item].consequences[index] = "? (no response yet)"
      }
    }
    for task in reading.dropFirst() { task.cancel() }
    settleReading()
  }

  private func settleReading() {
    if case .reading = phase, reviewed != nil, !items.contains(where: { $0.consequences.contains(nil) }) {
      phase = .ready
      patience?.cancel()
    }
    context.activity.changed()
  }
}
