import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials

/// Removes a record after a question on the terminal, or without one after `--yes`.
struct Deletion {
  let call: Call
  let write: WriteOptions
  let delete: DeleteOptions
  let exception: AdminRule.Exception

  func run(in session: CommandSession) async throws(CommandFailure) {
    if write.dryRun { return try await DryRun(session).print(call) }
    try session.requireWriting(call)
    guard delete.yes || session.canAsk else {
      throw .usage("There is no terminal for the confirmation: --yes does it without asking.")
    }
    let unread = Change(call, names: Change.Names(record: call.title))
    // Taken before the question, whose answer may take a long time.
    let reviewed = delete.yes ? nil : session.now
    let (change, admins) = delete.yes ? (unread, [:]) : try await review(unread, in: session)
    let sending = ChangeSending(
      session: session, options: write, admins: AdminRule(except: exception, reviewed: admins))
    _ = try await sending.send(change, reviewed: reviewed)
    session.say(change.before == nil ? Self.done(unread) : change.done())
  }

  /// The message for a record that was not read: `Removed user 12.`
  private static func done(_ change: Change) -> String {
    let done = ["remove": "Removed", "withdraw": "Withdrew"][change.verb] ?? "Deleted"
    return "\(done) \(change.kind.rawValue) \(change.names.record)."
  }

  /// Reads the record and what is lost with it, and asks for confirmation.
  ///
  /// - Returns: the change with the record as read, once the user has confirmed it, and the admins of its cloud if it
  ///   removes one.
  private func review(
    _ unread: Change, in session: CommandSession
  ) async throws(CommandFailure) -> (Change, [Cloud.ID: CloudAdmins]) {
    let client = session.connection.client
    let change = try await session.calling { () async throws(CloudAPIError) -> Change in
      let cloud = if let id = unread.target.cloud { try await client.read(.getCloud(id)).name } else { String?.none }
      guard let record = try await client.read(unread.target) else {
        throw CloudAPIError(.notFound, request: "\(unread.kind.rawValue) \(unread.names.record)")
      }
      return Change(call, names: Change.Names(record: record.title, cloud: cloud), before: record)
    }
    guard let asked = ChangeQuestion([change]) else { return (change, [:]) }
    let (admins, last) = try await lastAdmin(change, in: session)
    var losses: [String] = []
    for consequence in change.consequences(isAlone: true) {
      losses += [await Review(client).finding(of: consequence, change).text].compactMap { $0 }
    }
    if losses.isEmpty, let empty = asked.emptyText { losses = [empty] }
    let question = Question(session)
    question.say([asked.title, asked.preface] + losses.map { "  " + $0 } + (last.map { ["! \($0.text)."] } ?? []))
    let isOwn = change.isAboutUser(at: session.connection.me)
    if isOwn { question.say(["! This is your own access."]) }
    let isTyped = change.kind == .cloud || session.connection.confirmsByTyping || isOwn
    let isConfirmed =
      isTyped
      ? await question.isAnswered(
        with: TypedText(TypedText.Name(title: "name", text: change.names.record), words: asked.words),
        verb: change.verb)
      : await question.isAnsweredYes(verb: change.verb)
    guard isConfirmed else { throw .declined }
    return (change, admins)
  }

  /// The admins of the cloud and what the change does to the last one, if it removes an admin.
  ///
  /// - Throws: a failure that was reported, if the cloud would have no admin left and that isn't allowed.
  private func lastAdmin(
    _ change: Change, in session: CommandSession
  ) async throws(CommandFailure) -> (admins: [Cloud.ID: CloudAdmins], last: LastAdmins?) {
    guard change.mayEndAdmin, change.before?.isAdmin == true else { return ([:], nil) }
    let review = await Review(session.connection.client).read([change], at: session.now)
    guard case .unread(let error) = review.findings[0] else {
      let found = LastAdmins.found(in: [change], admins: review.admins).first
      guard let found, exception == .none else { return (review.admins, found) }
      session.report(ErrorReport(found))
      throw .reported(.refused)
    }
    throw .api(error)
  }
}
