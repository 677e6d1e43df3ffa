import CloudAPI
import CloudChanges
import FoundationEssentials

/// What the user can do to the records of a list of any kind.
///
/// Forms, editors and questions that lead to a write are `nil` if the service is read-only.
@MainActor
public protocol RecordActions {
  /// Why the user can't do this now, with what to do instead; `nil` if they can.
  func refusal(of intent: RecordIntent, about subject: CommandSubject) -> String?
  /// Why a command can't be applied to each of the marked records; `nil` unless too many are marked.
  var excessRefusal: String? { get }
  func creationForm() -> FormModel?
  func editForm(about subject: CommandSubject) -> FormModel?
  func documentEdit(about subject: CommandSubject) -> DocumentEditModel?
  /// The question to confirm before records are deleted or before another call is sent for them.
  func question(of intent: RecordIntent, about subject: CommandSubject) -> QuestionModel?
  func recordScreen() -> RecordModel?
  /// The shell command that shows the subject, or the list if there is none; `nil` if no cloud is selected.
  func command(about subject: CommandSubject) -> CommandLineText?
  /// The shell command that prints the list with its filter and order; `nil` if no cloud is selected.
  var listCommand: CommandLineText? { get }
}

// The default subject of a command is the record under the cursor.
extension RecordActions {
  public func refusal(of intent: RecordIntent) -> String? { refusal(of: intent, about: .selected) }
  public func editForm() -> FormModel? { editForm(about: .selected) }
  public func documentEdit() -> DocumentEditModel? { documentEdit(about: .selected) }
  public func question(of intent: RecordIntent) -> QuestionModel? { question(of: intent, about: .selected) }
  public var command: CommandLineText? { command(about: .selected) }
}

/// The actions of one list: they read its records and marks, and send every change to the runner.
struct ListActions<Record: TableRecord & ServiceRecord, Scope: ResourceScope>: RecordActions {
  let list: ListModel<Record, Scope>

  init(_ list: ListModel<Record, Scope>) {
    self.list = list
  }

  var resource: Resource<Record, Scope> { list.resource }
  var context: ModelContext { list.context }
  var scope: Scope? { list.scope }
  var marks: Marks<Scope> { list.contents.marks }
  var markedRecords: [Record] { list.contents.markedRecords }

  func refusal(of intent: RecordIntent, about subject: CommandSubject) -> String? {
    if intent.writes, let reason = context.service.readOnlyReason { return reason }
    guard isPossible(intent) else {
      return resource.refusals[intent] ?? "\(resource.names.title) can't do that."
    }
    if intent.writes, let refusal = otherScopeRefusal { return refusal }
    if intent == .create { return scope == nil && list.nextScope == nil ? "Select a cloud first." : nil }
    // Opening a record always concerns the one under the cursor, whatever is marked.
    let subject = intent == .open ? .selected : subject
    if isPossibleWithSeveral(intent), subject == .marked, marks.count > 1 {
      return unknownMarksRefusal ?? excessRefusal ?? oddRefusal(of: intent, about: subject)
        ?? unansweredRefusal(of: intent, about: subject)
    }
    if let refusal = severalRefusal(about: subject) { return refusal }
    guard hasTarget(subject) else { return "No \(resource.names.singular) is selected." }
    return oddRefusal(of: intent, about: subject) ?? unansweredRefusal(of: intent, about: subject)
  }

  /// Refuses to change a record without an id, or to send back a field that couldn't be read.
  private func oddRefusal(of intent: RecordIntent, about subject: CommandSubject) -> String? {
    guard intent.writes, list.contents.table.hasOddRecords, let oddFields = resource.oddFields else { return nil }
    let records = subject == .marked && marks.count > 1 ? markedRecords : [target(subject)].compactMap { $0 }
    for record in records {
      let title = resource.title(record)
      if record.id.isMissing { return "The service gave no id for \(title): nothing can be sent for it." }
      if let refusal = oddFields.refusal(of: intent, about: record, called: title) { return refusal }
    }
    return nil
  }

  /// Why a command for a single record can't be applied to the marked ones; `nil` if the subject is a single record.
  private func severalRefusal(about subject: CommandSubject) -> String? {
    guard subject == .marked else { return nil }
    if let unknownMarksRefusal { return unknownMarksRefusal }
    guard marks.count > 1 else { return nil }
    return "Works on one \(resource.names.singular) at a time; \(marks.count) are marked. Press {unmark} to unmark."
  }

