import CloudAPI
import CloudChanges

extension QuestionModel {
  /// Sends the changes, each once.
  public func confirm() {
    guard canConfirm else { return }
    let parts = isAcrossClouds ? parts(of: sendable) : [sendable]
    for found in lastAdmins where !includesLastAdmins {
      for index in found.changes { items[index].state = .leftOut("left out: \(found.text).") }
    }
    phase = .acting(since: context.now())
    context.activity.changed()
    // All are outstanding from now on, though a part is sent after the one before.
    let reservations = parts.map { part in context.changes.reserve(part.map { changes[$0] }) }
    let first = start(parts[0], reservations[0], review?.admins ?? [:])
    context.activity.run { [self] in
      var run = first
      _ = await run.finish()
      for (part, reservation) in zip(parts, reservations).dropFirst() {
        guard !isStopping, !run.hasEnded else {
          context.changes.release(reservation)
          continue
        }
        run = start(part, reservation, run.admins.reviewed)
        _ = await run.finish()
      }
      settle()
    }
  }

  /// - Parameter admins: the admins as reviewed, or as the part before left them.
  private func start(
    _ part: [Int], _ reservation: ChangeRunner.Reservation, _ admins: [Cloud.ID: CloudAdmins]
  ) -> ChangeRun {
    let exception: AdminRule.Exception = includesLastAdmins ? .clouds(Set(lastAdmins.map(\.cloud.id))) : .none
    let run = context.changes.run(
      part.map { changes[$0] }, reviewed: reviewed, baseline: review?.baseline,
      admins: AdminRule(except: exception, reviewed: admins), reservation: reservation
    ) { [self] index, progress in
      switch progress {
      case .sending: items[part[index]].state = .sending
      case .ended(let outcome): take(outcome, of: part[index])
      }
    }
    self.run = run
    return run
  }

  /// The parts in which changes in several clouds are sent: those of a cloud together, and the user's own access last.
  private func parts(of indices: [Int]) -> [[Int]] {
    let isOwn = { [self] index in changes[index].isAboutUser(at: context.service.me) }
    return ChangeQuestion.parts(indices.filter { !isOwn($0) } + indices.filter(isOwn))
  }

  /// Sends no further changes, and waits for the responses to those sent.
  ///
  /// - Returns: whether sending was stopped by this call.
  public func stop() -> Bool {
    guard !isAlone, case .acting = phase, !isStopping else { return false }
    isStopping = true
    run?.stop()
    context.activity.changed()
    return true
  }

  private func take(_ outcome: Outcome, of index: Int) {
    let change = changes[index]
    items[index].state = state(outcome, of: change)
    if outcome.mayBeDone { settled.insert(index) }
    definition.onOutcome(change, outcome)
    if !isAlone { log(items[index], definition.question.subject(of: change)) }
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
    case .notSent(.already(let text)): .already("\(text).")
    case .notSent(.unread(let error)):
      .refused("It could not be re-read, so nothing was sent. \(error.sentence)")
    case .notSent(.lastAdmin(let found)): .leftOut("left out: \(found.text).")
    case .notSent(.adminsUnread(let error)): .refused(error.adminsUnread)
    case .notSent: .unsent
    case .unresolved(let unresolved): .unknown(unresolved.text)
    }
  }

  private func settle() {
    for index in items.indices where items[index].state == .asked { items[index].state = .unsent }
    // Reported after `finish`, so that the list's own notices come first.
    keepsMarks = definition.finish(
      changes.indices.filter { !settled.contains($0) && !items[$0].isDone }.map { changes[$0] })
    endPhase()
    if isAlone, let outcome = run?.outcomes.first ?? nil { say(outcome) } else { saySummary() }
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
    let isDone = items.allSatisfy(\.isDone)
    phase = isDone ? .done : .settled(isAlone ? items[0].problem(definition.question) : "")
  }

  /// Reports the outcome of a single change.
  private func say(_ outcome: Outcome) {
    let change = changes[0]
    switch outcome {
    case .applied(let effect): context.notices.say(.done, change.done(effect))
    case .alreadySo: context.notices.say(.information, change.alreadyGone)
    case .refused where isDestructive:
      context.notices.say(.failure, "\(change.stillThere) \(items[0].outcomeText ?? "")")
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

  private func log(_ item: Item, _ subject: String) {
    guard let text = item.outcomeText else { return }
    let kind: Notice.Kind =
      switch item.state {
      case .done: .done
      case .unknown: .unknown
      case .refused, .notDone, .changed, .leftOut: .failure
      default: .information
      }
    context.notices.note(kind, "\(subject): \(text)")
  }

  private var summaryKind: Notice.Kind {
    if items.contains(where: \.isUnknown) { return .unknown }
    return items.allSatisfy(\.isDone) ? .done : .failure
  }

  /// The outcome in sentences: `Removed 2 of 3 users. Ada Lovelace: …`
  private var summary: String {
    let done = items.filter { $0.state == .done }.map(\.title)
    var sentences = [definition.question.done(done.count) + (done.isEmpty ? "." : ": \(done.listed).")]
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

  /// Whether nothing is left to do for it.
  public var isDone: Bool {
    switch state {
    case .done, .gone, .already: true
    default: false
    }
  }

  /// The outcome of the item, in words; `nil` before it is sent.
  public var outcomeText: String? {
    switch state {
    case .asked: nil
    case .changed(let text): text
    case .sending: "sent, waiting for the response…"
    case .done: "done."
    case .gone: "was already gone."
    case .already(let text), .leftOut(let text): text
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

extension CloudAPIError {
  /// Nothing was sent, because the users of the cloud couldn't be read.
  var adminsUnread: String {
    "The users could not be read to see whether an admin remains, so nothing was sent. \(sentence)"
  }

  /// The messages of a 400, each after its field's name; for other errors, what happened and what to do about it.
  var refusal: String {
    guard case .validation(let fields) = code, !fields.isEmpty else { return sentence }
    return fields.sorted { $0.key < $1.key }.map { name, messages in
      (name.isEmpty ? "" : "\(name): ") + messages.joined(separator: " ")
    }.joined(separator: "\n")
  }
}
