import CloudAPI
import CloudViewModels

/// Deletes a record after a question on the terminal, or without one where `--yes` says so.
struct Deletion<Record: ListedRecord, Scope: ResourceScope> where Record.ID == Identifier<Record> {
  let resource: Resource<Record, Scope>
  let call: Call
  let id: Record.ID
  /// Reads what the record belongs to, for the question.
  let scope: @Sendable (CloudAPIClient) async throws(CloudAPIError) -> Scope
  let write: WriteOptions
  let delete: DeleteOptions

  func run(in session: CommandSession) async throws(CommandFailure) {
    if write.dryRun { return try await DryRun(session).print(call) }
    try session.requireWriting(call)
    guard delete.yes || session.canAsk else {
      throw .usage("There is no terminal to ask on whether to do this: --yes does it without asking.")
    }
    let record = delete.yes ? nil : try await ask(in: session)
    try await session.calling { () async throws(CloudAPIError) in try await send(session.connection.client) }
    guard session.format != .json else { return }
    let done =
      record.flatMap { resource.removal?.done($0) }
      ?? "\(Self.past(resource.removal?.verb)) \(resource.names.singular) \(id)."
    session.output.line(PlainText.harmless(done))
  }

  /// Sends it; where an answer doesn't tell what became of it, the list does, as far as the record is gone.
  private func send(_ client: CloudAPIClient) async throws(CloudAPIError) {
    do {
      _ = try await client.json(of: call)
    } catch {
      guard error.isAnswered, let scope = try? await scope(client),
        let records = try? await resource.records(client, scope)
      else { throw error }
      if records.contains(where: { $0.id == id }) {
        let detail = [error.detail, "read again, it is still there"].compactMap { $0 }.joined(separator: "; ")
        throw CloudAPIError(error.code, request: error.request, detail: detail)
      }
      if error.isForeignNotFound { throw CloudAPIError(.notFound, request: error.request) }
    }
  }

  private static func past(_ verb: String?) -> String {
    switch verb {
    case "remove": "Removed"
    case "withdraw": "Withdrew"
    default: "Deleted"
    }
  }

  /// Returns once the person confirmed it.
  private func ask(in session: CommandSession) async throws(CommandFailure) -> Record? {
    guard let removal = resource.removal else { return nil }
    let client = session.connection.client
    let (scope, record, others) = try await session.calling { () async throws(CloudAPIError) in
      try await read(client)
    }
    var losses: [String] = []
    for loss in removal.losses { losses.append(await loss(client, scope, record, others)) }
    let question = Question(session)
    question.say([removal.question(record, scope), removal.preface] + losses.map { "  " + $0 })
    let isTyped = removal.confirmation == .typedName || session.connection.confirmsByTyping
    let isConfirmed =
      isTyped
      ? await question.isAnswered(with: resource.title(record), or: id.rawValue, verb: removal.verb)
      : await question.isAnsweredYes(verb: removal.verb)
    guard isConfirmed else { throw .declined }
    return record
  }

  /// The record as it is now, what it belongs to, and what else is there as far as that tells what is lost.
  private func read(_ client: CloudAPIClient) async throws(CloudAPIError) -> (Scope, Record, RecordList<Record>) {
    let scope = try await scope(client)
    if let get = resource.get {
      let record = try await get(client, scope, id)
      let others = resource.parents == nil ? nil : try? await resource.records(client, scope)
      return (scope, record, RecordList(others ?? []))
    }
    let all = try await resource.records(client, scope)
    guard let record = all.first(where: { $0.id == id }) else {
      throw CloudAPIError(.notFound, request: "\(resource.names.singular) \(id)")
    }
    return (scope, record, RecordList(all))
  }
}
