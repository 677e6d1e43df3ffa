import CloudAPI
import CloudAccess
import CloudChanges
import CloudViewModels
import FoundationEssentials

/// Changes people in several clouds: reads who is there, prints the changes, asks, sends each once, and prints what
/// became of it.
struct PeopleChanging {
  let session: CommandSession
  let write: WriteOptions
  /// Whether nobody is asked.
  let isConfirmed: Bool
  /// Whether changes are made that leave a cloud without an admin.
  let allowsNoAdmin: Bool

  /// Changes members and invited people.
  ///
  /// - Parameters:
  ///   - ids: the clouds; `nil` for all.
  ///   - ifNowhere: the status for an address that is in none of the clouds.
  ///   - changes: makes the changes for the people who were found.
  func run(
    _ addresses: [String], in ids: [Cloud.ID]?, reading kinds: [AccessList.Kind], ifNowhere: ExitStatus,
    changes: ([Person]) -> [Change]
  ) async throws(CommandFailure) {
    guard let known = try await read(addresses, in: ids, kinds) else { return }
    let people = addresses.map { ($0, known.index.person(email: $0)) }
    var status = ExitStatus.done
    for (address, person) in people where person == nil {
      session.remark(code: "not_found", known.index.coverage(kinds).nowhere(address))
      status = status.orWorse(ifNowhere)
    }
    for person in people.compactMap(\.1) where person.memberships.contains(where: { $0.user.id.isMissing }) {
      session.report(
        ErrorReport(
          code: "no_id",
          message: "The service gave no id for \(person.title) in some cloud: nothing can be sent there.",
          status: .refused))
      status = status.orWorse(.refused)
    }
    try await send(changes(people.compactMap(\.1)), known, status: status)
  }

  /// Invites people. Who is a member or invited already is left out, and counts as done.
  func invite(
    _ addresses: [String], to ids: [Cloud.ID]?, redirect: String, role: Role?
  ) async throws(CommandFailure) {
    guard let known = try await read(addresses, in: ids, AccessList.Kind.allCases) else { return }
    let invitations = PeopleChanges.inviting(
      addresses, to: known.index, draft: CloudInvitationDraft(email: "", redirectURI: redirect, role: role)
    ) { RedirectAddress(redirect, leadingTo: $0) { known.index.clouds.map(\.id).contains($0) }.text }
    for access in invitations.already {
      session.remark(
        code: "already",
        "\(access.email ?? "") is \(access.isInvitation ? "invited to" : "a member of") \(access.cloud.name) already.")
    }
    let clouds = Set(invitations.changes.compactMap(\.target.cloud))
    try await send(
      invitations.changes, known, baseline: known.index.baseline(in: clouds, began: known.began), status: .done)
  }

  /// - Returns: `nil` if there is nobody to change.
  private func read(
    _ addresses: [String], in ids: [Cloud.ID]?, _ kinds: [AccessList.Kind]
  ) async throws(CommandFailure) -> Known? {
    guard !addresses.isEmpty else {
      session.remark(code: "nobody", "There is no address: nothing to do.")
      return nil
    }
    if session.connection.isReadOnly, !write.dryRun {
      throw .api(CloudAPIError(.readOnly, request: "people"))
    }
    guard isConfirmed || session.canAsk || write.dryRun else {
      throw .usage("There is no terminal for the confirmation: --yes does it without asking.")
    }
    let reading = PeopleReading(session, kinds)
    let clouds = if let ids { try await reading.clouds(ids) } else { try await reading.clouds() }
    let began = session.now
    let result = await reading.read(clouds)
    if let end = result.end, end.code == .cancelled { throw .api(end) }
    return Known(reading: reading, result: result, began: began)
  }

  private struct Known {
    let reading: PeopleReading
    let result: PeopleReading.Result
    /// When the reading began.
    let began: Date

    var index: PeopleIndex { result.index }
  }

  /// Prints the changes, asks, and sends them.
  ///
  /// - Parameter baseline: the invitations before; `nil` to read them where somebody is invited.
  private func send(
    _ wanted: [Change], _ known: Known, baseline: Baseline? = nil, status first: ExitStatus
  ) async throws(CommandFailure) {
    var status = first
    let admins = admins(of: wanted, known)
    let changes = withoutLastAdmins(wanted, admins, &status)
    if write.dryRun {
      try printPlan(changes)
      return try finish(known, .done)
    }
    guard !changes.isEmpty else {
      session.remark(code: "nothing", "There is nothing to change.")
      return try finish(known, status)
    }
    if !isConfirmed { try await ask(changes, known.index.coverage(known.reading.kinds).gap) }
    session.output.goOnWithoutReader()
    let sending = ChangeSending(
      session: session, options: write,
      admins: AdminRule(except: allowsNoAdmin ? .all : .none, reviewed: admins))
    let endings = await sending.send(changes, reviewed: known.began, baseline: baseline)
    var rows = try RowStream(OutcomeRow.columns, of: OutcomeRow.names, in: session)
    for (change, ending) in zip(changes, endings) {
      let outcome: String
      switch ending {
      case .done: outcome = "done"
      case .failed(let report):
        session.report(report.about(change.person))
        status = status.orWorse(ExitStatus(rawValue: report.exitStatus) ?? .unavailable)
        outcome = report.code
      case .notSent: outcome = "not_sent"
      }
      if session.format != .table {
        rows.add([OutcomeRow(change: change, outcome: outcome)])
      } else if outcome == "done" {
        session.output.line(PlainText.harmless(change.doneSentence))
      }
    }
    if session.format != .table { rows.end() }
    let unsent = endings.count { if case .notSent = $0 { true } else { false } }
    if unsent > 0 {
      session.report(
        ErrorReport(
          code: "not_sent", message: "\(Count.text(unsent, "change was", "changes were")) not sent after that.",
          status: status))
    }
    try finish(known, status)
  }

