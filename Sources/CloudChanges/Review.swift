public import CloudAPI
public import FoundationEssentials

/// Reads what the user must know before changes are sent: the current records, and what is lost.
public struct Review: Sendable {
  private let client: CloudReader

  /// The most records of a cloud that are read one by one; for more, their list is read once.
  private static let readOneByOne = 8

  public init(_ client: CloudReader) {
    self.client = client
  }

  /// The current records of the changes, in the same order; `nil` for a record that is gone or doesn't exist yet.
  public func records(of changes: [Change]) async throws(CloudAPIError) -> [Snapshot?] {
    var found: [ChangeTarget: Snapshot] = [:]
    for (_, targets) in Dictionary(grouping: Set(changes.map(\.target)), by: List.init) {
      for record in try await read(targets) { found[record.target] = record.snapshot }
    }
    return changes.map { found[$0.target] }
  }

  private struct List: Hashable {
    let kind: RecordKind
    let cloud: Cloud.ID?

    init(_ target: ChangeTarget) {
      kind = target.kind
      cloud = target.cloud
    }
  }

  private typealias Found = (target: ChangeTarget, snapshot: Snapshot)

  /// - Parameter targets: records of the same list.
  private func read(_ targets: [ChangeTarget]) async throws(CloudAPIError) -> [Found] {
    guard let first = targets.first else { return [] }
    // The API has no request for a single invitation.
    guard first.kind != .invitation, targets.count <= Self.readOneByOne else {
      let wanted = Set(targets.compactMap(\.id))
      return try await client.readAll(first.kind, in: first.cloud) { wanted.contains($0.id) }
        .map { (ChangeTarget($0, in: first.cloud), $0) }
    }
    let results = await withTaskGroup(of: Result<Found?, CloudAPIError>.self) { group in
      for target in targets { group.addTask { await read(target) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var found: [Found] = []
    for result in results { if let record = try result.get() { found.append(record) } }
    return found
  }

  private func read(_ target: ChangeTarget) async -> Result<Found?, CloudAPIError> {
    do throws(CloudAPIError) {
      return .success(try await client.read(target).map { (target, $0) })
    } catch {
      return .failure(error)
    }
  }

  /// The ids in the lists where the changes create records; `nil` if they create none or a list can't be read.
  public func baseline(of changes: [Change], at now: Date) async throws(CloudAPIError) -> Baseline? {
    let lists = Set(changes.filter(\.isNew).map { List($0.target) })
    guard !lists.isEmpty else { return nil }
    var ids: Set<String> = []
    for list in lists {
      do throws(CloudAPIError) {
        ids.formUnion(try await client.readAll(list.kind, in: list.cloud).map(\.id))
      } catch {
        if case .forbidden = error.code { return nil }
        throw error
      }
    }
    return Baseline(ids: ids, asOf: now)
  }

  /// The text of a consequence, with a question mark for what can't be read.
  ///
  /// - Parameter others: returns the other records of the list, some of which may lose something; `nil` to read them.
  public func text(
    of consequence: Change.Consequence, _ change: Change, others: (@Sendable () async -> [Snapshot])? = nil
  ) async -> String {
    let cloud = Cloud.ID(rawValue: change.call.ids.first ?? "")
    switch consequence {
    case .text(let text): return text
    case .files:
      let size = try? await client.read(.getCloudSize(cloud))
      return (size?.bytes.map { ByteText.format($0) } ?? "?") + " of files"
    case .users:
      return Count.text((try? await client.read(.getCloudUsers(cloud)))?.count, "user's access", "users' access")
    case .invitations:
      return Count.text((try? await client.read(.getCloudInvitations(cloud)))?.count, "invitation", "invitations")
    case .orphans:
      let all: [Snapshot]? =
        if let others { await others() } else { try? await client.readAll(.processor, in: change.target.cloud) }
      return Self.orphans(of: change.target.id ?? "", among: all)
    }
  }

  private static func orphans(of id: String, among all: [Snapshot]?) -> String {
    guard let all else { return "? processors that run after it" }
    let children = all.compactMap(Processor.init).filter { $0.parentProcessors.contains { $0.rawValue == id } }
      .map(\.name)
    if children.isEmpty { return "nothing runs after it" }
    return children.joined(separator: ", ") + (children.count == 1 ? " loses its parent" : " lose this parent")
  }
}
