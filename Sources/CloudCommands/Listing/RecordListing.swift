import CloudAPI
import CloudChanges
import CloudViewModels
import Synchronization

/// A record that commands list.
typealias ListedRecord = ServiceRecord & TableRecord & ListRecord

/// Reads a list and prints it.
struct RecordListing<Record: ListedRecord, Scope: ResourceScope> {
  let resource: Resource<Record, Scope>
  let call: ReadCall<[Record]>
  let options: ListOptions

  /// - Parameter columns: the default columns besides the id; `nil` for the pane's.
  func run(in session: CommandSession, columns: [String]? = nil) async throws(CommandFailure) {
    let printer = try RecordPrinter(resource, session, standardColumns: columns.map { ["id"] + $0 })
    let selection = try RecordSelection(resource, options)
    if session.format == .json, selection.isEverything { return try await stream(in: session) }
    let items = try await read(in: session)
    let context = Self.context(of: items)
    let selected = selection.apply(to: items, context: context)
    printer.print(selected.items, context: context)
    session.report(unknownCount: selected.unknownCount, of: resource.names)
  }

  /// The records of the list, each with its JSON.
  func read(in session: CommandSession) async throws(CommandFailure) -> [RecordItem<Record>] {
    let texts = RecordTexts()
    return try await session.calling { () async throws(CloudAPIError) in
      try await session.connection.client.records(of: call) { texts.append($0) }
      let records = try JSONText.decode(
        texts.all, as: Record.self, name: resource.names.plural, request: call.operation.documentedName)
      return zip(texts.all, records).map { RecordItem(text: $0, record: $1) }
    }
  }

  /// The other records of the list, which columns may need.
  static func context(
    of items: [RecordItem<Record>],
    late: @escaping @Sendable (Record.ID) -> LoadState<Record.LateValue> = { _ in .waiting }
  ) -> RowContext<Record> {
    let records = Dictionary(items.map { ($0.record.id, $0.record) }, uniquingKeysWith: { first, _ in first })
    return RowContext(late: late, record: { records[$0] })
  }

  private func stream(in session: CommandSession) async throws(CommandFailure) {
    let list = JSONListOutput(session.output)
    do throws(CloudAPIError) {
      try await session.connection.client.records(of: call) { list.add($0.map(\.bytes)) }
    } catch {
      list.breakOff()
      await session.output.flush()
      throw .api(error)
    }
    list.end()
  }
}

/// Collects the records of a list while they arrive.
private final class RecordTexts: Sendable {
  private let texts = Mutex<[JSONText]>([])

  var all: [JSONText] { texts.withLock { $0 } }

  func append(_ more: [JSONText]) {
    texts.withLock { $0 += more }
  }
}

/// A record with the JSON that it was read from.
struct RecordItem<Record: Sendable>: Sendable {
  let text: JSONText
  let record: Record
}

extension RecordItem where Record: ServiceRecord {
  /// - Returns: `nil` if the effect contains no record.
  init?(_ effect: Effect) {
    guard let text = effect.json, case .now(let snapshot) = effect.state, let record = Record(snapshot) else {
      return nil
    }
    self.init(text: text, record: record)
  }
}
