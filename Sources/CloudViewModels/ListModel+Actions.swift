import CloudAPI

extension ListModel {
  public func question(of intent: RecordIntent, about subject: CommandSubject) -> RecordQuestion? {
    guard !context.service.isReadOnly, let scope else { return nil }
    if subject == .marked, marks.count > 1 {
      return excessRefusal == nil ? batch(of: intent, in: scope).map(RecordQuestion.several) : nil
    }
    guard let target = target(subject) else { return nil }
    return (intent == .delete ? deletion(of: target, in: scope) : confirmation(of: intent, on: target, in: scope))
      .map(RecordQuestion.one)
  }

  private func confirmation(
    of intent: RecordIntent, on target: Record, in scope: Scope
  ) -> ConfirmationModel? {
    guard let action = resource.actions[intent] else { return nil }
    let title = action.title(target)
    let write = planned(intent, title.hasSuffix("?") ? String(title.dropLast()) : title, to: target.id, in: scope)
    let definition = ConfirmationModel.Definition(
      title: title, verb: action.verb, isDestructive: false, preface: action.preface, typed: nil,
      reread: { [self] in await change(of: target, in: scope) },
      consequences: (action.consequences(target) + [doubleText([write])].compactMap { $0 }).map { text in { text } },
      act: { [self] in await perform(write, action, on: target, in: scope) })
    return ConfirmationModel(definition, context: context)
  }

  /// What is to be known before the same is done once more; `nil` where nothing is.
  func doubleText(_ writes: [PlannedWrite]) -> String? {
    switch context.writes.obstacle(to: writes) {
    case .unanswered(let text), .mayBeDone(let text): text
    case nil: nil
    }
  }

  private func perform(
    _ write: PlannedWrite, _ action: RecordAction<Record, Scope>, on target: Record, in scope: Scope
  ) async -> ActProblem? {
    let result = await self.write(
      write, as: { _ in resource.commands.actions[write.intent]?(scope, target) },
      sending: { () async throws(CloudAPIError) in
        try await action.perform(context.client, scope, target)
      })
    switch result {
    case .success(let notice):
      context.notices.say(.done, notice)
      onLateValueWanted?(target.id)
      if scope == self.scope { refresh() }
      return nil
    case .failure(let error) where error.leavesDoubt:
      neverKnown(write)
      if scope == self.scope { refresh() }
      let text = error.message + " Nothing that can be read again tells."
      context.notices.say(.unknown, "\(write.description): \(text)")
      return ActProblem(text)
    case .failure(let error):
      let fields = error.fieldMessages
      let text = fields.isEmpty ? error.sentence : fields
      context.notices.say(.failure, "\(write.description): \(text)")
      return ActProblem("Refused: \(text)")
    }
  }
}

extension CloudAPIError {
  /// The messages of a 400, each after its field's name; empty for other errors.
  var fieldMessages: String {
    guard case .validation(let fields) = code else { return "" }
    return fields.sorted { $0.key < $1.key }.map { name, messages in
      (name.isEmpty ? "" : "\(name): ") + messages.joined(separator: " ")
    }.joined(separator: "\n")
  }
}
