import CloudAPI
import CloudViewModels

/// Prints the sizes of the clouds named, and how much more they may hold where the service tells.
struct SizeListing {
  /// Each once.
  let ids: [Cloud.ID]

  /// One line: a cloud and what is known of its size.
  private struct Row: Identifiable, Sendable {
    let id: Cloud.ID
    let size: CloudSize
  }

  func run(in session: CommandSession) async throws(CommandFailure) {
    let readings = await LateSizes(client: session.connection.client, limit: session.connection.concurrency).read(ids)
    if Task.isCancelled { throw .api(CloudAPIError(.cancelled, request: "clouds size")) }
    if session.format == .json {
      json(ids.compactMap { id in readings[id]?.text.map { (id, $0) } }, isOne: ids.count == 1, in: session)
    } else {
      print(ids.compactMap { id in readings[id]?.size.map { Row(id: id, size: $0) } }, in: session)
    }
    try session.report(ids.compactMap { readings[$0]?.error })
  }

  private func json(_ texts: [(id: Cloud.ID, text: JSONText)], isOne: Bool, in session: CommandSession) {
    if isOne {
      if let text = texts.first?.text { session.output.line(text.description) }
    } else {
      session.output.line("{" + texts.map { "\"\($0.id)\":\($0.text)" }.joined(separator: ",") + "}")
    }
  }

  private func print(_ rows: [Row], in session: CommandSession) {
    var columns: [OutputColumn<Row>] = [
      OutputColumn("id", .text, leaves: 0) { .text($0.id.rawValue) },
      OutputColumn("size", .bytes) { .bytes(.loaded($0.size)) },
    ]
    if rows.contains(where: { $0.size.quota != nil }) {
      columns += [
        OutputColumn("quota", .bytes) { .size($0.size.quota?.capacity) },
        OutputColumn("remaining", .bytes) { .size($0.size.quota?.remaining) },
        OutputColumn("remaining_percent", .text) { row in
          .optional(row.size.quota?.remainingPercent.map { String($0) })
        },
      ]
    }
    session.print(rows.map { row in columns.map { $0.value(row, RowContext()) } }, under: columns.map(\.heading))
  }
}

extension FieldValue {
  /// A number of bytes; nothing where none is known.
  fileprivate static func size(_ bytes: Int64?) -> FieldValue {
    bytes.map { .bytes(.loaded(CloudSize(bytes: $0))) } ?? .none
  }
}
