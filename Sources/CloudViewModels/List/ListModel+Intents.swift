import CloudAPI
import CloudChanges

extension ListModel {
  public func refusal(of intent: RecordIntent, about subject: CommandSubject) -> String? {
    if intent.writes, let reason = context.service.readOnlyReason { return reason }
    guard isPossible(intent) else {
      return resource.refusals[intent] ?? "\(resource.names.title) can't do that."
    }
    if intent.writes, let refusal = otherScopeRefusal { return refusal }
    if intent == .create { return scope == nil && nextScope == nil ? "Select a cloud first." : nil }
    // Looking at one concerns the one under the cursor, whatever is marked.
    let subject = intent == .open ? .selected : subject
    if isPossibleWithSeveral(intent), subject == .marked, marks.count > 1 {
      return unknownMarksRefusal ?? excessRefusal ?? oddRefusal(of: intent, about: subject)
        ?? unansweredRefusal(of: intent, about: subject)
    }
    if let refusal = severalRefusal(about: subject) { return refusal }
    guard hasTarget(subject) else { return "No \(resource.names.singular) is selected." }
    return oddRefusal(of: intent, about: subject) ?? unansweredRefusal(of: intent, about: subject)
  }

  /// Nothing can be sent for what the service gave no id, nor sent back what couldn't be read.
  private func oddRefusal(of intent: RecordIntent, about subject: CommandSubject) -> String? {
    guard intent.writes, table.hasOddRecords, let oddFields = resource.oddFields else { return nil }
    let records = subject == .marked && marks.count > 1 ? markedRecords : [target(subject)].compactMap { $0 }
    for record in records {
      let title = resource.title(record)
      if record.id.isMissing { return "The service gave no id for \(title): nothing can be sent for it." }
      if let refusal = oddFields.refusal(of: intent, about: record, called: title) { return refusal }
    }
    return nil
  }

  /// Why what is done to one record isn't done to those that are marked; `nil` where one is meant.
  ///
  /// - Parameter place: where the marks are, if that isn't where the cursor is: `in the Clouds pane `.
  func severalRefusal(about subject: CommandSubject, place: String = "") -> String? {
    guard subject == .marked else { return nil }
    if let unknownMarksRefusal { return unknownMarksRefusal }
    guard marks.count > 1 else { return nil }
    return
      "Works on one \(resource.names.singular) at a time; \(marks.count) are marked. Press {unmark} \(place)to unmark."
  }

  private var unknownMarksRefusal: String? {
    guard !marks.isEmpty, listRows.filter != currentFilter else { return nil }
    return "The filter is still being looked through: in a moment it is known what is marked."
  }

  /// The cursor stands on another cloud by now: what is done there, and here to rows that are still to be seen, is not mixed.
  private var otherScopeRefusal: String? {
    guard scope != nil, let now = scopeName, let next = nextScopeName else { return nil }
    return "These \(resource.names.plural) are still those of \(now): those of \(next) are on their way."
  }

  /// Two changes of one record at once may be carried out in either order, and what nobody knows to be done is not done
  /// again. Deleting is: whatever came before, it leaves nothing.
  private func unansweredRefusal(of intent: RecordIntent, about subject: CommandSubject) -> String? {
    guard intent.writes, intent != .delete, let scope else { return nil }
    // An editor asks nothing once it is closed; forms and questions do.
    if intent == .editDocument, let record = target(subject), let call = resource.editing?.call,
      case .mayBeDone(let text)? = obstacle(to: change(call(scope, record.id, [:]), of: record, in: scope))
    {
      return text
    }
    let unanswered = context.changes.outstanding.targets
    guard !unanswered.isEmpty else { return nil }
    let records = subject == .marked && marks.count > 1 ? markedRecords : [target(subject)].compactMap { $0 }
    let targets = records.filter { unanswered.contains(target($0.id, in: scope)) }
    guard let first = targets.first else { return nil }
    let names = resource.title(first) + (targets.count > 1 ? " and \(targets.count - 1) more of those marked" : "")
    return "What was sent for \(names) isn't answered yet: {log} shows it."
  }

  private func obstacle(to change: Change) -> OutstandingChanges.Obstacle? {
    context.changes.outstanding.obstacle(to: [change])
  }

  /// Whether there is one record that a command is about.
  private func hasTarget(_ subject: CommandSubject) -> Bool {
    guard subject == .marked, !marks.isEmpty else { return selectedIndex != nil }
    return marks.count == 1
  }

  /// The one record that a command is about; `nil` where it is none, or several.
  func target(_ subject: CommandSubject) -> Record? {
    guard subject == .marked, !marks.isEmpty else { return selectedRecord }
    return marks.count == 1 ? marks.places.first.map { records[$0] } : nil
  }

  private func isPossibleWithSeveral(_ intent: RecordIntent) -> Bool {
    switch intent {
    case .delete, .resend, .createDemo: resource.calls[intent] != nil && intent.takesSeveral
    case .edit: resource.editing?.several != nil
    case .create, .editDocument, .open: false
    }
  }

  private func isPossible(_ intent: RecordIntent) -> Bool {
    switch intent {
    case .create: resource.creation != nil
    case .edit: resource.editing != nil
    case .editDocument: resource.document != nil
    case .open: true
    case .delete, .resend, .createDemo: resource.calls[intent] != nil
    }
  }

  public func recordScreen() -> RecordModel? {
    guard let scope, let target = selectedRecord else { return nil }
    isChosen = true
    onLateValueWanted?(target.id)
    return RecordModel(
      title: resource.title(target), asOf: status.asOf,
      fields: { [self] in
        let record = record(target.id) ?? target
        return resource.details(record, rowContext(record)) + changeField(of: record)
      },
      read: { [self] in
        // It can't be asked for by itself.
        guard !target.id.isMissing else { return nil }
        do throws(CloudAPIError) {
          guard let fresh = try await reread(target.id, in: scope) else {
            return CloudAPIError(.notFound, request: "\(resource.names.singular) \(target.id)")
          }
          refreshInPlace(fresh, in: scope)
          return nil
        } catch {
          return error
        }
      },
      select: { [self] in
        guard scope == self.scope else { return false }
        reveal(target.id)
        return selection == target.id
      }, context: context)
  }
}
