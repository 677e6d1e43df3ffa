import CloudAPI

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
    return "That is done to one \(resource.names.singular) at a time, and \(marks.count) are marked: "
      + "\(place){unmark} takes the marks away."
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
    if intent == .editDocument, let record = target(subject),
      case .mayBeDone(let text)? = context.writes.obstacle(to: [planned(editOf: record, in: scope)])
    {
      return text
    }
    let unanswered = context.writes.targets
    guard !unanswered.isEmpty else { return nil }
    let records = subject == .marked && marks.count > 1 ? markedRecords : [target(subject)].compactMap { $0 }
    let targets = records.filter { unanswered.contains(target($0.id, in: scope)) }
    guard let first = targets.first else { return nil }
    let names = resource.title(first) + (targets.count > 1 ? " and \(targets.count - 1) more of those marked" : "")
    return "What was sent for \(names) isn't answered yet: {log} shows it."
  }

  func planned(editOf record: Record, in scope: Scope) -> PlannedWrite {
    planned(.edit, "edit \(resource.names.singular) \"\(resource.title(record))\"", to: record.id, in: scope)
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
    case .delete: resource.removal != nil
    case .resend, .createDemo: resource.actions[intent]?.several != nil
    case .edit: resource.editing?.several != nil
    case .create, .editDocument, .open: false
    }
  }

  private func isPossible(_ intent: RecordIntent) -> Bool {
    switch intent {
    case .create: resource.creation != nil
    case .edit: resource.editing != nil
    case .editDocument: resource.document != nil
    case .delete: resource.removal != nil
    case .open: true
    case .resend, .createDemo: resource.actions[intent] != nil
    }
  }

  public func creationForm() -> FormModel? {
    guard !context.service.isReadOnly, let creation = resource.creation, let scope = scope ?? nextScope else {
      return nil
    }
    let names = resource.names
    var definition = FormModel.Definition(
      title: "Create a \(names.singular)" + (scope.title.map { " in \($0)" } ?? ""), verb: "create",
      fields: creation.fields(records), purpose: self.purpose(in: scope), check: creation.check
    ) { [self] values, _, _ in
      let words = creationWords(values.line("name"), in: scope)
      let known = known(in: scope)
      let result = await write(
        words.write, as: { resource.commands.create?(scope, $0) },
        sending: { () async throws(CloudAPIError) in
          try await creation.create(context.client, scope, values)
        })
      if case .success(let answer) = result {
        context.writes.wasMade(target(answer.id, in: scope), by: creation.author(answer))
      }
      return outcome(
        of: result, in: scope, words, .created(values, creation, known: known, by: context.writes.author))
    }
    definition.writes = { [self] values, _ in [creationWords(values.line("name"), in: scope).write] }
    return FormModel(definition, context: context)
  }

  private func creationWords(_ title: String, in scope: Scope) -> WriteWords<Record> {
    let kind = resource.names.singular
    return WriteWords(planned("create \(kind) \"\(title)\"", making: title, in: scope)) { [resource] in
      "Created \(kind) \"\($0.map(resource.title) ?? title)\"."
    }
  }

  /// - Parameter records: those that are edited; none where one is made.
  func purpose(in scope: Scope, of records: [Record.ID] = []) -> FormPurpose {
    FormPurpose(kind: resource.names.singular, cloud: (scope as? CloudScope)?.id, records: Set(records.map(\.rawValue)))
  }

  public func editForm(about subject: CommandSubject) -> FormModel? {
    guard !context.service.isReadOnly, let editing = resource.editing, let scope else { return nil }
    if subject == .marked, marks.count > 1 { return excessRefusal == nil ? severalForm(editing, in: scope) : nil }
    guard let target = target(subject) else { return nil }
    var definition = FormModel.Definition(
      title: "Edit \(resource.title(target))", verb: "save", fields: editing.fields(target, records),
      values: editing.values(target), purpose: self.purpose(in: scope, of: [target.id]), check: editing.check
    ) { [self] _, changes, _ in
      guard !changes.isEmpty else { return .unchanged }
      let words = editWords(target, in: scope)
      let result = await write(
        words.write, as: { resource.commands.update?(scope, $0, Set(changes.keys)) },
        sending: { () async throws(CloudAPIError) in
          try await editing.patch(context.client, scope, target.id, changes)
        })
      return outcome(of: result, in: scope, words, .edited(target, changes, editing))
    }
    definition.writes = { [self] _, changes in changes.isEmpty ? [] : [planned(editOf: target, in: scope)] }
    return FormModel(definition, context: context)
  }

  func editWords(_ target: Record, in scope: Scope) -> WriteWords<Record> {
    let name = resource.title(target)
    return WriteWords(planned(editOf: target, in: scope)) { [self] answer in
      guard let answer else { return "Saved \(name)." }
      let newName = resource.title(answer)
      return newName == name
        ? "Saved \(name): \(difference(from: target, to: answer))." : "Renamed \"\(name)\" to \"\(newName)\"."
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

  /// Reads one record: by itself where the API can, else from the list. `nil` where it isn't there any more.
  func reread(_ id: Record.ID, in scope: Scope) async throws(CloudAPIError) -> Record? {
    guard let get = resource.get else {
      return try await resource.records(context.client, scope).first { $0.id == id }
    }
    do throws(CloudAPIError) {
      return try await get(context.client, scope, id)
    } catch  where error.code == .notFound {
      return nil
    } catch  where error.isForeignNotFound {
      // A gateway's page tells nothing of the record; a list that is answered does.
      return try await resource.records(context.client, scope).first { $0.id == id }
    }
  }
}
