import CloudAPI
import CloudViewModels

/// Sends a call that answers with one record, and prints it.
struct SingleRecord<Record: ListedRecord, Scope: ResourceScope> where Record.ID == Identifier<Record> {
  let resource: Resource<Record, Scope>
  let call: Call
  /// For a call that writes.
  var write: WriteOptions?

  func run(in session: CommandSession) async throws(CommandFailure) {
    let printer = try RecordPrinter(resource, session)
    if let write, write.dryRun { return try await DryRun(session).print(call) }
    let item = try await session.calling { () async throws(CloudAPIError) -> RecordItem<Record>? in
      guard let text = try await session.connection.client.json(of: call) else { return nil }
      return try RecordItem(
        text: text,
        record: text.decode(name: resource.names.singular, request: call.operation.documentedName))
    }
    if let item { printer.print(item, context: RowContext()) }
  }
}
