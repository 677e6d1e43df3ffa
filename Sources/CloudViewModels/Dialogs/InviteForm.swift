import CloudAPI
import CloudChanges

/// Makes the form that invites people to a cloud; it sends one invitation to each address.
@MainActor
struct InviteForm {
  let context: ModelContext
  let invitations: ListModel<CloudInvitation, CloudScope>
  let users: ListModel<User, CloudScope>
  let cloud: CloudScope
  /// The initial redirect address.
  let redirect: RedirectAddress
  /// Whether invitations have a role, as in the current edition.
  let hasRoles: Bool
  /// Called with the redirect address after an invitation was sent.
  let onSent: (String) -> Void

  func model() -> FormModel {
    var definition = FormModel.Definition(
      title: "Invite \(hasRoles ? "people" : "an administrator") to \(cloud.name)", verb: "send",
      fields: [fields.email, InvitationFields.redirect] + fields.roles,
      values: ["email": .text(""), "redirect_uri": .text(redirect.text)].merging(fields.roleValues) { $1 },
      purpose: [ChangeTarget(.invitation, in: cloud.id, .new(""))],
      check: check, remarks: remarks, send: { values, _, report in await send(values, report) })
    definition.changes = { values, _ in changes(values) }
    return FormModel(definition, context: context)
  }

  private var fields: InvitationFields { InvitationFields(hasRoles: hasRoles) }

  /// The redirect address as it is sent.
  private func landing(_ values: FormValues) -> String {
    RedirectAddress(values.line("redirect_uri"), for: cloud.id).text
  }

  private func check(_ values: FormValues) -> [String: String] {
    var problems: [String: String] = [:]
    problems["email"] = InvitationFields.problem(EmailList.addresses(in: values.line("email")), problem)
    problems["redirect_uri"] = InvitationFields.redirectProblem(landing(values))
    return problems
  }

  private func problem(_ address: String) -> String? {
    users.scope == cloud && isMember(address) ? "\(address) is a member already." : nil
  }

  private func isMember(_ address: String) -> Bool {
    users.records(holding: address).contains { $0.email?.addressKey == address.addressKey }
  }

  private func remarks(_ values: FormValues) -> [String: String] {
    let addresses = EmailList.addresses(in: values.line("email"))
    var remarks: [String: String] = [:]
    remarks["email"] = InvitationFields.peopleText(addresses)
    if invitations.scope == cloud {
      let pending = Set(invitations.records.map(\.email.addressKey))
      let again = addresses.filter { pending.contains($0.addressKey) }
      if !again.isEmpty {
        let text = "invited already, gets another e-mail: \(again.joined(separator: ", "))"
        remarks["email"] = [remarks["email"], text].compactMap { $0 }.joined(separator: "; ")
      }
    }
    remarks["redirect_uri"] = redirectRemark(values.line("redirect_uri"))
    return remarks
  }

  private func redirectRemark(_ text: String) -> String? {
    let remarks = [
      text.contains(RedirectAddress.placeholder) ? "{cloud} becomes \(cloud.id)" : nil,
      text == redirect.text ? redirect.replacedID.map { "cloud \($0) in it became \(cloud.id), this cloud" } : nil,
      InvitationFields.schemeRemark(text),
    ].compactMap { $0 }
    return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
  }

  private func changes(_ values: FormValues) -> [Change] {
    EmailList.addresses(in: values.line("email")).map { address in
      Change(
        .inviteCloudUser(cloud.id, fields.draft(for: address, redirect: landing(values), values)),
        names: Change.Names(record: address, cloud: cloud.name))
    }
  }

  /// Sends the invitations one by one, each once; those that failed stay in the field.
  private func send(_ values: FormValues, _ report: @escaping @MainActor (String) -> Void) async -> FormModel.Outcome {
    let changes = changes(values)
    let reservation = context.changes.reserve(changes)
    defer { context.changes.release(reservation) }
    let baseline: Baseline?
    do throws(CloudAPIError) {
      baseline = try await ListActions(invitations).currentBaseline(of: changes, in: cloud)
    } catch {
      return .unreadList(error)
    }
    var run: ChangeRun?
    run = context.changes.run(changes, baseline: baseline, reservation: reservation) { index, progress in
      switch progress {
      case .sending: if changes.count > 1 { report("\(index + 1) of \(changes.count)") }
      // The others would be refused for the same redirect address.
      case .ended(.refused(let error)): if refusal(error).field == "redirect_uri" { run?.stop() }
      case .ended: break
      }
    }
    let outcomes = await run?.finish() ?? []
    var result = Result()
    for (change, outcome) in zip(changes, outcomes) { result.take(change.names.record, outcome, refusal) }
    if !result.sent.isEmpty { onSent(landing(values)) }
    if cloud == invitations.scope {
      if case .applied(let effect)? = outcomes.last(where: \.isDone), let id = effect.target.id {
        invitations.reveal(CloudInvitation.ID(rawValue: id))
      }
      if !outcomes.contains(where: \.isDone), result.part == nil { invitations.refresh() }
    }
    return settled(result, of: changes.count)
  }

