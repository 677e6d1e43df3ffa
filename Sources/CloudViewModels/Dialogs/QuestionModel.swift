import CloudAPI
import CloudChanges
public import FoundationEssentials

/// A question whether to send changes, each pinned to a record's id: delete one, remove twelve, send invitations again. Then
/// the sending of them, each once.
///
/// Each record is read again before anything can be confirmed; where one changed since it was drawn, nothing is sent.
@MainActor
public final class QuestionModel {
  /// How far it is.
  public enum Phase: Hashable, Sendable {
    /// The records and what follows are being read.
    case reading(since: Date)
    /// It can be confirmed.
    case ready
    /// It can't be confirmed, and why; of several records the items say more.
    case refused(String)
    case acting(since: Date)
    /// It is over and not all was done: the items say what became of each, and this of a single one.
    case settled(String)
    /// All is done: the dialog closes.
    case done
  }

  /// One of the records.
  public struct Item: Hashable, Sendable, Identifiable {
    public let id: String
    public let title: String
    /// What follows for it; `nil` while it is read, a question mark in it where it can't be.
    public internal(set) var consequences: [String?]
    public internal(set) var state = State.asked
  }

  /// How far one of the records is.
  public enum State: Hashable, Sendable {
    case asked
    /// It is no longer what was drawn, and how.
    case changed(String)
    case sending
    case done
    /// It was gone before anything was sent for it, or when that arrived.
    case gone
    /// The service said no.
    case refused(String)
    /// Its answer was lost, and reading showed that it wasn't done.
    case notDone(String)
    case unknown(String)
    /// Nothing was sent for it.
    case unsent
  }

  /// What a question is about, and what its list does with the answers.
  struct Definition {
    let question: ChangeQuestion
    /// What to type to confirm it, on a screen that can show it; `nil` where `y` does.
    var typed: TypedText?
    /// What to type on one that can't.
    var typedElsewhere: TypedText?
    /// What is to be known before the same is sent once more.
    var warning: String?
    /// The other records of the list, for those that lose something.
    var others: @Sendable () async -> [Snapshot]
    /// How a record differs from what was drawn, in words.
    var difference: @MainActor (Snapshot, Snapshot) -> String
    /// Called with what was read of the records where it isn't what was drawn; `nil` for one that is gone.
    var onReread: @MainActor ([Snapshot?]) -> Void
    /// Called when it is known what became of a change.
    var onOutcome: @MainActor (Change, Outcome) -> Void
    /// Called when it is over. Whether those that nothing was sent for are still marked.
    var finish: @MainActor ([Change]) -> Bool
  }

  /// What to type to confirm it; `nil` where `y` does.
  public private(set) var wanted: TypedText?
  public internal(set) var phase: Phase
  public internal(set) var items: [Item]
  /// What was typed so far.
  public var typed = ""
  /// Whether the person wants nothing more to be sent.
  public var isStopping: Bool { run?.isStopping ?? false }

  let definition: Definition
  let context: ModelContext
  var run: ChangeRun?
  /// Whether what nothing was sent for is still marked when it is over.
  var keepsMarks = false
  /// What was said at the end, which a late answer makes obsolete.
  var summaryNotice: Notice.ID?
  private(set) var reviewed: Date?
  private var reading: [Task<Void, Never>] = []
  private var patience: Task<Void, Never>?

  /// So many of the things that follow are read at once.
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
  /// What confirming does: `delete`, `remove`, `send`.
  public var verb: String { definition.question.verb }
  /// Whether something is lost by it.
  public var isDestructive: Bool { definition.question.isDestructive }
  /// Whether it is about one record.
  public var isAlone: Bool { definition.question.isAlone }

  public var preface: String {
    let warning = isAlone ? nil : definition.warning
    return [warning, definition.question.preface].compactMap { $0 }.joined(separator: " ")
  }

  /// Whether confirming now would do it.
  public var canConfirm: Bool { phase == .ready && wanted.isMet(by: typed) }

  /// What to type on a screen to confirm it; something else where that can't show it: nobody types what they can't see.
  ///
  /// - Parameter isShown: whether a text is on the screen as it is.
  public func wanted(whereShown isShown: (String) -> Bool) -> TypedText? {
    definition.typed.map { isShown($0.text) ? $0 : definition.typedElsewhere ?? $0 }
  }

  /// Takes what the screen asks the person to type.
  public func ask(for text: TypedText?) {
    wanted = text
  }

  /// Says that nothing was done, because what was typed is something else.
  public func sayNotDone() {
    if let wanted { context.notices.say(.information, wanted.notDone) }
  }

  /// The person went away: nothing more is sent, what was sent is not stopped, and its outcome becomes a notice.
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

  /// How a record isn't what was drawn; `nil` where it is.
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

  /// What can't be read must not keep a person from acting: after five seconds without an answer it becomes a question mark.
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
