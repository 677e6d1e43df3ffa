import CloudChanges
import FoundationEssentials

/// A form being filled in and sent.
///
/// What the API would refuse is said before sending; what it does refuse is said beside the same field, and
/// what was typed stays as long as the form is open.
@MainActor
public final class FormModel {
  /// How far the form is.
  public enum Phase: Hashable, Sendable {
    case editing
    case sending(since: Date)
    /// Sent, and its answer lost: until reading again decides, nothing can be changed or sent.
    case inDoubt
    /// Sent and accepted: the form closes.
    case done
  }

  public let definition: Definition
  public private(set) var values: FormValues
  public private(set) var phase = Phase.editing
  /// What is wrong with each field.
  public private(set) var problems: [String: String] = [:]
  /// What is wrong with none of them.
  public private(set) var problem: String?
  /// What is asked before it is sent, because the same may have been done already; `nil` where nothing is.
  public private(set) var question: String?
  /// How far the sending is, where it has parts: `3 of 12`.
  public private(set) var progress: String?
  /// What became of each part of what was sent, where it has parts.
  public private(set) var outcomes: [String] = []

  private let context: ModelContext
  private let initial: FormValues
  private var wasChecked = false
  private var isLeft = false
  private var sending: Task<Void, Never>?
  /// What was sent last and its answer lost.
  private var unresolved: UnresolvedChange?
  /// Parts that were found not done while the rest was being sent.
  private var foundNotDone: [UnresolvedPart] = []

  public init(_ definition: Definition, context: ModelContext) {
    self.definition = definition
    self.context = context
    initial = definition.values
    values = definition.values
    if let kept = definition.purpose().flatMap(context.returned.take) { values.merge(kept) { $1 } }
  }

  /// Whether anything was entered that leaving would lose.
  public var isTouched: Bool {
    // A field that was typed into and emptied again is as empty as one that never held anything.
    phase == .editing && !keepsRest
      && values.contains { id, value in initial[id].map { $0 != value } ?? !value.isEmpty }
  }

  /// Whether something was sent of it, and leaving keeps the rest for the next time that the form is opened.
  private var keepsRest: Bool { phase == .editing && !outcomes.isEmpty && definition.purpose() != nil }

  /// The fields that are asked for with what was entered so far.
  public var fields: [FormField] { definition.fields.filter { $0.isAsked(with: values) } }

  /// What to know about what was entered. While it is being sent, nothing new is remarked on.
  public var remarks: [String: String] { phase == .editing ? definition.remarks(values) : [:] }

  /// Takes what was entered. A message about the field goes, unless it still holds.
  public func set(_ value: FormValue, for field: String) {
    guard phase == .editing, values[field] != value else { return }
    values[field] = value
    problems[field] = wasChecked ? definition.check(values)[field] : nil
    context.activity.changed()
  }

  /// Sends what was entered, if nothing is wrong with it. Sending twice is not possible: what was sent before isn't sent
  /// again before it is answered, and asks first where nobody knows what became of it.
  public func submit() {
    guard phase == .editing, question == nil else { return }
    wasChecked = true
    problem = nil
    problems = definition.check(values)
    context.activity.changed()
    guard problems.isEmpty else { return }
    switch context.changes.outstanding.obstacle(to: definition.changes(values, changes)) {
    case .unanswered(let text): problem = text
    case .mayBeDone(let text): question = text
    case nil: send()
    }
  }

  /// Answers the question.
  public func answer(sendingAgain: Bool) {
    guard question != nil else { return }
    question = nil
    context.activity.changed()
    if sendingAgain, phase == .editing { send() }
  }

  private var changes: FormValues { values.filter { initial[$0.key] != $0.value } }

  private func send() {
    phase = .sending(since: context.now())
    let (sent, changes) = (values, changes)
    sending = context.activity.run { [self] in
      let outcome = await definition.send(sent, changes) { [self] progress in
        self.progress = progress
        context.activity.changed()
      }
      guard !definition.stopsWhenLeft || !Task.isCancelled else { return }
      progress = nil
      settle(outcome, of: sent)
    }
  }

  /// The person went away: what is being sent is not stopped, and its outcome becomes a notice.
  public func leave() {
    isLeft = true
    if keepsRest { keepIfLeft() }
    if definition.stopsWhenLeft { sending?.cancel() }
  }

