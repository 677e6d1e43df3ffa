import CloudAPI
import Synchronization

extension Resource {
  /// Reads a list and returns all records after the last has arrived.
  public func records(_ client: CloudReader, _ scope: Scope) async throws(CloudAPIError) -> [Record] {
    let collected = Collected<Record>()
    try await list(client, scope) { collected.append($0) }
    return collected.all
  }

  /// Reads a list into a table off the main actor.
  ///
  /// - Parameter publisher: receives partial tables, and is finished at the end of the list.
  /// - Returns: the table of what arrived, and the error if it is incomplete.
  @concurrent
  func readTable(
    _ client: CloudReader, _ scope: Scope, clock: any Clock<Duration>,
    _ publisher: AsyncStream<RecordTable<Record>>.Continuation
  ) async -> (table: RecordTable<Record>, error: CloudAPIError?) {
    defer { publisher.finish() }
    let assembly = StreamingTableBuilder(RecordTable(self), clock: clock) { publisher.yield($0) }
    async let building: Void = assembly.run()
    var failure: CloudAPIError?
    do throws(CloudAPIError) {
      try await list(client, scope) { assembly.add($0) }
    } catch {
      failure = error
    }
    let table = assembly.finish()
    await building
    return (table, failure)
  }
}

/// Records that arrive in parts.
private final class Collected<Record: Sendable>: Sendable {
  private let records = Mutex<[Record]>([])

  var all: [Record] { records.withLock { $0 } }

  func append(_ more: [Record]) {
    records.withLock { $0 += more }
  }
}
