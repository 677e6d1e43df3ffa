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
    let namesSize = session.format != .json && session.options.columns?.contains("size") == true
    let areSizesWanted = areSizesWanted || selection.uses("size") || namesSize
    guard areSizesWanted || session.options.columns != nil || session.format == .json else {
      // Without sizes, their column would be empty.
      return try await listing.run(in: session, columns: resource.columns.map(\.id).filter { $0 != "size" })
    }
    guard areSizesWanted else { return try await listing.run(in: session) }

    let printer = try RecordPrinter(resource, session)
    let items = try await listing.read(in: session)
    let sizes = await LateSizes(client: session.connection.client, limit: session.connection.concurrency)
      .read(items.map(\.record.id).filter { !$0.isMissing })
    if Task.isCancelled { throw .api(CloudAPIError(.cancelled, request: "clouds list")) }
    let context = RecordListing<Cloud, EveryCloud>.context(of: items) { sizes[$0]?.state ?? .waiting }
    printer.print(selection.apply(to: items, context: context), context: context) { item in
      item.text.addingSize(sizes[item.record.id]?.text)
    }
    try session.report(items.compactMap { sizes[$0.record.id]?.error })
  }
}
