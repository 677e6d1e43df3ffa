public import CloudAPI
import Synchronization

extension CloudReader {
  /// Reads one record, on its own if the API can, else from its list.
  ///
  /// - Returns: the record; `nil` if it doesn't exist.
  public func read(_ target: ChangeTarget) async throws(CloudAPIError) -> Snapshot? {
    guard let id = target.id else { return nil }
    do throws(CloudAPIError) {
      switch (target.kind, target.cloud) {
      case (.cloud, _): return .cloud(try await read(.getCloud(Cloud.ID(rawValue: id))))
      case (.user, let cloud?): return .user(try await read(.getCloudUser(cloud, User.ID(rawValue: id))))
      case (.processor, let cloud?):
        return .processor(try await read(.cloudProcessorRead(cloud, Processor.ID(rawValue: id))))
      case (.invitation, _), (_, nil): return try await readFromList(target)
      }
    } catch  where error.code == .notFound {
      return nil
    } catch  where error.isForeignNotFound {
      // The 404 page of a gateway says nothing about the record; the list does.
      return try await readFromList(target)
    }
  }

  private func readFromList(_ target: ChangeTarget) async throws(CloudAPIError) -> Snapshot? {
    try await readAll(target.kind, in: target.cloud) { $0.id == target.id }.first
  }

  /// Reads a list and returns the records that match.
  ///
  /// - Parameter cloud: the cloud of the records; `nil` for the list of clouds.
  func readAll(
    _ kind: RecordKind, in cloud: Cloud.ID?, where isWanted: @escaping @Sendable (Snapshot) -> Bool = { _ in true }
  ) async throws(CloudAPIError) -> [Snapshot] {
    let kept = KeptRecords(isWanted)
    switch (kind, cloud) {
    case (.user, let cloud?): try await records(of: .getCloudUsers(cloud)) { kept.add($0) }
    case (.invitation, let cloud?):
      try await records(of: .getCloudInvitations(cloud)) { kept.add($0) }
    case (.processor, let cloud?):
      try await records(of: .cloudProcessorList(cloud)) { kept.add($0) }
    case (.cloud, _), (_, nil): try await records(of: .getClouds) { kept.add($0) }
    }
    return kept.all
  }
}

/// Collects records that arrive in parts.
private final class KeptRecords: Sendable {
  private let records = Mutex<[Snapshot]>([])
  private let isWanted: @Sendable (Snapshot) -> Bool

  init(_ isWanted: @escaping @Sendable (Snapshot) -> Bool) {
    self.isWanted = isWanted
  }

  var all: [Snapshot] { records.withLock { $0 } }

  func add(_ more: [some ServiceRecord]) {
    let wanted = more.map(\.snapshot).filter(isWanted)
    if !wanted.isEmpty { records.withLock { $0 += wanted } }
  }
}
