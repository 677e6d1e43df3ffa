import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials

/// Removes a record after a question on the terminal, or without one after `--yes`.
struct Deletion {
  let call: Call
  let write: WriteOptions
  let delete: DeleteOptions

  func run(in session: CommandSession) async throws(CommandFailure) {
    if write.dryRun { return try await DryRun(session).print(call) }
    try session.requireWriting(call)
    guard delete.yes || session.canAsk else {
      throw .usage("There is no terminal for the confirmation: --yes does it without asking.")
    }
    let unread = Change(call, names: Change.Names(record: call.title))
    // Taken before the question, whose answer may take a long time.
    let reviewed = delete.yes ? nil : session.now
    let change = delete.yes ? unread : try await review(unread, in: session)
    _ = try await ChangeSending(session: session, options: write).send(change, reviewed: reviewed)
    session.say(change.before == nil ? Self.done(unread) : change.done())
  }

  /// The message for a record that was not read: `Removed user 12.`
  private static func done(_ change: Change) -> String {
    let done = ["remove": "Removed", "withdraw": "Withdrew"][change.verb] ?? "Deleted"
    return "\(done) \(change.kind.rawValue) \(change.names.record)."
  }

  /// Reads the record and what is lost with it, and asks for confirmation.
  ///
  /// - Returns: the change with the record as read, once the user has confirmed it.
  private func review(_ unread: Change, in session: CommandSession) async throws(CommandFailure) -> Change {
    let client = session.connection.client
    let change = try await session.calling { () async throws(CloudAPIError) -> Change in
      let cloud = if let id = unread.target.cloud { try await client.read(.getCloud(id)).name } else { String?.none }
      guard let record = try await client.read(unread.target) else {
        throw CloudAPIError(.notFound, request: "\(unread.kind.rawValue) \(unread.names.record)")
      }
      return Change(call, names: Change.Names(record: record.title, cloud: cloud), before: record)
    }
    guard let asked = ChangeQuestion([change]) else { return change }
    var losses: [String] = []
    for consequence in change.consequences(isAlone: true) {
      losses.append(await Review(client).text(of: consequence, change))
    }
    let question = Question(session)
    question.say([asked.title, asked.preface] + losses.map { "  " + $0 })
    let isTyped = change.kind == .cloud || session.connection.confirmsByTyping
    let isConfirmed =
      isTyped
      ? await question.isAnswered(with: change.names.record, or: call.title, verb: change.verb)
      : await question.isAnsweredYes(verb: change.verb)
    guard isConfirmed else { throw .declined }
    return change
  }
}