  var unknownMarksRefusal: String? {
    guard !marks.isEmpty, !list.contents.ordering.isFilterCurrent else { return nil }
    return "The filter is still running: try again in a moment."
  }

  /// Refuses a write while the rows still belong to another cloud than the one under the cursor.
  private var otherScopeRefusal: String? {
    guard scope != nil, let now = list.scopeName, let next = list.nextScopeName else { return nil }
    return "These \(resource.names.plural) belong to \(now); those of \(next) are still loading."
  }

  /// Refuses a second change of a record while the first is outstanding: the service may apply two in either order, and
  /// a change of unknown outcome is not repeated. Deleting is allowed: it leaves nothing, whatever came before.
  private func unansweredRefusal(of intent: RecordIntent, about subject: CommandSubject) -> String? {
    guard intent.writes, intent != .delete, let scope else { return nil }
    // The document editor asks nothing after it is closed; forms and questions do.
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

  /// The most records that one command is applied to: nobody can review a longer question.
  private var mostAtOnce: Int { 1_000 }

  var excessRefusal: String? {
    guard marks.count > mostAtOnce else { return nil }
    return "At most \(mostAtOnce) \(resource.names.plural) at a time, and \(marks.count) are marked: "
      + "{filter} narrows the list, {unmark} unmarks all."
  }

  /// Whether a command is about exactly one record.
  private func hasTarget(_ subject: CommandSubject) -> Bool {
    guard subject == .marked, !marks.isEmpty else { return list.selectedRow != nil }
    return marks.count == 1
  }

  /// The one record that a command is about; `nil` if there is none or more than one.
  func target(_ subject: CommandSubject) -> Record? {
    guard subject == .marked, !marks.isEmpty else { return list.selectedRecord }
    return marks.count == 1 ? marks.places.first.map { list.records[$0] } : nil
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

  func recordScreen() -> RecordModel? {
    guard let scope, let target = list.selectedRecord else { return nil }
    list.contents.choose()
    list.onLateValueWanted?(target.id)
    return RecordModel(
      title: resource.title(target), asOf: list.status.asOf,
      fields: {
        let record = list.record(target.id) ?? target
        return resource.details(record, list.contents.sources.context(of: record)) + changeField(of: record)
      },
      read: {
        // A record without an id can't be requested on its own.
        guard !target.id.isMissing else { return nil }
        do throws(CloudAPIError) {
          guard let fresh = try await reread(target.id, in: scope) else {
            return CloudAPIError(.notFound, request: "\(resource.names.singular) \(target.id)")
          }
          list.refresh(fresh, in: scope)
          return nil
        } catch {
          return error
        }
      },
      select: {
        guard scope == self.scope else { return false }
        list.reveal(target.id)
        return list.selection == target.id
      }, context: context)
  }

  /// What changed in a record, in words, as a separate field.
  private func changeField(of record: Record) -> [DetailField] {
    let changes = list.contents.changes
    guard let change = changes[record.id] else { return [] }
    let text =
      switch change {
      case .new: "new"
      case .changed(let before): difference(from: before.snapshot, to: record.snapshot)
      case .lateChanged(let before): Record.text(ofEarlier: before)
      }
    return [DetailField("Changed", .text(text + changes.sinceText))]
  }

  var listCommand: CommandLineText? {
    guard let scope = scope ?? list.nextScope else { return nil }
    let hasSizes = resource.columns.contains { $0.kind.isLate }
    return list.listCommand(scope, options: hasSizes ? [CommandLineText.Option("sizes")] : [])
  }

  func command(about subject: CommandSubject) -> CommandLineText? {
    guard let scope = scope ?? list.nextScope else { return nil }
    guard subject == .marked, marks.count > 1 else {
      // A record without an id can only be shown as part of the list.
      let target = target(subject).flatMap { $0.id.isMissing ? nil : $0 }
      return resource.show(scope, target).on(context.service)
    }
    guard excessRefusal == nil else { return nil }
    return .several(
      markedRecords.filter { !$0.id.isMissing }.map { resource.show(scope, $0).on(context.service) })
  }
}
