public import CloudAPI
import CloudAccess
import CloudChanges
import FoundationEssentials

/// Changes of people, each about the marked ones or the one under the cursor. The form or question appears once it is
/// known where they are.
extension PeopleModel {
  /// How old the lists may be that a change is made from.
  private static let lifetime: TimeInterval = 300

  /// Whether clouds and lists must be read again before people are changed everywhere.
  public var mustReadAgain: Bool {
    guard loader.coverage.isOver, let asOf = loader.coverage.asOf else { return true }
    return context.now().timeIntervalSince(asOf) > Self.lifetime
  }

  /// Reads what is missing or too old; returns when that is done or was stopped.
  public func readAgain() async {
    await loader.update(readBefore: context.now().addingTimeInterval(-Self.lifetime))
  }

  /// Why nobody can be invited now; `nil` if inviting is possible.
  public func inviteRefusal(about subject: CommandSubject) -> String? {
    if let reason = context.service.readOnlyReason { return reason }
    guard list.selection != nil else { return "No person is selected." }
    // Asked for each frame: as a rule the first one has an address.
    let hasAddress =
      subject == .marked && !list.contents.marks.isEmpty
      ? list.contents.marks.places.contains { list.records[$0].email != nil } : list.selectedRecord?.email != nil
    return hasAddress ? nil : "Without an e-mail address, nobody can be invited."
  }

  /// The people that a command is about.
  public func people(about subject: CommandSubject) -> [Person.ID] {
    let marked = list.contents.markedRecords.map(\.id)
    return subject == .marked && !marked.isEmpty ? marked : [list.selection].compactMap { $0 }
  }

  /// The question whether to remove people from all their clouds.
  ///
  /// - Returns: `nil` if there is nothing to remove them from.
  public func removal(of ids: [Person.ID]) -> QuestionModel? {
    question(PeopleChanges.removing(ids.compactMap(person)))
  }

  /// The form that gives people a role in all their clouds.
  ///
  /// - Parameter ask: called with the question once a role is chosen.
  public func roleForm(of ids: [Person.ID], ask: @escaping @MainActor (QuestionModel) -> Void) -> FormModel {
    let people = ids.compactMap(person)
    let title = people.count == 1 ? people[0].title : Count.people(people.count)
    let invited = people.reduce(0) { $0 + $1.invitations.count }
    var definition = FormModel.Definition(
      title: "Role of \(title) in all their clouds", verb: "continue",
      fields: [
        FormField(
          id: "role", label: "Role", hint: "an admin manages the cloud and its people",
          kind: .choice(
            [Role.admin, .user].map { Choice(id: String($0.rawValue), title: RoleText.title($0)) }))
      ],
      values: ["role": .text("50")],
      send: { values, _, _ in
        guard let role = Int(values.line("role")).map(Role.init(rawValue:)) else { return .unchanged }
        let changes = PeopleChanges.giving(role, to: people)
        guard let question = self.question(changes) else {
          return .done("Everybody has that role already: nothing was sent.")
        }
        ask(question)
        return .asked
      })
    if invited > 0 {
      definition.preface =
        "\(Count.text(invited, "pending invitation keeps", "pending invitations keep")) the invited role: the API can't "
        + "change it."
    }
    return FormModel(definition, context: context)
  }

  /// What changes everywhere may leave out, because it couldn't be read or not again.
  private var gap: String? {
    if let gap = loader.coverage.gap { return gap }
    guard mustReadAgain, let asOf = loader.coverage.asOf else { return nil }
    return "The lists are of \(LocalTime.hourAndMinute(asOf)) and could not be read again: newer access stays."
  }

  private func question(_ changes: [Change]) -> QuestionModel? {
    QuestionModel.acrossClouds(changes, context: context, gap: gap) { [weak list] change, outcome in
      // Whoever was changed is no longer marked; to repeat an unknown outcome, the user marks the person again.
      guard outcome.mayBeDone, let list, let address = change.address else { return }
      list.contents.unmark([Person.ID(rawValue: address.addressKey)])
    }
  }
}
