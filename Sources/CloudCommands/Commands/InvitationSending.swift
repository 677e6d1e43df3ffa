import CloudAPI
import CloudViewModels
import Synchronization

/// Sends invitations, each once, and says what became of each.
struct InvitationSending {
  let cloud: Cloud.ID
  /// As they were written; one text may hold several, and `-` stands for those on standard input.
  let emails: [String]
  let redirectURI: String?
  /// What each of them is sent, but for the addresses.
  let draft: CloudInvitationDraft
  let write: WriteOptions

  func run(in session: CommandSession) async throws(CommandFailure) {
    let redirect = try redirect(session.connection.redirectURI)
    let people = try await ListedWords(emails, split: EmailList.addresses) { $0.lowercased() }
    try people.require("an e-mail address", EmailList.isAddress)
    let addresses = people.texts
    guard !addresses.isEmpty else { throw .usage("There is no e-mail address to invite.") }
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
      let item = try await send(call, to: address, in: session)
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

  /// Sends one. Where its answer is about something else, the list decides: an address has one invitation at most.
  private func send(
    _ call: Call, to address: String, in session: CommandSession
  ) async throws(CloudAPIError) -> RecordItem<CloudInvitation> {
    let client = session.connection.client
    do {
      let (text, invitation) = try await client.record(of: call, as: CloudInvitation.self)
      return RecordItem(text: text, record: invitation)
    } catch {
      let landing = redirectURI ?? session.connection.redirectURI
      guard case .outcomeUnknown(.badResponse) = error.code,
        let found = await pending(address, leadingTo: landing, client)
      else { throw error }
      session.report(
        ErrorReport(
          code: "read_again", message: "\(address): \(error.message) The list shows the invitation.", status: .done))
      return found
    }
  }

  /// The invitation of an address that leads where it was to lead, read from the list.
  private func pending(
    _ address: String, leadingTo landing: String?, _ client: CloudAPIClient
  ) async -> RecordItem<CloudInvitation>? {
    let found = Mutex<RecordItem<CloudInvitation>?>(nil)
    do throws(CloudAPIError) {
      try await client.records(of: .getCloudInvitations(cloud)) { texts in
        for text in texts {
          let record = try? text.decode(CloudInvitation.self, name: "invitation", request: "")
          guard let record, record.email.lowercased() == address.lowercased(),
            record.redirectURI ?? landing == landing, draft.role == nil || record.role == draft.role
          else { continue }
          found.withLock { $0 = RecordItem(text: text, record: record) }
        }
      }
    } catch {
      return nil
    }
    return found.withLock { $0 }
  }
}
