import CloudAPI
import CloudChanges
import FoundationEssentials

extension ListActions {
  func question(of intent: RecordIntent, about subject: CommandSubject) -> QuestionModel? {
    guard !context.service.isReadOnly, let scope, let call = resource.calls[intent] else { return nil }
    let targets = targets(subject)
    guard targets.count == 1 || intent.takesSeveral else { return nil }
    let edition = context.client.knownEdition
    let changes = targets.map { change(call(scope, $0, edition), of: $0, in: scope) }
    guard let question = ChangeQuestion(changes) else { return nil }
    let isTyped =
      question.isDestructive
      && (question.kind == .cloud || context.service.label != nil || targets.count > QuestionModel.confirmedByY
        || changes.contains { $0.isAboutUser(at: context.service.me) })
    var definition = QuestionModel.Definition(
      question: question,
      // A delete is safe after any outstanding change: nothing remains of the record.
      warning: question.isDestructive ? nil : context.changes.outstanding.obstacle(to: changes)?.text,
      // Only records that stay can lose something: those that are deleted, too, are left out.
      others: others(than: targets, of: intent),
      difference: { difference(from: $0, to: $1) },
      onReread: { reread(changes, $0, in: scope) },
      onOutcome: { change, outcome in ended(change, outcome, in: scope) },
      finish: { finish($0, of: changes.count, in: scope) })
    if isTyped { definition.typed = question.typed }
    return QuestionModel(definition, context: context)
  }

  /// The records that a command is about; none if they are too many.
  private func targets(_ subject: CommandSubject) -> [Record] {
    guard subject == .marked, marks.count > 1 else { return [target(subject)].compactMap { $0 } }
    return excessRefusal == nil ? markedRecords : []
  }

  /// The other records of the list that stay; `nil` if the list isn't whole and new enough to say that nothing else is
  /// lost.
  private func others(than targets: [Record], of intent: RecordIntent) -> (@Sendable () async -> [Snapshot])? {
    guard isWholeAndNew else { return nil }
    let records = list.records
    let gone = Set(intent == .delete ? targets.map(\.id) : [])
    return { records.filter { !gone.contains($0.id) }.map(\.snapshot) }
  }

  private var isWholeAndNew: Bool {
    guard !list.status.isPartial, list.status.failure == nil, let asOf = list.status.asOf else { return false }
    return context.now().timeIntervalSince(asOf) <= ChangeRunner.reviewLife
  }

  /// A record differs from what the row shows: updates the row.
  private func reread(_ changes: [Change], _ fresh: [Snapshot?], in scope: Scope) {
    guard scope == self.scope else { return }
    guard changes.count == 1 else { return list.refresh() }
    if let now = fresh[0].flatMap(Record.init) {
      list.refresh(now, in: scope)
    } else if let id = changes[0].target.id {
      list.contents.drop([Record.ID(rawValue: id)])
    }
  }

  /// Removes the mark of a record whose change was done, without a notice. To repeat a change whose outcome is unknown,
  /// the user marks the record again.
  private func ended(_ change: Change, _ outcome: Outcome, in scope: Scope) {
    guard scope == self.scope, outcome.mayBeDone, let id = change.target.id else { return }
    list.contents.unmark([Record.ID(rawValue: id)])
  }

  /// - Returns: whether the records of the changes that failed are still marked.
  private func finish(_ left: [Change], of count: Int, in scope: Scope) -> Bool {
    guard scope == self.scope, count > 1 else { return false }
    // If no change was applied, nothing else reloads the list.
    if left.count == count { list.refresh() }
    let ids = left.compactMap { $0.target.id.map(Record.ID.init(rawValue:)) }
    return ids.allSatisfy { isMarked($0) }
  }
}
