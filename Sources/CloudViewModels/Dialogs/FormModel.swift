import CloudChanges
import FoundationEssentials

/// A form that the user fills in and sends.
///
/// Values that the API would refuse are reported before sending, and refusals by the API are shown beside their fields.
/// The values stay while the form is open.
@MainActor
public final class FormModel {
  /// The state of the form.
  public enum Phase: Hashable, Sendable {
    case editing
    case sending(since: Date)
    /// Sent, but the response was lost: nothing can be changed or sent until reading again decides.
    case resolving
    /// Sent and accepted: the form closes.
    case done
  }

  public let definition: Definition
  public private(set) var values: FormValues
  public private(set) var phase = Phase.editing
  /// The problem of each field.
  public private(set) var problems: [String: String] = [:]
  /// The problem of the whole form.
  public private(set) var problem: String?
  /// The question to confirm before sending, because the same change may be done already; `nil` if there is none.
  public private(set) var question: String?
  /// The progress of sending, if it has parts: `3 of 12`.
  public private(set) var progress: String?
  /// The outcome of each part that was sent, if there are several.
  public private(set) var outcomes: [String] = []

  /// What must be typed before the form is sent again.
  private var confirmation: Confirmation?

  private let context: ModelContext
  private let initial: FormValues
  private var wasChecked = false
  private var isLeft = false
  private var sending: Task<Void, Never>?
  /// The last unresolved change of the form.
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

  /// Whether closing the form would lose values that the user entered.
  public var isTouched: Bool {
    // A field that was filled in and emptied again counts as never filled in.
    phase == .editing && !keepsRest
      && values.contains { id, value in initial[id].map { $0 != value } ?? !value.isEmpty }
  }

  /// Whether a part was sent and closing keeps the rest for the next time the form is opened.
  private var keepsRest: Bool { phase == .editing && !outcomes.isEmpty && definition.purpose() != nil }

  /// The fields that are shown for the current values.
  public var fields: [FormField] {
    definition.fields.filter { $0.isAsked(with: values) } + [confirmation?.field].compactMap { $0 }
  }

  /// Remarks about the values; none while they are being sent.
  public var remarks: [String: String] { phase == .editing ? definition.remarks(values) : [:] }

  /// Sets the value of a field and clears its message, unless it still holds.
  public func set(_ value: FormValue, for field: String) {
    guard phase == .editing, values[field] != value else { return }
    values[field] = value
    // Other values may need no confirmation.
    if field != Confirmation.fieldID { dropConfirmation() }
    problems[field] = wasChecked ? definition.check(values)[field] : nil
    context.activity.changed()
  }

  /// Sends the values if they are valid. Nothing is sent twice: a request in flight blocks sending, and the user is
  /// asked first if its outcome is unknown.
  public func submit() {
    guard phase == .editing, question == nil else { return }
    wasChecked = true
    problem = nil
    problems = definition.check(values)
    context.activity.changed()
    guard problems.isEmpty, takeConfirmation() else { return }
    let pending = definition.changes(values, changes)
    if let confirmation = definition.confirmation(pending) { return ask(for: confirmation) }
    switch context.changes.outstanding.obstacle(to: pending) {
    case .unanswered(let text): problem = text
    case .mayBeDone(let text): question = text
    case nil: send()
    }
  }

  /// Answers the question whether to send again.
  public func answer(sendingAgain: Bool) {
    guard question != nil else { return }
    question = nil
    context.activity.changed()
    if sendingAgain, phase == .editing { send() }
  }

  private var changes: FormValues { values.filter { $0.key != Confirmation.fieldID && initial[$0.key] != $0.value } }

  /// Whether something must be typed before the form is sent again, in a field of its own that comes last.
  public var isUnconfirmed: Bool { confirmation != nil }

  /// - Returns: whether what must be typed was typed, or nothing must be; else its field says so.
  private func takeConfirmation() -> Bool {
    guard let confirmation else { return true }
    let typed = values.line(Confirmation.fieldID)
    guard typed == confirmation.text else {
      problems[Confirmation.fieldID] = typed.isEmpty ? confirmation.field.hint : confirmation.correction
      return false
    }
    dropConfirmation()
    confirmation.onTyped()
    return true
  }

  private func ask(for confirmation: Confirmation) {
    dropConfirmation()
    self.confirmation = confirmation
    problems[Confirmation.fieldID] = confirmation.field.hint
  }

  private func dropConfirmation() {
    confirmation = nil
    values[Confirmation.fieldID] = nil
    problems[Confirmation.fieldID] = nil
  }

  private func send() {
    phase = .sending(since: context.now())
    var sent = values
    sent[Confirmation.fieldID] = nil
    let changes = changes
    sending = context.activity.run { [self, sent] in
      let outcome = await definition.send(sent, changes) { [self] progress in
        self.progress = progress
        context.activity.changed()
      }
      guard !definition.stopsWhenLeft || !Task.isCancelled else { return }
      progress = nil
      settle(outcome, of: sent)
    }
  }

  /// Closes the form: requests that write go on, and their outcome becomes a notice.
  public func leave() {
    isLeft = true
    if keepsRest { keepIfLeft() }
    if definition.stopsWhenLeft { sending?.cancel() }
  }

  /// Cancels sending if the form only reads; the values stay.
  ///
  /// - Returns: whether something was cancelled.
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
    case .asked: phase = .done
    case .refused(let fields, let other):
      phase = .editing
      let ids = Set(self.fields.map(\.id))
      problems = fields.filter { ids.contains($0.key) }
      // Messages about fields that the form doesn't show are reported with their JSON names.
      let unasked = fields.filter { !ids.contains($0.key) }.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      problem = unasked.isEmpty ? other : (unasked + [other].compactMap { $0 }).joined(separator: " ")
      let messages = fields.sorted { $0.key < $1.key }.map(\.value) + [other].compactMap { $0 }
      sayIfLeft(.failure, messages.joined(separator: " "))
    case .unconfirmed(let confirmation):
      phase = .editing
      ask(for: confirmation)
      sayIfLeft(.failure, "Not sent. \(confirmation.reason)")
    case .partly(let left, let fields, let results, let part, let confirmation):
      phase = .editing
      values.merge(left) { _, new in new }
      problems = fields
      outcomes = results
      if let confirmation { ask(for: confirmation) }
      sayIfLeft(.failure, results.joined(separator: " · "))
      if let part { wait(for: part) }
    case .unknown(let unresolved):
      phase = .resolving
      problem = unresolved.text
      self.unresolved = unresolved
      unresolved.observe { [self] resolution in
        // After another try, the resolution of an earlier change matters only if it is done.
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

  /// Applies the resolution of an unresolved change.
  private func take(_ resolution: Resolution, _ text: String, of sent: FormValues) {
    switch phase {
    // The form was sent again meanwhile, which has its own outcome.
    case .sending, .done: return
    case .resolving, .editing: break
    }
    problem = text
    question = nil
    guard resolution == .done, values == sent else {
      phase = .editing
      return keepIfLeft()
    }
    phase = .done
    // The form must not contain the values when it is opened again.
    if isLeft, let purpose = definition.purpose() { context.returned.keep([:], for: purpose) }
  }

  /// Observes the resolution of one part. If it was the last part, the form closes or gets the part's values back.
  private func wait(for part: UnresolvedPart) {
    var shown = part.outcome
    part.change.observe { [self] resolution in
      // The rest may have been sent meanwhile, with its own outcomes.
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
