import CloudAPI
import CloudViewModels

/// Sends a call that answers with one record, and prints it.
struct SingleRecord<Record: ListedRecord, Scope: ResourceScope> where Record.ID == Identifier<Record> {
  let resource: Resource<Record, Scope>
  let call: Call
  /// For a call that writes.
  var write: WriteOptions?

  func run(in session: CommandSession) async throws(CommandFailure) {
    // What arrives late wasn't read: a column of nothing would say that there is nothing.
    let columns = resource.columns.filter { $0.kind != .bytes }.map(\.id)
    let printer = try RecordPrinter(resource, session, standardColumns: ["id"] + columns)
    if let write, write.dryRun { return try await DryRun(session).print(call) }
    let item = try await session.calling { () async throws(CloudAPIError) -> RecordItem<Record> in
      let client = session.connection.client
      do throws(CloudAPIError) {
        let (text, record) = try await client.record(of: call, as: Record.self)
        return RecordItem(text: text, record: record)
      } catch {
        // A proxy's status tells nothing of an edit: the record does.
        guard error.isAnswered, let (text, record) = await client.record(asSentBy: call, as: Record.self) else {
          throw error
        }
        let message = "\(error.request): \(error.message) Read again, the record is as it was sent."
        session.report(ErrorReport(code: "read_again", message: message, status: .done))
        return RecordItem(text: text, record: record)
      }
    }
    printer.print(item, context: RowContext())
  }
}
