import CloudAPI
import CloudAccess
import CloudChanges

/// Makes the form that invites people to several clouds. Nothing is sent by it: a question lists the invitations first.
@MainActor
struct BulkInviteForm {
  let context: ModelContext
  let clouds: [CloudReference]
  /// The addresses to begin with.
  let addresses: [String]
  /// The redirect address to begin with, which may name one of the clouds.
  let redirect: String
  let fields: InvitationFields
  /// Whether a cloud with that id exists.
  let isKnown: (Cloud.ID) -> Bool
  /// Called with the question and the redirect address.
  let ask: @MainActor (QuestionModel, String) -> Void

  func model() -> FormModel {
    FormModel(
      FormModel.Definition(
        title: "Invite \(fields.hasRoles ? "" : "administrators ")to \(Count.text(clouds.count, "cloud", "clouds"))",
        verb: "continue",
        fields: [fields.email, InvitationFields.redirect] + fields.roles,
        values: ["email": .text(addresses.joined(separator: ", ")), "redirect_uri": .text(redirect)]
          .merging(fields.roleValues) { $1 },
        check: check, remarks: remarks, send: { values, _, _ in send(values) }), context: context)
  }

  private func landing(_ text: String, in cloud: Cloud.ID) -> String {
    RedirectAddress(text, leadingTo: cloud, isKnown: isKnown).text
  }

  private func check(_ values: FormValues) -> [String: String] {
    var problems: [String: String] = [:]
    problems["email"] = InvitationFields.problem(EmailList.addresses(in: values.line("email")))
    let longest = clouds.map { landing(values.line("redirect_uri"), in: $0.id) }.max { $0.count < $1.count } ?? ""
    problems["redirect_uri"] = InvitationFields.redirectProblem(longest)
    return problems
  }

  private func remarks(_ values: FormValues) -> [String: String] {
    let addresses = EmailList.addresses(in: values.line("email"))
    let count = addresses.count(where: EmailList.isAddress) * clouds.count
    let names = clouds.prefix(3).map(\.name).joined(separator: ", ")
    let more = clouds.count > 3 ? " and \(clouds.count - 3) more" : ""
    var remarks: [String: String] = [:]
    let mails = count == 0 ? "" : ": up to \(Count.text(count, "e-mail", "e-mails"))"
    let parts = [
      InvitationFields.peopleText(addresses), "to \(names)\(more)\(mails)",
      fields.hasRoles ? nil : "each becomes an administrator",
    ]
    remarks["email"] = parts.compactMap { $0 }.joined(separator: "; ")
    remarks["redirect_uri"] = redirectRemark(values.line("redirect_uri"))
    return remarks
  }

  private func redirectRemark(_ text: String) -> String? {
    guard let first = clouds.first, let last = clouds.last, !text.isEmpty else { return nil }
    let differs = landing(text, in: first.id) != landing(text, in: last.id)
    return [
      differs
        ? "for \(first.name): \(landing(text, in: first.id))"
        : clouds.count > 1 ? "the same page for every cloud; {cloud} stands for the cloud's id" : nil,
      InvitationFields.schemeRemark(text),
    ].compactMap { $0 }.joined(separator: "; ")
  }

  private func send(_ values: FormValues) -> FormModel.Outcome {
    let redirect = values.line("redirect_uri")
    let changes = clouds.flatMap { cloud in
      EmailList.addresses(in: values.line("email")).map { address in
        let draft = fields.draft(for: address, redirect: landing(redirect, in: cloud.id), values)
        return Change(.inviteCloudUser(cloud.id, draft), names: Change.Names(record: address, cloud: cloud.name))
      }
    }
    guard let question = QuestionModel.acrossClouds(changes, context: context) else { return .unchanged }
    ask(question, redirect)
    return .asked
  }
}
