import CloudAPI

extension ListModel {
  /// The form that gives several records the same values. Each that differs gets a request of its own, once.
  func severalForm(_ editing: Editing<Record, Scope>, in scope: Scope) -> FormModel? {
    guard let fields = editing.several else { return nil }
    let targets = markedRecords
    let edit = SeveralEdit(targets) { record, values in
      let own = editing.values(record)
      return values.contains { own[$0.key] != $0.value }
    }
    let number = Count.text(targets.count, resource.names.singular, resource.names.plural)
    var definition = FormModel.Definition(
      title: "Edit \(number)", verb: "save", fields: fields(targets), values: commonValues(editing, of: targets),
      purpose: self.purpose(in: scope, of: self.marked(of: targets)), check: editing.check
    ) { [self] values, _, report in
      let plan = context.writes.beginPlan()
      defer { context.writes.setUnsent([], of: plan) }
      context.writes.setUnsent(edit.candidates.map { planned(editOf: $0, in: scope) }, of: plan)
      // What was drawn is no proof of what is there: a colleague may have changed it.
      do throws(CloudAPIError) {
        report("reading them again")
        edit.reread(try await readAgain(edit.candidates.map(\.id), in: scope))
      } catch {
        return .refused(fields: [:], other: "They could not be read again, so nothing was sent. \(error.sentence)")
      }
      for record in edit.candidates { refreshInPlace(record, in: scope) }
      if scope == self.scope { drop(edit.gone.map(\.id)) }
      await send(values, editing, edit, of: plan, in: scope, report)
      guard edit.isSettled(with: values) else { return edit.outcome }
      let gone = edit.gone.isEmpty ? "" : " Gone already: \(edit.gone.map(resource.title).joined(separator: ", "))."
      guard edit.hasBegun || !gone.isEmpty else { return .unchanged }
      let saved = edit.savedCount(values)
      return .done((saved == targets.count ? "Saved \(number)." : "Saved \(saved) of \(number).") + gone)
    }
    definition.writes = { [self] _, _ in edit.candidates.map { planned(editOf: $0, in: scope) } }
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

  /// Sends the values to each that is left and differs.
  private func send(
    _ values: FormValues, _ editing: Editing<Record, Scope>, _ edit: SeveralEdit<Record>, of plan: Int, in scope: Scope,
    _ report: (String) -> Void
  ) async {
    let pending = edit.begin(with: values)
    // Those that are so already need nothing more, and no mark that the next command would be about.
    if scope == self.scope { unmark(edit.candidates.map(\.id)) }
    var done: [CommandLineText] = []
    for (index, target) in pending.enumerated() {
      report("\(index + 1) of \(pending.count)")
      context.writes.setUnsent(pending[(index + 1)...].map { planned(editOf: $0, in: scope) }, of: plan)
      let changes = values.filter { editing.values(target)[$0.key] != $0.value }
      let words = editWords(target, in: scope)
      let result = await write(
        words.write,
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
        edit.wasSaved(target, with: values, saying: "\(title): saved")
      case .failure(let error) where error.leavesDoubt:
        // Not sent again before reading has shown that it wasn't done.
        let doubt = doubt(words, in: scope, .edited(target, changes, editing), after: error)
        doubt.say("\(words.write.description): \(error.message)\(Self.isReadAgain)")
        edit.isInDoubt(
          target, doubt, with: values, saying: "\(title): outcome unknown; it is being read again, which decides")
      case .failure(let error):
        let fields = error.fieldMessages
        edit.wasRefused(target, saying: "\(title): \(fields.isEmpty ? error.sentence : fields)")
      }
      guard case .failure(let error) = result, error.endsABatch else { continue }
      for target in pending[(index + 1)...] { edit.wasRefused(target, saying: "\(resource.title(target)): not sent") }
      break
    }
    if scope == self.scope, !pending.isEmpty { refresh() }
  }
}
