import CloudAPI
import CloudChanges
import CloudViewModels

/// Reads or writes one record, and prints it.
struct SingleRecord<Record: ListedRecord, Scope: ResourceScope> {
  let resource: Resource<Record, Scope>
  private let action: Action

  private enum Action {
    case read(ReadCall<Record>)
    case write(Call, WriteOptions, AdminRule.Exception)
  }

  init(resource: Resource<Record, Scope>, call: ReadCall<Record>) {
    self.resource = resource
    action = .read(call)
  }

  init(
    resource: Resource<Record, Scope>, call: Call, write: WriteOptions, except exception: AdminRule.Exception = .none
  ) {
    self.resource = resource
    action = .write(call, write, exception)
  }

  func run(in session: CommandSession) async throws(CommandFailure) {
    // Sizes are not read here, so that their column would be empty.
    let columns = resource.columns.filter { !$0.kind.isLate }.map(\.id)
    let printer = try RecordPrinter(resource, session, standardColumns: ["id"] + columns)
    let (call, write, exception): (Call, WriteOptions, AdminRule.Exception)
    switch action {
    case .read(let call): return printer.print(try await item(of: call, in: session), context: RowContext())
    case .write(let change, let options, let allowed): (call, write, exception) = (change, options, allowed)
    }
    if write.dryRun { return try await DryRun(session).print(call) }
    try session.requireWriting(call)
    let change = Change(call, names: Change.Names(record: call.title))
    let sending = ChangeSending(session: session, options: write, admins: AdminRule(except: exception))
    let effect = try await sending.send(change)
    printer.print(try await item(effect, in: session), context: RowContext())
  }

  private func item(
    of call: ReadCall<Record>, in session: CommandSession
  ) async throws(CommandFailure) -> RecordItem<Record> {
    try await session.calling { () async throws(CloudAPIError) -> RecordItem<Record> in
      let (text, record) = try await session.connection.client.record(of: call)
      return RecordItem(text: text, record: record)
    }
  }

  /// The record from the response; if the outcome was found by reading, the current record.
  private func item(_ effect: Effect, in session: CommandSession) async throws(CommandFailure) -> RecordItem<Record> {
    if let item = RecordItem<Record>(effect) { return item }
    // The outcome was already reported: without the record, nothing is printed.
    guard let call = Call.reading(effect.target).flatMap(ReadCall<Record>.init),
      let item = try? await item(of: call, in: session)
    else { throw .reported(.done) }
    return item
  }
}

extension Call {
  /// The record of a write as messages name it: its name if it is created, else its id.
  var title: String {
    switch (operation.action, content) {
    case (.create, .cloud(let draft)): draft.name
    case (.create, .processor(let draft)): draft.name
    case (.create, .invitation(let draft)): draft.email
    default: ids.last ?? ""
    }
  }

  /// The call that reads a record; `nil` for an invitation, for which the API has none.
  fileprivate static func reading(_ target: ChangeTarget) -> Call? {
    guard let id = target.id, let operation = Operation(.read, target.kind) else { return nil }
    return Call(operation, ids: [target.cloud?.rawValue, id].compactMap { $0 }, content: nil)
  }
}
