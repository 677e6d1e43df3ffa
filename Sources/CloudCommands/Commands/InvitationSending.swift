import CloudAPI
import CloudViewModels

/// Sends invitations, each once, and says what became of each.
struct InvitationSending {
  let cloud: Cloud.ID
  /// As they were written; one text may hold several.
  let emails: [String]
  let redirectURI: String?
  /// What each of them is sent, but for the addresses.
  let draft: CloudInvitationDraft
  let write: WriteOptions

  func run(in session: CommandSession) async throws(CommandFailure) {
    let addresses = EmailList.addresses(in: emails.joined(separator: " "))
    guard !addresses.isEmpty else { throw .usage("There is no e-mail address to invite.") }
    let redirect = try redirect(session.connection.redirectURI)
    let printer = try RecordPrinter(.invitations, session)
    let calls = addresses.map { address in
      var draft = draft
      (draft.email, draft.redirectURI) = (address, redirect.text)
      return (address, Call.inviteCloudUser(cloud, draft))
    }
    if write.dryRun {
      for (_, call) in calls { try await DryRun(session).print(call) }
      return
    }
    try await send(Dictionary(uniqueKeysWithValues: calls), addresses, printer, in: session)
  }

  /// What was given, else the settings' address, which may have been written for another cloud.
  private func redirect(_ setting: String?) throws(CommandFailure) -> RedirectAddress {
    guard let text = redirectURI ?? setting, !text.isEmpty else {
      throw .usage("Where do they land when they accept? --redirect-uri URI says it.")
    }
    return redirectURI == nil
      ? RedirectAddress(text, leadingTo: cloud) { _ in false } : RedirectAddress(text, for: cloud)
  }

  private func send(
    _ calls: [String: Call], _ addresses: [String], _ printer: RecordPrinter<CloudInvitation, CloudScope>,
    in session: CommandSession
  ) async throws(CommandFailure) {
    var sent: [RecordItem<CloudInvitation>] = []
    var batch = Batch(session)
    await batch.run(addresses) { address throws(CloudAPIError) in
      guard let call = calls[address] else { return }
      let (text, invitation) = try await session.connection.client.record(of: call, as: CloudInvitation.self)
      let item = RecordItem(text: text, record: invitation)
      sent.append(item)
      if session.format == .table {
        session.output.line(PlainText.harmless("Invited \(item.record.email) (invitation \(item.record.id))."))
      }
    }
    switch session.format {
    case .table: break
    case .json where addresses.count == 1:
      if let item = sent.first { printer.print(item, context: RowContext()) }
    case .json, .csv, .tsv: printer.print(sent, context: RowContext())
    }
    try batch.end(skipping: "invited")
  }
}