  /// Throws the status of the changes, else that of the reading.
  private func finish(_ known: Known, _ status: ExitStatus) throws(CommandFailure) {
    do throws(CommandFailure) {
      let coverage = known.index.coverage(known.reading.kinds)
      try known.reading.report(known.result, found: coverage.isComplete ? nil : "Read")
    } catch {
      throw status == .done ? error : .reported(status)
    }
    if status != .done { throw .reported(status) }
  }

  /// The admins of the clouds where a change may end one.
  private func admins(of changes: [Change], _ known: Known) -> [Cloud.ID: CloudAdmins] {
    var admins: [Cloud.ID: CloudAdmins] = [:]
    for cloud in Set(changes.filter(\.mayEndAdmin).compactMap(\.target.cloud)) {
      admins[cloud] = CloudAdmins(known.index.users(in: cloud))
    }
    return admins
  }

  /// Leaves changes out that would leave a cloud without an admin.
  private func withoutLastAdmins(
    _ changes: [Change], _ admins: [Cloud.ID: CloudAdmins], _ status: inout ExitStatus
  ) -> [Change] {
    guard !allowsNoAdmin else { return changes }
    var left: Set<Int> = []
    for last in LastAdmins.found(in: changes, admins: admins) {
      session.report(
        ErrorReport(
          code: "last_admin", message: "\(last.text): left out. --allow-no-admin includes that.", status: .refused))
      left.formUnion(last.changes)
      status = status.orWorse(.refused)
    }
    return changes.indices.filter { !left.contains($0) }.map { changes[$0] }
  }

  private func printPlan(_ changes: [Change]) throws(CommandFailure) {
    guard session.format == .json else {
      for change in changes { session.output.line(PlainText.harmless(change.plannedSentence)) }
      return
    }
    let list = JSONListOutput(session.output)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    list.add(changes.compactMap { change in (try? encoder.encode(change)).map { Array($0) } })
    list.end()
  }

  /// Prints the changes, and what they leave out because it couldn't be read, and asks.
  private func ask(_ changes: [Change], _ gap: String?) async throws(CommandFailure) {
    let question = Question(session)
    let emails = changes.count { $0.action == .invite }
    question.say(
      changes.map(\.plannedSentence) + [
        emails == 0
          ? "No e-mail goes out. There is no undo." : "\(Count.text(emails, "e-mail goes", "e-mails go")) out."
      ] + (emails < changes.count ? [gap.map { "! \($0)" }].compactMap { $0 } : []))
    let verb =
      changes.allSatisfy { $0.action == .edit }
      ? "change" : changes.allSatisfy { $0.action == .invite } ? "invite" : "remove"
    let isTyped = changes.count > 10 || session.connection.confirmsByTyping
    let isAnswered =
      isTyped
      ? await question.isAnswered(byTyping: "\(verb) \(changes.count)")
      : await question.isAnsweredYes(verb: verb, changes.count)
    guard isAnswered else { throw .declined }
  }
}

/// A row of what became of a change.
private struct OutcomeRow: RowRecord {
  let change: Change
  let outcome: String

  var id: ChangeTarget { change.target }

  static let names = ResourceNames(singular: "change", plural: "changes", title: "Changes")

  static let columns: [Column<OutcomeRow>] = [
    Column("email", .email, leaves: 0) { .email($0.change.person) },
    Column("cloud_id", .text, leaves: 0) { $0.change.target.cloud.map(FieldValue.reference) ?? .none },
    Column("cloud", .name, leaves: 0) { .optional($0.change.names.cloud) },
    Column("change", .text, leaves: 0) { .text($0.change.verb) },
    Column("outcome", .text, leaves: 0) { .text($0.outcome) },
  ]
}

extension Change {
  /// The address of the person, else their name.
  fileprivate var person: String {
    switch (before, call.content) {
    case (.user(let user)?, _): user.email ?? names.record
    default: names.record
    }
  }

  private var place: String { "\(names.cloud ?? "cloud") (\(target.cloud?.rawValue ?? ""))" }

  private var nameAndAddress: String {
    if case .user(let user)? = before { UserText.nameAndEmail(user) } else { names.record }
  }

  /// `Remove Ada Lovelace, ada@atelier.example from Haussmann Tower (3).`
  fileprivate var plannedSentence: String {
    switch (action, call.content) {
    case (.edit, .user(let update)?):
      "Make \(nameAndAddress) \(RoleText.word(update.role ?? .user)) of \(place)"
        + (oldRole.map { ", now \($0)." } ?? ".")
    case (.invite, .invitation(let draft)?):
      "Invite \(names.record) to \(place)" + (draft.role.map { " as \(RoleText.word($0))." } ?? ".")
    case _ where kind == .invitation: "Withdraw the invitation of \(names.record) to \(place)."
    default: "Remove \(nameAndAddress) from \(place)."
    }
  }

  private var oldRole: String? {
    guard case .user(let user)? = before else { return nil }
    return user.cloudRole.map(RoleText.word) ?? "of unknown role"
  }

  /// What was done, as a sentence.
  fileprivate var doneSentence: String {
    switch (action, call.content) {
    case (.edit, .user(let update)?):
      "\(names.record) is \(RoleText.word(update.role ?? .user)) of \(place) now."
    case (.invite, _): "Invited \(names.record) to \(place)."
    case _ where kind == .invitation: "Withdrew the invitation of \(names.record) to \(place)."
    default: "Removed \(nameAndAddress) from \(place)."
    }
  }
}
