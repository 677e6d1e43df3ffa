import CloudAPI
import CloudChanges

extension QuestionModel {
  /// Sends the changes, each once.
  public func confirm() {
    guard canConfirm else { return }
    phase = .acting(since: context.now())
    context.activity.changed()
    let run = context.changes.run(definition.question.changes, reviewed: reviewed) { [self] index, progress in
      switch progress {
      case .sending: items[index].state = .sending
      case .ended(let outcome): take(outcome, of: index)
      }
    }
    self.run = run
    context.activity.run { [self] in settle(await run.finish()) }
  }

  /// Sends no further changes, and waits for the responses to those sent.
  ///
  /// - Returns: whether sending was stopped by this call.
  public func stop() -> Bool {
    guard !isAlone, case .acting = phase, let run, !run.isStopping else { return false }
    run.stop()
    context.activity.changed()
    return true
  }

  private func take(_ outcome: Outcome, of index: Int) {
    let change = definition.question.changes[index]
    items[index].state = state(outcome, of: change)
    definition.onOutcome(change, outcome)
    if !isAlone { log(items[index]) }
    if case .unresolved(let unresolved) = outcome {
      unresolved.observe { [self] in take($0, unresolved, of: index) }
    }
  }

  private func state(_ outcome: Outcome, of change: Change) -> State {
    switch outcome {
    case .applied: .done
    case .alreadySo: .gone
    case .stale(let now): .changed(staleText(change, now) ?? "it changed meanwhile")
    case .refused(let error): .refused(error.refusal)
    case .notSent(.unread(let error)):
      .refused("It could not be re-read, so nothing was sent. \(error.sentence)")
    case .notSent: .unsent
    case .unresolved(let unresolved): .unknown(unresolved.text)
    }
  }

  private func settle(_ outcomes: [Outcome]) {
    // Reported after `finish`, so that the list's own notices come first.
    keepsMarks = definition.finish(zip(definition.question.changes, outcomes).filter { !$0.1.isSent }.map(\.0))
    endPhase()
    if isAlone, let outcome = outcomes.first { say(outcome) } else { saySummary() }
    context.activity.changed()
  }

  /// Applies the resolution of an unresolved change.
  private func take(_ resolution: Resolution, _ unresolved: UnresolvedChange, of index: Int) {
    items[index].state =
      switch resolution {
      case .done: .done
      case .notDone: .notDone(unresolved.text)
      case .notDoneYet, .undecided: .unknown(unresolved.text)
      }
    guard case .settled = phase else { return }
    endPhase()
    if !isAlone { saySummary() }
    context.activity.changed()
  }

  private func endPhase() {
    let isDone = items.allSatisfy { $0.state == .done || $0.state == .gone }
    phase = isDone ? .done : .settled(isAlone ? items[0].problem(definition.question) : "")
  }

  /// Reports the outcome of a single change.
  private func say(_ outcome: Outcome) {
    let change = definition.question.changes[0]
    switch outcome {
    case .applied(let effect): context.notices.say(.done, change.done(effect))
    case .alreadySo: context.notices.say(.information, "\(change.names.record) was already gone.")
    case .refused where isDestructive:
      context.notices.say(.failure, "\(change.names.record) is still there. \(items[0].outcomeText ?? "")")
    case .refused, .stale, .notSent:
      context.notices.say(.failure, "\(change.description): \(items[0].outcomeText ?? "")")
    // Reported when the response was lost.
    case .unresolved: break
    }
  }
}

extension QuestionModel {
  private func saySummary() {
    summaryNotice = context.notices.say(summaryKind, summary, insteadOf: summaryNotice)
  }

  private func log(_ item: Item) {
    guard let text = item.outcomeText else { return }
    let kind: Notice.Kind =
      switch item.state {
      case .done: .done
      case .unknown: .unknown
      case .refused, .notDone, .changed: .failure
      default: .information
      }
    context.notices.note(kind, "\(verb) \(definition.question.kind.rawValue) \(item.title): \(text)")
  }

  private var summaryKind: Notice.Kind {
    if items.contains(where: \.isUnknown) { return .unknown }
    return items.allSatisfy { $0.state == .done || $0.state == .gone } ? .done : .failure
  }

  /// The outcome in sentences: `Removed 2 of 3 users. Ada Lovelace: …`
  private var summary: String {
    let done = items.count { $0.state == .done }
    let number = definition.question.number
    var sentences = ["\(definition.question.done(done == items.count ? number : "\(done) of \(number)"))."]
    let others = items.filter { $0.state != .done && $0.state != .unsent }
    sentences += others.prefix(2).compactMap { item in item.outcomeText.map { "\(item.title): \($0)" } }
    if others.count > 2 { sentences.append("\(others.count - 2) more: the log shows each outcome.") }
    let unsent = items.filter { $0.state == .unsent }
    if !unsent.isEmpty {
      let titles = unsent.prefix(3).map(\.title).joined(separator: ", ")
      let more = unsent.count > 3 ? " and \(unsent.count - 3) more" : ""
      sentences.append("Not sent: \(titles)\(more)\(keepsMarks ? ": still marked" : "").")
    }
    return sentences.joined(separator: " ")
  }
}

extension QuestionModel.Item {
  public var isUnknown: Bool {
    if case .unknown = state { true } else { false }
  }

  /// The outcome of the item, in words; `nil` before it is sent.
  public var outcomeText: String? {
    switch state {
    case .asked: nil
    case .changed(let text): text
    case .sending: "sent, waiting for the response…"
    case .done: "done."
    case .gone: "was already gone."
    case .refused(let text), .notDone(let text), .unknown(let text): text
    case .unsent: "not sent."
    }
  }

  /// Why the change wasn't done, as the question about a single record says it.
  fileprivate func problem(_ question: ChangeQuestion) -> String {
    switch state {
    case .refused(let text): question.isDestructive ? "It is still there. \(text)" : "Refused: \(text)"
    case .changed(let text): "It changed since it was shown: \(text). Nothing was sent."
    default: outcomeText ?? ""
    }
  }
}

extension Outcome {
  /// Whether a change was sent that is done or may be done.
  fileprivate var isSent: Bool {
    switch self {
    case .applied, .alreadySo, .unresolved: true
    case .stale, .refused, .notSent: false
    }
  }
}

extension CloudAPIError {
  /// The messages of a 400, each after its field's name; for other errors, what happened and what to do about it.
  var refusal: String {
    guard case .validation(let fields) = code, !fields.isEmpty else { return sentence }
    return fields.sorted { $0.key < $1.key }.map { name, messages in
      (name.isEmpty ? "" : "\(name): ") + messages.joined(separator: " ")
    }.joined(separator: "\n")
  }
}
