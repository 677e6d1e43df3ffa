import CloudAPI
import CloudChanges

extension ListActions {
  /// The form that sets the same values for several records. Each record that differs is sent its own request, once.
  func bulkForm(_ editing: Editing<Record, Scope>, in scope: Scope) -> FormModel? {
    guard let fields = editing.several else { return nil }
    let targets = markedRecords
    let edit = BulkEdit(targets) { record, values in
      let own = editing.values(record)
      return values.contains { own[$0.key] != $0.value }
    }
    func changes(of records: [Record], _ values: FormValues) -> [Change] {
      records.map { record in
        let own = editing.values(record)
        return change(editing.call(scope, record.id, values.filter { own[$0.key] != $0.value }), of: record, in: scope)
      }
    }
    var (admins, isOwnConfirmed) = (AdminRule(), false)
    let number = Count.text(targets.count, resource.names.singular, resource.names.plural)
    var definition = FormModel.Definition(
      title: "Edit \(number)", verb: "save", fields: fields(targets), values: commonValues(editing, of: targets),
      purpose: Set(self.marked(of: targets).map { self.target($0, in: scope) }), check: editing.check
    ) { values, _, report in
      let reservation = context.changes.reserve(changes(of: edit.candidates, values))
      defer { context.changes.release(reservation) }
      // The rows on the screen may be out of date: another user may have changed a record.
      do throws(CloudAPIError) {
        report("re-reading them")
        admins.reviewed = try await reread(edit, changes(of: edit.candidates, values), in: scope)
      } catch {
        return .refused(fields: [:], other: "They could not be re-read, so nothing was sent. \(error.sentence)")
      }
      let pending = edit.begin(with: values)
      var lastAdmins: LastAdmins?
      // Records that already have the values need no request and lose their marks, so the next command omits them.
      if scope == self.scope { list.contents.unmark(edit.candidates.map(\.id)) }
      await send(changes(of: pending, values), to: pending, values, edit, reservation, admins, in: scope, report) {
        lastAdmins = $0
      }
      guard edit.isSettled(with: values) else {
        return edit.outcome(unconfirmed: lastAdmins.map { .lastAdmin($0) { admins.exception = .all } })
      }
      let gone = edit.gone.isEmpty ? "" : " Already gone: \(edit.gone.map(resource.title).joined(separator: ", "))."
      guard edit.hasBegun || !gone.isEmpty else { return .unchanged }
      let saved = edit.savedCount(values)
      let count = saved == targets.count ? number : "\(saved) of \(number)"
      return .done("Saved \(count)\(Self.text(of: changes(of: targets, values))).\(gone)")
    }
    definition.preface = Self.names(targets.map(resource.title))
    definition.changes = { values, _ in changes(of: edit.candidates, values) }
    definition.confirmation = { changes in
      isOwnConfirmed ? nil : ownConfirmation(of: changes) { isOwnConfirmed = true }
    }
    return FormModel(definition, context: context)
  }

  /// ` in Haussmann Tower: Ada Lovelace: Role: User → Admin; 2 more`.
  private static func text(of changes: [Change]) -> String {
    let place = changes.first?.names.cloud.map { " in \($0)" } ?? ""
    let all = changes.compactMap { change in change.differences.map { "\(change.names.record): \($0)" } }
    guard !all.isEmpty else { return place }
    let more = all.count > 2 ? ["\(all.count - 2) more"] : []
    return "\(place): " + (all.prefix(2) + more).joined(separator: "; ")
  }

  /// The most records that the form names.
  private static var mostNamed: Int { 10 }

  private static func names(_ titles: [String]) -> String {
    let more = titles.count - mostNamed
    return titles.prefix(mostNamed).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  /// For each field, the value that all records share; an empty text if they differ.
  private func commonValues(_ editing: Editing<Record, Scope>, of targets: [Record]) -> FormValues {
    guard let first = targets.first.map(editing.values) else { return [:] }
    return first.reduce(into: FormValues()) { common, entry in
      let isCommon = targets.allSatisfy { editing.values($0)[entry.key] == entry.value }
      common[entry.key] = isCommon ? entry.value : .text("")
    }
  }

  /// - Returns: the admins, if one is to get another role.
  private func reread(
    _ edit: BulkEdit<Record>, _ changes: [Change], in scope: Scope
  ) async throws(CloudAPIError) -> [Cloud.ID: CloudAdmins] {
    let review = await Review(context.client).read(changes, at: context.now())
    let fresh = try review.records().compactMap { $0.flatMap(Record.init) }
    edit.reread(Dictionary(fresh.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
    for record in edit.candidates { list.refresh(record, in: scope) }
    if scope == self.scope { list.contents.drop(edit.gone.map(\.id)) }
    return review.admins
  }

  private func send(
    _ changes: [Change], to pending: [Record], _ values: FormValues, _ edit: BulkEdit<Record>,
    _ reservation: ChangeRunner.Reservation, _ admins: AdminRule, in scope: Scope,
    _ report: @escaping @MainActor (String) -> Void, onLastAdmins: @escaping @MainActor (LastAdmins) -> Void
  ) async {
    guard !pending.isEmpty else { return }
    let run = context.changes.run(changes, reviewed: context.now(), admins: admins, reservation: reservation) {
      index, progress in
      switch progress {
      case .sending: report("\(index + 1) of \(pending.count)")
      case .ended(let outcome):
        if case .notSent(.lastAdmin(let found)) = outcome { onLastAdmins(found) }
        take(outcome, of: pending[index], values, edit, in: scope)
      }
    }
    let outcomes = await run.finish()
    if scope == self.scope, !outcomes.contains(where: \.isDone) { list.refresh() }
  }

  private func take(
    _ outcome: Outcome, of target: Record, _ values: FormValues, _ edit: BulkEdit<Record>, in scope: Scope
  ) {
    let title = resource.title(target)
    switch outcome {
    case .applied, .alreadySo:
      if scope == self.scope { list.contents.unmark([target.id]) }
      edit.wasSaved(target, with: values, saying: "\(title): saved")
    case .unresolved(let change):
      // Not sent again until a read has shown that it wasn't done.
      edit.isUnresolved(
        target, change, with: values, saying: "\(title): outcome unknown; a re-read will tell")
    case .refused(let error), .notSent(.unread(let error)):
      edit.wasRefused(target, saying: "\(title): \(error.refusal)")
    case .stale: edit.wasRefused(target, saying: "\(title): changed meanwhile, not sent")
    case .notSent(.lastAdmin(let found)): edit.wasRefused(target, saying: "\(title): not sent: \(found.text)")
    case .notSent(.adminsUnread(let error)): edit.wasRefused(target, saying: "\(title): \(error.adminsUnread)")
    case .notSent: edit.wasRefused(target, saying: "\(title): not sent")
    }
  }
}
