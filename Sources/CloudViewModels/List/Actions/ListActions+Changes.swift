import CloudAPI
import CloudChanges
import FoundationEssentials

// Converts the records of a list to the values that changes work with.
extension ListActions {
  /// Makes a change of one of the records.
  func change(_ call: Call, of record: Record, in scope: Scope) -> Change {
    Change(call, names: names(resource.title(record), in: scope), before: record.snapshot)
  }

  /// - Parameter record: the name of the record, or the name that it will have.
  func names(_ record: String, in scope: Scope) -> Change.Names {
    // Only processors refer to other records, and a cloud has few of them.
    let others = resource.parents == nil ? [] : list.records.map { ($0.id.rawValue, resource.title($0)) }
    return Change.Names(
      record: record, cloud: scope.cloud?.name, others: Dictionary(others, uniquingKeysWith: { first, _ in first }))
  }

  func target(_ id: Record.ID, in scope: Scope) -> ChangeTarget {
    ChangeTarget(Record.kind, in: scope.cloud?.id, .id(id.rawValue))
  }

  /// The ids of the list when it was last read; `nil` if it was not read.
  private func baseline(in scope: Scope) -> Baseline? {
    guard scope == self.scope, let asOf = list.status.asOf else { return nil }
    return Baseline(ids: Set(list.records.map(\.id.rawValue)), asOf: asOf)
  }

  /// What the list holds just before changes make records in it: as it was read last, or read anew where that is too long
  /// ago. A colleague's record made since could be taken for ours.
  ///
  /// - Returns: `nil` where the key may not list.
  func currentBaseline(of changes: [Change], in scope: Scope) async throws(CloudAPIError) -> Baseline? {
    let now = context.now()
    if let known = baseline(in: scope), now.timeIntervalSince(known.asOf) <= ChangeRunner.reviewLife { return known }
    return try await Review(context.client).baseline(of: changes, at: now)
  }

  /// When the rows were read, which counts as the review of a change; `distantPast` unless the whole list was read.
  func reviewed(in scope: Scope) -> Date { scope == self.scope ? list.status.asOf ?? .distantPast : .distantPast }

  /// The difference between two readings of a record, in words.
  func difference(from old: Snapshot, to new: Snapshot) -> String {
    old.difference(to: new) { [resource, list] id in
      list.record(Record.ID(rawValue: id)).map(resource.title) ?? "\(Record.kind.rawValue) \(id)"
    }
  }

  /// Reads one record, on its own if the API can, else from the list; `nil` if it no longer exists.
  func reread(_ id: Record.ID, in scope: Scope) async throws(CloudAPIError) -> Record? {
    try await context.client.read(target(id, in: scope)).flatMap(Record.init)
  }

  /// The ids of those of the records that are still marked.
  func marked(of records: [Record]) -> [Record.ID] {
    records.map { $0.id }.filter(isMarked)
  }

  func isMarked(_ id: Record.ID) -> Bool {
    list.contents.table.place(of: id).map(marks.contains) ?? false
  }
}

extension FormModel.Outcome {
  /// Nothing was sent, because its list could not be read before.
  static func unreadList(_ error: CloudAPIError) -> FormModel.Outcome {
    .refused(fields: [:], other: "The list could not be read, so nothing was sent. \(error.sentence)")
  }
}
