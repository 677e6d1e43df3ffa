import CloudAPI
import CloudViewModels

/// Prints the sizes of the clouds named.
struct SizeListing {
  let ids: [Cloud.ID]

  func run(in session: CommandSession) async throws(CommandFailure) {
    var seen: Set<Cloud.ID> = []
    let ids = ids.filter { seen.insert($0).inserted }
    let sizes = await LateSizes(client: session.connection.client, limit: session.connection.concurrency).read(ids)
    if Task.isCancelled { throw .api(CloudAPIError(.cancelled, request: "clouds size")) }
    let read = ids.filter { sizes[$0]?.text != nil }
    switch session.format {
    case .json: json(read, sizes, in: session)
    case .table: table(read, sizes, in: session)
    case .csv: separated(.csv, read, sizes, in: session)
    case .tsv: separated(.tsv, read, sizes, in: session)
    }
    let failures = ids.compactMap { sizes[$0]?.state.error }
    guard !failures.isEmpty else { return }
    for failure in failures { session.report(failure) }
    throw .reported(failures.reduce(.done) { $0.orWorse($1.exitStatus) })
  }

  private func json(_ read: [Cloud.ID], _ sizes: [Cloud.ID: LateSizes.Reading], in session: CommandSession) {
    if ids.count == 1 {
      if let text = read.first.flatMap({ sizes[$0]?.text }) { session.output.line(text.description) }
      return
    }
    let members = read.compactMap { id in sizes[id]?.text.map { "\"\(id)\":\($0)" } }
    session.output.line("{" + members.joined(separator: ",") + "}")
  }

  private func table(_ read: [Cloud.ID], _ sizes: [Cloud.ID: LateSizes.Reading], in session: CommandSession) {
    let table = TextTable(
      columns: [
        TextTable.Column(title: "ID", kind: .text, leaves: 0), TextTable.Column(title: "SIZE", kind: .bytes, leaves: 0),
      ],
      rows: read.map { [$0.rawValue, FieldValue.bytes(sizes[$0]?.state ?? .waiting).plainText()] },
      textWidth: session.terminal.textWidth)
    let header: TextTable.Header = session.options.noHeader ? .none : session.terminal.hasColors ? .bold : .plain
    for line in table.lines(width: session.terminal.width, header: header) { session.output.line(line) }
  }

  private func separated(
    _ style: SeparatedValues.Style, _ read: [Cloud.ID], _ sizes: [Cloud.ID: LateSizes.Reading],
    in session: CommandSession
  ) {
    let values = SeparatedValues(style: style, guardsFormulas: !session.options.allowFormulas)
    if !session.options.noHeader { session.output.write(values.line(["id", "size"])) }
    for id in read {
      session.output.write(
        values.line([id.rawValue, FieldValue.bytes(sizes[id]?.state ?? .waiting).machineText]))
    }
  }
}
