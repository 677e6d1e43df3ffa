import CloudAPI
import CloudViewModels

/// Prints the sizes of the given clouds, and how much more they may hold if the service tells.
struct SizeListing {
  /// Without duplicates.
  let ids: [Cloud.ID]

  /// One row: a cloud with its size, as far as it is known.
  private struct Row: RowRecord {
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
    let line =
      isOne
      ? texts.first?.text.description
      : "{" + texts.map { "\(JSONString.quoted($0.id.rawValue)):\($0.text)" }.joined(separator: ",") + "}"
    if let line { session.output.write(HarmlessJSON.escaped(Array((line + "\n").utf8))) }
  }

  private func print(_ rows: [Row], in session: CommandSession) {
    var columns: [Column<Row>] = [
      Column("id", .id, leaves: 0) { .text($0.id.rawValue) },
      Column("size", .bytes) { .bytes(.loaded($0.size)) },
    ]
    if rows.contains(where: { $0.size.quota != nil }) {
      columns += [
        Column("quota", .bytes) { .size($0.size.quota?.capacity) },
        Column("remaining", .bytes) { .size($0.size.quota?.remaining) },
        Column("remaining_percent", .text) { row in
          .optional(row.size.quota?.remainingPercent.map { String($0) })
        },
      ]
    }
    session.print(rows.map { row in columns.map { $0.value(row, RowContext()) } }, under: columns.map(\.header))
  }
}

extension FieldValue {
  /// A number of bytes; an empty value if it is unknown.
  fileprivate static func size(_ bytes: Int64?) -> FieldValue {
    bytes.map { .bytes(.loaded(CloudSize(bytes: $0))) } ?? .none
  }
}

/// Reads the sizes of many clouds concurrently.
struct LateSizes: Sendable {
  /// The result for one cloud.
  enum Reading: Sendable {
    /// - text: as the API wrote it.
    case read(text: JSONText, CloudSize)
    case failed(CloudAPIError)

    /// `nil` if the size couldn't be read.
    var text: JSONText? {
      if case .read(let text, _) = self { text } else { nil }
    }

    var size: CloudSize? {
      if case .read(_, let size) = self { size } else { nil }
    }

    var error: CloudAPIError? {
      if case .failed(let error) = self { error } else { nil }
    }

    /// The size as columns show it.
    var state: LoadState<CloudSize> {
      switch self {
      case .read(_, let size): .loaded(size)
      case .failed(let error): .failed(error)
      }
    }
  }

  let client: CloudReader
  /// The most requests in flight.
  let limit: Int

  /// Reads the sizes. If the service limits requests until a stated time, the remaining ones fail with the same error.
  ///
  /// - Parameter ids: without duplicates; the first are read first.
  func read(_ ids: [Cloud.ID]) async -> [Cloud.ID: Reading] {
    await withTaskGroup(of: (Cloud.ID, Reading).self) { group in
      var readings: [Cloud.ID: Reading] = [:]
      var left = ids[...]
      for id in left.prefix(limit) { group.addTask { (id, await read(id)) } }
      left = left.dropFirst(limit)
      while let (id, reading) = await group.next() {
        readings[id] = reading
        if let error = reading.error, case .rateLimited(_?) = error.code {
          for id in left { readings[id] = .failed(error) }
          left = []
        }
        if let next = left.popFirst() { group.addTask { (next, await read(next)) } }
      }
      return readings
    }
  }

  private func read(_ id: Cloud.ID) async -> Reading {
    do throws(CloudAPIError) {
      let (text, size) = try await client.record(of: .getCloudSize(id))
      return .read(text: text, size)
    } catch {
      return .failed(error)
    }
  }
}

extension CommandSession {
  /// Reports which sizes couldn't be read.
  ///
  /// - Throws: the worst status, if there are failures.
  func report(_ failures: [CloudAPIError]) throws(CommandFailure) {
    guard !failures.isEmpty else { return }
    var said: Set<CloudAPIError> = []
    for failure in failures where said.insert(failure).inserted { report(failure) }
    throw .reported(failures.reduce(.done) { $0.orWorse($1.exitStatus) })
  }
}