  /// The outcomes of one try.
  private struct Result {
    var sent: [String] = []
    var outcomes: [String] = []
    var left: [String] = []
    var unsent: [String] = []
    /// The last problem of each field, with its address.
    var problems: [String: (address: String, message: String)] = [:]
    var part: FormModel.UnresolvedPart?

    @MainActor mutating func take(
      _ address: String, _ outcome: Outcome, _ refusal: (CloudAPIError) -> (field: String?, message: String)
    ) {
      switch outcome {
      case .applied, .alreadySo: sent.append(address)
      case .refused(let error), .notSent(.unread(let error)):
        let (field, message) = refusal(error)
        outcomes.append("\(address): \(message)")
        left.append(address)
        if let field { problems[field] = (address, message) }
      case .stale, .notSent: unsent.append(address)
      case .unresolved(let change):
        // Returns to the field only if a read shows that it wasn't sent.
        let unknown = "\(address): outcome unknown; a re-read of the list will tell."
        outcomes.append(unknown)
        part = FormModel.UnresolvedPart(
          change: change, isLast: { $0.line("email").isEmpty }, puttingBack: { InviteForm.adding(address, to: $0) },
          withoutRest: { $0.merging(["email": .text("")]) { $1 } }, outcome: unknown)
      }
    }
  }

  /// Adds the address before those in the field, unless it is among them.
  fileprivate nonisolated static func adding(_ address: String, to values: FormValues) -> FormValues {
    let rest = values.line("email")
    guard !EmailList.addresses(in: rest).contains(address) else { return values }
    return values.merging(["email": .text(rest.isEmpty ? address : "\(address), \(rest)")]) { $1 }
  }

  private func settled(_ result: Result, of count: Int) -> FormModel.Outcome {
    let (sent, unsent) = (result.sent, result.unsent)
    let rest = result.left + unsent
    if rest.isEmpty, result.part == nil { return .done("Invited \(sent.joined(separator: ", ")) to \(cloud.name).") }
    if max(sent.count, unsent.count) > Self.mostNamed { note(sent, unsent: unsent) }
    // Outcomes that need an action come first: the form may have no room for the others.
    var outcomes = result.outcomes
    if !unsent.isEmpty { outcomes.append("Not sent: \(names(unsent)). They stay in the form; press Enter to retry.") }
    if !sent.isEmpty { outcomes.append("Invited: \(names(sent)).") }
    return .partly(
      left: ["email": .text(rest.joined(separator: ", "))],
      fields: result.problems.mapValues { count > 1 ? "\($0.address): \($0.message)" : $0.message },
      outcomes: outcomes, unresolved: result.part)
  }

  /// The most addresses that the form names; the log names all.
  private static let mostNamed = 10

  private func names(_ addresses: some Collection<String>) -> String {
    let names = addresses.prefix(Self.mostNamed).joined(separator: ", ")
    let more = addresses.count - Self.mostNamed
    return more > 0 ? "\(names) and \(more) more, which the log names" : names
  }

  /// Adds the outcome of every invitation to the log.
  private func note(_ sent: [String], unsent: some Collection<String>) {
    let texts = [("Not sent", Array(unsent)), ("Invited", sent)].filter { !$0.1.isEmpty }.map { what, addresses in
      "\(what): \(addresses.joined(separator: ", "))."
    }
    context.notices.note(.information, "Invitations to \(cloud.name). \(texts.joined(separator: " "))")
  }

  private func refusal(_ error: CloudAPIError) -> (field: String?, message: String) {
    guard case .validation(let fields) = error.code else { return (nil, error.sentence) }
    if let messages = fields["redirect_uri"] { return ("redirect_uri", messages.joined(separator: " ")) }
    let messages = fields.sorted { $0.key < $1.key }.flatMap(\.value)
    return ("email", messages.isEmpty ? error.sentence : messages.joined(separator: " "))
  }
}
