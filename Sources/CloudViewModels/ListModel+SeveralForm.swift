import CloudAPI

extension ListModel {
  /// The form that gives several records the same values. Each that differs gets a request of its own, once.
  func severalForm(_ editing: Editing<Record, Scope>, in scope: Scope) -> FormModel? {
    guard let fields = editing.several else { return nil }
    let targets = markedRecords
    let number = Count.text(targets.count, resource.names.singular, resource.names.plural)
    // What an earlier try has settled isn't sent again.
    var left = targets
    let definition = FormModel.Definition(
      title: "Edit \(number)", verb: "save", fields: fields(targets), values: commonValues(editing, of: targets),
      purpose: self.purpose(in: scope, of: self.marked(of: targets)), check: editing.check
    ) { [self] values, _, report in
      let outcome = await send(values, editing, to: left, in: scope, report)
      left = outcome.left
      if let (target, doubt) = outcome.doubt {
        doubt.onVerdict = { if $0 == .notDone { left.append(target) } }
      }
      guard outcome.isSent else { return .unchanged }
      if outcome.isDone { return .done("Saved \(number).") }
      return .partly(left: [:], fields: [:], outcomes: outcome.texts)
    }
    return FormModel(definition, context: context)
  }

  /// The value of each field where all records have the same one, else none.
  private func commonValues(_ editing: Editing<Record, Scope>, of targets: [Record]) -> FormValues {
    guard let first = targets.first.map(editing.values) else { return [:] }
    return first.reduce(into: FormValues()) { common, entry in
      let isCommon = targets.allSatisfy { editing.values($0)[entry.key] == entry.value }
      common[entry.key] = isCommon ? entry.value : .text("")
    }
  }

  /// What became of several edits.
  private struct SeveralOutcome {
    /// What can be sent once more: refused or not sent.
    var left: [Record] = []
    var texts: [String] = []
    var isSent = false
    var isDone = true
    /// The one whose answer was lost.
    var doubt: (target: Record, doubt: Doubt)?
  }

  private func send(
    _ values: FormValues, _ editing: Editing<Record, Scope>, to targets: [Record], in scope: Scope,
    _ report: (String) -> Void
  ) async -> SeveralOutcome {
    let pending = targets.filter { target in
      let own = editing.values(target)
      return values.contains { own[$0.key] != $0.value }
    }
    var outcome = SeveralOutcome()
    var done: [CommandLineText] = []
    let plan = context.writes.beginPlan()
    defer { context.writes.setUnsent([], of: plan) }
    for (index, target) in pending.enumerated() {
      report("\(index + 1) of \(pending.count)")
      context.writes.setUnsent(pending[(index + 1)...].map(editDescription(of:)), of: plan)
      outcome.isSent = true
      let changes = values.filter { editing.values(target)[$0.key] != $0.value }
      let result = await write(
        editDescription(of: target),
        as: { .several(done + [resource.commands.update?(scope, $0, Set(changes.keys))].compactMap { $0 }) },
        sending: { () async throws(CloudAPIError) in
          try await editing.patch(context.client, scope, target.id, changes)
        })
      let title = resource.title(target)
      switch result {
      case .success(let answer):
        if let command = resource.commands.update?(scope, answer, Set(changes.keys)) { done.append(command) }
        refreshInPlace(answer, in: scope)
        unmark([target.id])
        outcome.texts.append("\(title): saved")
      case .failure(let error):
        outcome.isDone = false
        if error.leavesDoubt {
          // Not sent again before reading has shown that it wasn't done.
          outcome.texts.append("\(title): outcome unknown; it is being read again, which decides")
          let doubt = doubt(editWords(target), in: scope, .edited(target, changes, editing))
          doubt.say("\(editDescription(of: target)): \(error.message)\(Self.isReadAgain)")
          outcome.doubt = (target, doubt)
        } else {
          outcome.left.append(target)
          let fields = error.fieldMessages
          outcome.texts.append("\(title): \(fields.isEmpty ? error.sentence : fields)")
        }
        if error.endsABatch {
          let unsent = pending[(index + 1)...]
          outcome.left += unsent
          outcome.texts += unsent.map { "\(resource.title($0)): not sent" }
          if scope == self.scope { refresh() }
          return outcome
        }
      }
    }
    if scope == self.scope, outcome.isSent { refresh() }
    return outcome
  }
}
