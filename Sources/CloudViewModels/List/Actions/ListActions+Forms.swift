import CloudAPI
import CloudChanges
import FoundationEssentials

extension ListActions {
  func creationForm() -> FormModel? {
    guard !context.service.isReadOnly, let creation = resource.creation, let scope = scope ?? list.nextScope else {
      return nil
    }
    func change(_ values: FormValues) -> Change {
      let call = creation.call(scope, values)
      return Change(call, names: names(values.line("name"), in: scope))
    }
    let kind = Record.kind
    var definition = FormModel.Definition(
      title: "Create a \(kind.rawValue)" + (scope.title.map { " in \($0)" } ?? ""), verb: "create",
      fields: creation.fields(list.records), purpose: [ChangeTarget(kind, in: scope.cloud?.id, .new(""))],
      check: creation.check
    ) { values, _, _ in
      await create(change(values), in: scope)
    }
    definition.changes = { values, _ in [change(values)] }
    return FormModel(definition, context: context)
  }

  /// Sends what makes a record. It is outstanding while its list is read.
  private func create(_ change: Change, in scope: Scope) async -> FormModel.Outcome {
    let reservation = context.changes.reserve([change])
    defer { context.changes.release(reservation) }
    do throws(CloudAPIError) {
      let baseline = try await currentBaseline(of: [change], in: scope)
      return await send(change, baseline: baseline, reservation, in: scope)
    } catch {
      return .unreadList(error)
    }
  }

  func editForm(about subject: CommandSubject) -> FormModel? {
    guard !context.service.isReadOnly, let editing = resource.editing, let scope else { return nil }
    if subject == .marked, marks.count > 1 { return excessRefusal == nil ? bulkForm(editing, in: scope) : nil }
    guard var target = target(subject) else { return nil }
    var reviewed = reviewed(in: scope)
    var admins = AdminRule()
    var isOwnConfirmed = false
    func change(_ changed: FormValues) -> [Change] {
      changed.isEmpty ? [] : [self.change(editing.call(scope, target.id, changed), of: target, in: scope)]
    }
    var definition = FormModel.Definition(
      title: "Edit \(resource.title(target))", verb: "save", fields: editing.fields(target, list.records),
      values: editing.values(target), purpose: [self.target(target.id, in: scope)], check: editing.check
    ) { _, changed, _ in
      guard let change = change(changed).first else { return .unchanged }
      return await send(
        change, reviewed: reviewed, admins: admins, in: scope, onAdminsLeft: { admins.exception = .all }
      ) {
        now in
        let problems = self.changedMeanwhile(editing, changed, from: target, to: now)
        (target, reviewed) = (now, self.context.now())
        return problems
      }
    }
    definition.changes = { _, changed in change(changed) }
    definition.confirmation = { changes in
      isOwnConfirmed ? nil : ownConfirmation(of: changes) { isOwnConfirmed = true }
    }
    return FormModel(definition, context: context)
  }

  /// What the user types before their own access is changed; `nil` if the changes don't concern it.
  func ownConfirmation(
    of changes: [Change], onTyped: @escaping @MainActor () -> Void
  ) -> FormModel.Confirmation? {
    let own = changes.first { change in
      change.isAboutUser(at: context.service.me) && change.before.flatMap(change.already) == nil
    }
    return own?.before?.address.map { .ownAccess($0, onTyped: onTyped) }
  }

  /// The messages for fields that somebody else changed while the form was open.
  private func changedMeanwhile(
    _ editing: Editing<Record, Scope>, _ changed: FormValues, from old: Record, to new: Record
  ) -> [String: String] {
    let (before, after) = (editing.values(old), editing.values(new))
    let text = difference(from: old.snapshot, to: new.snapshot)
    return changed.keys.reduce(into: [:]) { problems, field in
      if before[field] != after[field] { problems[field] = "Changed meanwhile (\(text)). Press Enter to save yours." }
    }
  }

  /// Sends the change of a form and puts the cursor on the resulting record.
  ///
  /// - Parameters:
  ///   - onAdminsLeft: called when the user wants the cloud to have no admin left.
  ///   - onStale: receives the record as it is now, and returns messages for the form's fields.
  private func send(
    _ change: Change, reviewed: Date? = nil, baseline: Baseline? = nil, admins: AdminRule = AdminRule(),
    _ reservation: ChangeRunner.Reservation? = nil, in scope: Scope,
    onAdminsLeft: @escaping @MainActor () -> Void = {},
    onStale: @MainActor (Record) -> [String: String] = { _ in [:] }
  ) async -> FormModel.Outcome {
    let run = context.changes.run(
      [change], reviewed: reviewed, baseline: baseline, admins: admins, reservation: reservation)
    switch await run.finish()[0] {
    case .applied(let effect), .alreadySo(let effect, _):
      if scope == self.scope, let id = effect.target.id { list.reveal(Record.ID(rawValue: id)) }
      return .done(change.done(effect))
    case .stale(let now):
      guard let record = now.flatMap(Record.init) else {
        return .refused(fields: [:], other: "\(change.names.record) is gone: nothing was sent.")
      }
      list.refresh(record, in: scope)
      return .refused(fields: onStale(record), other: nil)
    case .refused(let error): return refusal(error)
    case .notSent(.unread(let error)):
      return .refused(fields: [:], other: "It could not be re-read, so nothing was sent. \(error.sentence)")
    case .notSent(.lastAdmin(let found)): return .unconfirmed(.lastAdmin(found, onTyped: onAdminsLeft))
    case .notSent(.adminsUnread(let error)): return .refused(fields: [:], other: error.adminsUnread)
    case .notSent: return .refused(fields: [:], other: "Nothing was sent.")
    case .unresolved(let unresolved): return .unknown(unresolved)
    }
  }

  /// Converts an error to what a form shows.
  private func refusal(_ error: CloudAPIError) -> FormModel.Outcome {
    if case .validation(let fields) = error.code {
      let messages = fields.mapValues { $0.joined(separator: " ") }
      // If no message is about the whole form, the detail would only repeat the messages of the fields.
      return .refused(
        fields: messages.filter { !$0.key.isEmpty }, other: messages[""] ?? (messages.isEmpty ? error.detail : nil))
    }
    return .refused(fields: [:], other: error.sentence)
  }
}
