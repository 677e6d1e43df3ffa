import CloudAPI
import CloudAccess
import CloudChanges

/// What can be done to people across all clouds.
struct PeopleActions: RecordActions {
  let list: ListModel<PersonSummary, EveryCloud>
  let loader: PeopleLoader

  private var resource: Resource<PersonSummary, EveryCloud> { list.resource }

  func refusal(of intent: RecordIntent, about subject: CommandSubject) -> String? {
    if intent.writes, let reason = list.context.service.readOnlyReason { return reason }
    switch intent {
    case .create, .editDocument, .resend, .createDemo: return resource.refusals[intent]
    case .open, .edit, .delete: return list.selectedRow == nil ? "No person is selected." : nil
    }
  }

  var excessRefusal: String? { nil }

  func creationForm() -> FormModel? { nil }
  func editForm(about subject: CommandSubject) -> FormModel? { nil }
  func documentEdit(about subject: CommandSubject) -> DocumentEditModel? { nil }
  func question(of intent: RecordIntent, about subject: CommandSubject) -> QuestionModel? { nil }
  func recordScreen() -> RecordModel? { nil }

  var listCommand: CommandLineText? {
    list.listCommand(EveryCloud(), options: [CommandLineText.Option("by-person")])
  }

  func command(about subject: CommandSubject) -> CommandLineText? {
    let people = subject == .marked ? list.contents.markedRecords : [list.selectedRecord].compactMap { $0 }
    guard people.count > 1 else { return resource.show(EveryCloud(), people.first).on(list.context.service) }
    return .several(people.map { resource.show(EveryCloud(), $0).on(list.context.service) })
  }
}
