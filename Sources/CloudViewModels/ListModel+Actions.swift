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
    let definition = ConfirmationModel.Definition(
      title: title, verb: action.verb, isDestructive: false, preface: action.preface, typed: nil,
      reread: { [self] in await change(of: target, in: scope) },
      consequences: action.consequences(target).map { text in { text } },
      act: { [self] in await perform(intent, action, on: target, in: scope, as: title) })
    return ConfirmationModel(definition, context: context)
  }

  private func perform(
    _ intent: RecordIntent, _ action: RecordAction<Record, Scope>, on target: Record, in scope: Scope,
    as title: String
  ) async -> ActProblem? {
    let description = title.hasSuffix("?") ? String(title.dropLast()) : title
    let result = await write(
      planned(description, to: target.id, in: scope), as: { _ in resource.commands.actions[intent]?(scope, target) },
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
      if scope == self.scope { refresh() }
      let text = error.message + " Nothing that can be read again tells."
      context.notices.say(.unknown, "\(description): \(text)")
      return ActProblem(text)
    case .failure(let error):
      let fields = error.fieldMessages
      let text = fields.isEmpty ? error.sentence : fields
      context.notices.say(.failure, "\(description): \(text)")
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
