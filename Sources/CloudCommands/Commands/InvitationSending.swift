import CloudAPI
import CloudChanges
import CloudViewModels
import Synchronization

/// Sends invitations, each once, and reports each outcome.
struct InvitationSending {
  let cloud: Cloud.ID
  /// The arguments as given; one may hold several addresses, and `-` stands for those on standard input.
  let emails: [String]
  let redirect: RedirectOption
  /// The content of each invitation except the address and the redirect address.
  let draft: CloudInvitationDraft
  let write: WriteOptions

  func run(in session: CommandSession) async throws(CommandFailure) {
    let redirect = try redirectAddress(session)
    let people = try await ListedWords(emails, from: session.environment.input, split: EmailList.addresses) {
      $0.lowercased()
    }
    try people.require("an e-mail address", EmailList.isAddress)
    let addresses = people.texts
    guard !addresses.isEmpty else { throw .usage("There is no e-mail address to invite.") }
    let printer = try RecordPrinter(.invitations, session)
    let changes = addresses.map { address in
      var draft = draft
      (draft.email, draft.redirectURI) = (address, redirect.text)
      return Change(.inviteCloudUser(cloud, draft), names: Change.Names(record: address))
    }
    if write.dryRun {
      for change in changes { try await DryRun(session).print(change.call) }
      return
    }
    if let first = changes.first { try session.requireWriting(first.call) }
    try await send(changes, printer, in: session)
  }

  /// The address in the settings may be for another cloud.
  private func redirectAddress(_ session: CommandSession) throws(CommandFailure) -> RedirectAddress {
    let text = try redirect.address(session)
    return redirect.redirectURI == nil
      ? RedirectAddress(text, leadingTo: cloud) { _ in false } : RedirectAddress(text, for: cloud)
  }

  private func send(
    _ changes: [Change], _ printer: RecordPrinter<CloudInvitation, CloudScope>, in session: CommandSession
  ) async throws(CommandFailure) {
    // All invitations are sent even if the reader of the output is gone.
    session.output.goOnWithoutReader()
    let endings = await ChangeSending(session: session, options: write).send(changes) { effect in
      guard session.format == .table, case .now(.invitation(let invitation)) = effect.state else { return }
      session.output.line(PlainText.harmless("Invited \(invitation.email) (invitation \(invitation.id))."))
    }
    var sent: [RecordItem<CloudInvitation>] = []
    for case .done(let effect) in endings {
      if let item = await item(effect, in: session) { sent.append(item) }
    }
    switch session.format {
    case .table: break
    case .json where changes.count == 1:
      if let item = sent.first { printer.print(item, context: RowContext()) }
    case .json, .csv, .tsv: printer.print(sent, context: RowContext())
    }
    try report(zip(changes, endings), in: session)
  }

  /// The invitation with the service's own JSON; if the outcome was found by reading, the JSON comes from the list.
  private func item(_ effect: Effect, in session: CommandSession) async -> RecordItem<CloudInvitation>? {
    if let item = RecordItem<CloudInvitation>(effect) { return item }
    let found = Mutex<RecordItem<CloudInvitation>?>(nil)
    try? await session.connection.client.records(of: .getCloudInvitations(cloud)) { texts in
      for text in texts {
        let record = try? text.decode(CloudInvitation.self, name: "invitation", request: "")
        guard let record, record.id.rawValue == effect.target.id else { continue }
        found.withLock { $0 = RecordItem(text: text, record: record) }
      }
    }
    return found.withLock { $0 }
  }

  /// Reports the errors, and what was not sent.
  ///
  /// - Throws: the worst status, if there are errors.
  private func report(
    _ endings: some Sequence<(Change, ChangeSending.Ending)>, in session: CommandSession
  ) throws(CommandFailure) {
    var status = ExitStatus.done
    for case (let change, .failed(let report)) in endings {
      session.report(report.about(change.names.record))
      status = status.orWorse(ExitStatus(rawValue: report.exitStatus) ?? .unavailable)
    }
    guard status != .done else { return }
    for case (let change, .notSent) in endings {
      session.report(
        ErrorReport(
          code: "not_sent",
          message: "\(change.names.record): not invited: nothing was sent, because the run ended with the failure "
            + "before. Send it again once that is fixed.", status: status))
    }
    throw .reported(status)
  }
}
