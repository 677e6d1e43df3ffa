import CloudAPI
import CloudViewModels

/// Lists the clouds, with their sizes if they are needed.
struct CloudListing {
  let options: ListOptions
  let areSizesWanted: Bool

  func run(in session: CommandSession) async throws(CommandFailure) {
    let resource = Resource<Cloud, EveryCloud>.clouds
    let listing = RecordListing(resource: resource, call: .getClouds, options: options)
    let selection = try RecordSelection(resource, options)
    let printer = try RecordPrinter(resource, session)
    let areSizesWanted = areSizesWanted || selection.needsLateValues || printer.printsLateValues
    guard areSizesWanted || session.options.columns != nil || session.format == .json else {
      // Without sizes, their column would be empty.
      return try await listing.run(in: session, columns: resource.columns.filter { !$0.kind.isLate }.map(\.id))
    }
    guard areSizesWanted else { return try await listing.run(in: session) }

    let items = try await listing.read(in: session)
    let sizes = await LateSizes(client: session.connection.client, limit: session.connection.concurrency)
      .read(items.map(\.record.id).filter { !$0.isMissing })
    if Task.isCancelled { throw .api(CloudAPIError(.cancelled, request: "clouds list")) }
    let context = RecordListing<Cloud, EveryCloud>.context(of: items) { sizes[$0]?.state ?? .waiting }
    let selected = selection.apply(to: items, context: context)
    printer.print(selected.items, context: context) { item in item.text.addingSize(sizes[item.record.id]?.text) }
    session.report(unknownCount: selected.unknownCount, of: resource.names)
    try session.report(items.compactMap { sizes[$0.record.id]?.error })
  }
}