  /// Stops what is sent where that may be stopped; everything entered stays.
  ///
  /// - Returns: whether something was stopped.
  public func stop() -> Bool {
    guard definition.stopsWhenLeft, case .sending = phase else { return false }
    sending?.cancel()
    progress = nil
    phase = .editing
    context.activity.changed()
    return true
  }

  private func settle(_ outcome: Outcome, of sent: FormValues) {
    switch outcome {
    case .done(let notice):
      phase = .done
      context.notices.say(.done, notice)
      reopen(saying: notice)
    case .unchanged:
      phase = .done
      context.notices.say(.information, "Nothing was changed, so nothing was sent.")
    case .refused(let fields, let other):
      phase = .editing
      let ids = Set(self.fields.map(\.id))
      problems = fields.filter { ids.contains($0.key) }
      // What the form doesn't ask for is said, too, by its name on the wire.
      let unasked = fields.filter { !ids.contains($0.key) }.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      problem = unasked.isEmpty ? other : (unasked + [other].compactMap { $0 }).joined(separator: " ")
      let messages = fields.sorted { $0.key < $1.key }.map(\.value) + [other].compactMap { $0 }
      sayIfLeft(.failure, messages.joined(separator: " "))
    case .partly(let left, let fields, let results, let part):
      phase = .editing
      values.merge(left) { _, new in new }
      problems = fields
      outcomes = results
      sayIfLeft(.failure, results.joined(separator: " · "))
      if let part { wait(for: part) }
    case .unknown(let unresolved):
      phase = .inDoubt
      problem = unresolved.text
      self.unresolved = unresolved
      unresolved.observe { [self] resolution in
        // Of one that was sent before, only that it is done says something of this form.
        if self.unresolved === unresolved || resolution == .done { take(resolution, unresolved.text, of: sent) }
      }
    }
    putBack()
    keepIfLeft()
    context.activity.changed()
  }

  /// All that was sent last was accepted, and what was found not done meanwhile is left.
  private func reopen(saying notice: String) {
    guard let part = foundNotDone.first else { return }
    phase = .editing
    values = part.withoutRest(values)
    let texts = foundNotDone.map(\.change.text)
    outcomes = texts + [notice]
    sayIfLeft(.failure, texts.joined(separator: " "))
  }

  /// What was found not done while the rest was being sent can be sent again.
  private func putBack() {
    // Of a form that was left the rest may be in another one by now, which sends it.
    let parts = foundNotDone.filter { !isLeft || $0.isLast(values) }
    foundNotDone = []
    guard phase == .editing else { return }
    for part in parts { values = part.puttingBack(values) }
  }

  /// What was not accepted after the person went away is in the form again when it is opened next.
  private func keepIfLeft() {
    guard isLeft, phase == .editing, let purpose = definition.purpose() else { return }
    context.returned.keep(changes, for: purpose)
  }

  /// Takes what was found out about what was sent.
  private func take(_ resolution: Resolution, _ text: String, of sent: FormValues) {
    switch phase {
    // It was sent again meanwhile: that has an outcome of its own.
    case .sending, .done: return
    case .inDoubt, .editing: break
    }
    problem = text
    question = nil
    guard resolution == .done, values == sent else {
      phase = .editing
      return keepIfLeft()
    }
    phase = .done
    // It is not to be found in the form when that is opened again.
    if isLeft, let purpose = definition.purpose() { context.returned.keep([:], for: purpose) }
  }

  /// Takes what is found out about one part. Where nothing else is left, the form closes, or has that part in it again.
  private func wait(for part: UnresolvedPart) {
    var shown = part.outcome
    part.change.observe { [self] resolution in
      // The rest may have been sent meanwhile, with outcomes of its own.
      if let index = outcomes.firstIndex(of: shown) { outcomes[index] = part.change.text }
      shown = part.change.text
      if resolution == .notDone { foundNotDone.append(part) }
      guard phase == .editing else { return }
      let isLast = part.isLast(values)
      if resolution == .done, isLast { phase = .done }
      putBack()
      if isLast { keepIfLeft() }
    }
  }

  private func sayIfLeft(_ kind: Notice.Kind, _ text: String) {
    guard isLeft else { return }
    let kept = definition.purpose() == nil ? "" : " Your input is kept in the form."
    context.notices.say(kind, "\(definition.title): \(text)\(kept)")
  }
}
