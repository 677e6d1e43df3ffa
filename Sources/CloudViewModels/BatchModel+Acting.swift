import CloudAPI

extension BatchModel {
  /// Does it to each record, once.
  public func confirm() {
    guard canConfirm else { return }
    phase = .acting(since: context.now())
    context.activity.changed()
    context.activity.run { [self] in await act() }
  }

  /// Sends nothing more, and waits for the answer to what was sent.
  ///
  /// - Returns: whether that changes something.
  public func stop() -> Bool {
    guard case .acting = phase, !isStopping else { return false }
    isStopping = true
    context.activity.changed()
    return true
  }

  private func act() async {
    let writes = context.writes
    let plan = writes.beginPlan()
    for index in items.indices {
      guard !isStopping, !Task.isCancelled else { break }
      items[index].state = .sending
      // What is in flight is in the ledger by itself, and what comes after it by this.
      writes.setUnsent(definition.items[(index + 1)...].map(\.write), of: plan)
      context.activity.changed()
      let outcome = await definition.act(index)
      items[index].state = outcome.state
      log(items[index])
      outcome.doubt?.onVerdict = { [self, doubt = outcome.doubt] in take($0, doubt?.text ?? "", of: index) }
      if outcome.endsTheBatch { break }
    }
    for index in items.indices where items[index].state == .asked { items[index].state = .unsent }
    writes.setUnsent([], of: plan)
    settle()
  }

  private func settle() {
    endPhase()
    // It is said last: what the list has to say of its rows comes before.
    keepsMarks = definition.finish()
    saySummary()
    context.activity.changed()
  }

  /// What nobody knew is known now, or why it never will be.
  private func take(_ verdict: Verdict, _ text: String, of index: Int) {
    items[index].state =
      switch verdict {
      case .done: .done
      case .notDone: .refused(text)
      case .notDoneYet, .undecided: .unknown(text)
      }
    guard phase == .settled else { return }
    endPhase()
    saySummary()
    context.activity.changed()
  }

  private func endPhase() {
    phase = items.allSatisfy { $0.state == .done || $0.state == .gone } ? .done : .settled
  }

  private func saySummary() {
    summaryNotice = context.notices.say(summaryKind, summary, insteadOf: summaryNotice)
  }

  private func log(_ item: Item) {
    guard let text = item.outcomeText else { return }
    let kind: Notice.Kind =
      switch item.state {
      case .done: .done
      case .unknown: .unknown
      case .refused: .failure
      default: .information
      }
    context.notices.note(kind, "\(definition.verb) \(definition.names.singular) \(item.title): \(text)")
  }

  private func count(_ isCounted: (State) -> Bool) -> Int {
    items.reduce(0) { $0 + (isCounted($1.state) ? 1 : 0) }
  }

  private var summaryKind: Notice.Kind {
    if items.contains(where: \.isUnknown) { return .unknown }
    return items.allSatisfy { $0.state == .done || $0.state == .gone } ? .done : .failure
  }

  /// `Removed 2 of 3 users. Ada Lovelace: …`
  var summary: String {
    let done = count { $0 == .done }
    let names = definition.names
    let number =
      done == items.count
      ? Count.text(done, names.singular, names.plural)
      : "\(done) of \(Count.text(items.count, names.singular, names.plural))"
    let others = items.filter { $0.state != .done && $0.state != .unsent }
    var sentences = ["\(definition.done(number))."]
    sentences += others.prefix(2).compactMap { item in item.outcomeText.map { "\(item.title): \($0)" } }
    if others.count > 2 { sentences.append("\(others.count - 2) more: the log says what became of each.") }
    let unsent = items.filter { $0.state == .unsent }
    if !unsent.isEmpty {
      let titles = unsent.prefix(3).map(\.title).joined(separator: ", ")
      let more = unsent.count > 3 ? " and \(unsent.count - 3) more" : ""
      sentences.append("Not sent: \(titles)\(more)\(keepsMarks ? ": still marked" : "").")
    }
    return sentences.joined(separator: " ")
  }
}

extension BatchModel.Item {
  public var isUnknown: Bool {
    if case .unknown = state { true } else { false }
  }

  /// What became of it, in words; `nil` as long as nothing did.
  public var outcomeText: String? {
    switch state {
    case .asked: nil
    case .changed(let text): text
    case .sending: "sent, waiting for the answer…"
    case .done: "done."
    case .gone: "was gone already."
    case .refused(let text): text
    case .unknown(let text): text
    case .unsent: "not sent."
    }
  }
}
