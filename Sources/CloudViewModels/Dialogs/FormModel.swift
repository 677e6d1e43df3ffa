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
    case inDoubt
    /// Sent and accepted: the form closes.
    case done
  }

  /// The outcome of sending.
  public enum Outcome: Sendable {
    /// Accepted; the notice says what happened.
    case done(String)
    /// Nothing was changed, so nothing was sent.
    case unchanged
    /// Refused: messages by field, and a message about the whole form.
    case refused(fields: [String: String], other: String?)
    /// Accepted in part: the values left to send, their problems by field, the outcome of each part, and the part whose
    /// outcome is unknown.
    case partly(left: FormValues, fields: [String: String], outcomes: [String], unresolved: UnresolvedPart? = nil)
    /// The outcome is unknown until the record is read again.
    case unknown(UnresolvedChange)
  }

  /// The part of the sent values whose response was lost.
  public struct UnresolvedPart: Sendable {
    let change: UnresolvedChange
    /// Whether a form with these values has nothing left to send.
    let isLast: @MainActor (FormValues) -> Bool
    /// Adds the part to what the form sends again; returns the values including it.
    let puttingBack: @MainActor (FormValues) -> FormValues
    /// The entry of the part among the outcomes until it is resolved.
    let outcome: String
  }

  /// The description of a form.
  public struct Definition {
    /// The dialog's title.
    public var title: String
    /// The names of the records, if the title doesn't contain them.
    public var preface = ""
    /// The name of the action of Enter: `send`, `create`, `save`.
    public var verb: String
    public var fields: [FormField]
    public var values: FormValues
    /// Whether closing the form cancels the requests, because they only read.
    public var stopsWhenLeft: Bool
    /// The targets of the form, the key under which refused values are kept; `nil` to keep none. Evaluated when the
    /// values are kept: some of several records may be done by then.
    public var purpose: @MainActor () -> Set<ChangeTarget>?
    /// Validates the values: a message for each field that the API would refuse.
    public var check: @MainActor (FormValues) -> [String: String]
    /// Remarks about the values, by field.
    public var remarks: @MainActor (FormValues) -> [String: String]
    /// The changes that sending makes, given all values and the changed ones; the user confirms before one is sent
    /// again.
    var changes: @MainActor (FormValues, FormValues) -> [Change] = { _, _ in [] }
    /// Sends the form. The arguments are all values, the changed values, and a closure that receives the progress.
    public var send: @MainActor (FormValues, FormValues, @escaping @MainActor (String) -> Void) async -> Outcome

    public init(
      title: String, verb: String, fields: [FormField], values: FormValues = [:], stopsWhenLeft: Bool = false,
      purpose: @autoclosure @escaping @MainActor () -> Set<ChangeTarget>? = nil,
      check: @escaping @MainActor (FormValues) -> [String: String] = { _ in [:] },
      remarks: @escaping @MainActor (FormValues) -> [String: String] = { _ in [:] },
      send: @escaping @MainActor (FormValues, FormValues, @escaping @MainActor (String) -> Void) async -> Outcome
    ) {
      self.title = title
      self.verb = verb
      self.fields = fields
      self.values = values
      self.stopsWhenLeft = stopsWhenLeft
      self.purpose = purpose
      self.check = check
      self.remarks = remarks
      self.send = send
    }
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

  private let context: ModelContext
  private let initial: FormValues
  private var wasChecked = false
  private var isLeft = false
  private var sending: Task<Void, Never>?
  /// The last unresolved change of the form.
  private var unresolved: UnresolvedChange?

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
  public var fields: [FormField] { definition.fields.filter { $0.isAsked(with: values) } }

  /// Remarks about the values; none while they are being sent.
  public var remarks: [String: String] { phase == .editing ? definition.remarks(values) : [:] }

  /// Sets the value of a field and clears its message, unless it still holds.
  public func set(_ value: FormValue, for field: String) {
    guard phase == .editing, values[field] != value else { return }
    values[field] = value
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
    guard problems.isEmpty else { return }
    switch context.changes.outstanding.obstacle(to: definition.changes(values, changes)) {
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
    case .unchanged:
      phase = .done
      context.notices.say(.information, "Nothing was changed, so nothing was sent.")
    case .refused(let fields, let other):
      phase = .editing
      let ids = Set(self.fields.map(\.id))
      problems = fields.filter { ids.contains($0.key) }
      // Messages about fields that the form doesn't show are reported with their JSON names.
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
        // After another try, the resolution of an earlier change matters only if it is done.
        if self.unresolved === unresolved || resolution == .done { take(resolution, unresolved.text, of: sent) }
      }
    }
    keepIfLeft()
    context.activity.changed()
  }

  /// Keeps values that were not accepted after the form was closed, for the next time it is opened.
  private func keepIfLeft() {
    guard isLeft, phase == .editing, let purpose = definition.purpose() else { return }
    context.returned.keep(changes, for: purpose)
  }

  /// Applies the resolution of an unresolved change.
  private func take(_ resolution: Resolution, _ text: String, of sent: FormValues) {
    switch phase {
    // The form was sent again meanwhile, which has its own outcome.
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
      guard phase == .editing else { return }
      let isLast = part.isLast(values)
      switch resolution {
      case .done where isLast: phase = .done
      // If the form was closed, another form may hold the rest and send it.
      case .notDone where isLast || !isLeft: values = part.puttingBack(values)
      default: break
      }
      if isLast { keepIfLeft() }
    }
  }

  private func sayIfLeft(_ kind: Notice.Kind, _ text: String) {
    guard isLeft else { return }
    let kept = definition.purpose() == nil ? "" : " Your input is kept in the form."
    context.notices.say(kind, "\(definition.title): \(text)\(kept)")
  }
}
