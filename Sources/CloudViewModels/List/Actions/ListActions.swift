import CloudAPI
import CloudChanges
import FoundationEssentials

/// What a person can do to the records of a list, whatever they are.
///
/// What begins a write is `nil` where the service may only be read, whoever asks.
@MainActor
public protocol RecordActions {
  /// Why the person can't do this here and now, with what to do instead; `nil` where they can.
  func refusal(of intent: RecordIntent, about subject: CommandSubject) -> String?
  /// Why nothing is done to each of the marked records by itself; `nil` where there aren't too many.
  var excessRefusal: String? { get }
  func creationForm() -> FormModel?
  func editForm(about subject: CommandSubject) -> FormModel?
  func documentEdit(about subject: CommandSubject) -> DocumentEditModel?
  /// The question that comes before deleting and before what else can be done to records.
  func question(of intent: RecordIntent, about subject: CommandSubject) -> QuestionModel?
  func recordScreen() -> RecordModel?
  /// The command that shows what it is about, or the list where that is nothing; `nil` where no cloud is selected.
  func command(about subject: CommandSubject) -> CommandLineText?
}

// What a command is about unless said: the record under the cursor.
extension RecordActions {
  public func refusal(of intent: RecordIntent) -> String? { refusal(of: intent, about: .selected) }
  public func editForm() -> FormModel? { editForm(about: .selected) }
  public func documentEdit() -> DocumentEditModel? { documentEdit(about: .selected) }
  public func question(of intent: RecordIntent) -> QuestionModel? { question(of: intent, about: .selected) }
  public var command: CommandLineText? { command(about: .selected) }
}

/// The actions of one list: they read its records and marks, and every change goes to the runner.
struct ListActions<Record: ServiceRecord, Scope: ResourceScope>: RecordActions {
  let list: ListModel<Record, Scope>

  init(_ list: ListModel<Record, Scope>) {
    self.list = list
  }

  var resource: Resource<Record, Scope> { list.resource }
  var context: ModelContext { list.context }
  var scope: Scope? { list.scope }
  var marks: Marks<Scope> { list.contents.marks }
  var markedRecords: [Record] { list.contents.markedRecords }

  /// Why the person can't do this here and now, with what to do instead; `nil` where they can.
  func refusal(of intent: RecordIntent, about subject: CommandSubject) -> String? {
    if intent.writes, let reason = context.service.readOnlyReason { return reason }
    guard isPossible(intent) else {
      return resource.refusals[intent] ?? "\(resource.names.title) can't do that."
    }
    if intent.writes, let refusal = otherScopeRefusal { return refusal }
    if intent == .create { return scope == nil && list.nextScope == nil ? "Select a cloud first." : nil }
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
    guard intent.writes, list.contents.table.hasOddRecords, let oddFields = resource.oddFields else { return nil }
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
    guard !marks.isEmpty, !list.contents.ordering.isFilterCurrent else { return nil }
    return "The filter is still running: try again in a moment."
  }

  /// The cursor stands on another cloud by now: what is done there, and here to rows that are still to be seen, is not mixed.
  private var otherScopeRefusal: String? {
    guard scope != nil, let now = list.scopeName, let next = list.nextScopeName else { return nil }
    return "These \(resource.names.plural) belong to \(now); those of \(next) are still loading."
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

  /// More records than that are marked for what is done to each by itself: nobody can look through such a question.
  private var mostAtOnce: Int { 1_000 }

  var excessRefusal: String? {
    guard marks.count > mostAtOnce else { return nil }
    return "At most \(mostAtOnce) \(resource.names.plural) at a time, and \(marks.count) are marked: "
      + "{filter} narrows the list, {unmark} unmarks all."
  }

  /// Whether there is one record that a command is about.
  private func hasTarget(_ subject: CommandSubject) -> Bool {
    guard subject == .marked, !marks.isEmpty else { return list.selectedRow != nil }
    return marks.count == 1
  }

  /// The one record that a command is about; `nil` where it is none, or several.
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
        // It can't be asked for by itself.
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

  /// What is new about a record, in words, as a field of its own.
  private func changeField(of record: Record) -> [DetailField] {
    let changes = list.contents.changes
    guard let change = changes[record.id] else { return [] }
    let text =
      switch change {
      case .new: "new"
      case .changed(let before): difference(from: before.snapshot, to: record.snapshot)
      case .resized(let before): "Size was \(before.bytesText)"
      }
    return [DetailField("Changed", .text(text + changes.sinceText))]
  }

  func command(about subject: CommandSubject) -> CommandLineText? {
    guard let scope = scope ?? list.nextScope else { return nil }
    guard subject == .marked, marks.count > 1 else {
      // Without an id there is only the list.
      let target = target(subject).flatMap { $0.id.isMissing ? nil : $0 }
      return resource.show(scope, target).on(context.service)
    }
    guard excessRefusal == nil else { return nil }
    return .several(
      markedRecords.filter { !$0.id.isMissing }.map { resource.show(scope, $0).on(context.service) })
  }
}
