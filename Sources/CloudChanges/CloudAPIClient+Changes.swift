public import CloudAPI
import Synchronization

extension CloudAPIClient {
  /// Reads one record, on its own if the API can, else from its list.
  ///
  /// - Returns: the record; `nil` if it doesn't exist.
  public func read(_ target: ChangeTarget) async throws(CloudAPIError) -> Snapshot? {
    guard let id = target.id else { return nil }
    do throws(CloudAPIError) {
      switch (target.kind, target.cloud) {
      case (.cloud, _): return .cloud(try await getCloud(Cloud.ID(rawValue: id)))
      case (.user, let cloud?): return .user(try await getCloudUser(cloud, User.ID(rawValue: id)))
      case (.processor, let cloud?):
        return .processor(try await cloudProcessorRead(cloud, Processor.ID(rawValue: id)))
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
    case (.user, let cloud?): try await records(of: .getCloudUsers(cloud), as: User.self) { kept.add($0) }
    case (.invitation, let cloud?):
      try await records(of: .getCloudInvitations(cloud), as: CloudInvitation.self) { kept.add($0) }
    case (.processor, let cloud?):
      try await records(of: .cloudProcessorList(cloud), as: Processor.self) { kept.add($0) }
    case (.cloud, _), (_, nil): try await records(of: .getClouds, as: Cloud.self) { kept.add($0) }
    }
    return kept.all
  }

  /// Sends a change, once.
  ///
  /// - Parameter sending: is told when it is sent.
  func send(_ change: Change, telling sending: LastSending) async throws(CloudAPIError) -> Effect {
    try await telling { sending.begin() }.send(change)
  }

  private func send(_ change: Change) async throws(CloudAPIError) -> Effect {
    let call = change.call
    func now<Record: ServiceRecord>(_ type: Record.Type) async throws(CloudAPIError) -> Effect {
      let (json, record) = try await self.record(of: call, as: type)
      let target = ChangeTarget(record.snapshot, in: change.target.cloud)
      return Effect(target, .now(record.snapshot), json: json)
    }
    switch (change.action, change.kind) {
    case (.remove, _):
      _ = try await json(of: call)
      return Effect(change.target, .gone)
    case (.createDemo, _):
      let (json, project) = try await record(of: call, as: Project.self)
      return Effect(change.target, .readAgain, json: json, made: project.name)
    case (_, .cloud): return try await now(Cloud.self)
    case (_, .user): return try await now(User.self)
    case (_, .invitation): return try await now(CloudInvitation.self)
    case (_, .processor): return try await now(Processor.self)
    }
  }
}

/// When a change was sent last, as far as the transport tells.
final class LastSending: Sendable {
  private let clock: any Clock<Duration>
  private let stopwatch = Mutex<(@Sendable () -> Duration)?>(nil)

  init(_ clock: any Clock<Duration>) {
    self.clock = clock
  }

  /// The time since then; `nil` where nobody told.
  var elapsed: Duration? { stopwatch.withLock { $0 }?() }

  func begin() {
    stopwatch.withLock { $0 = clock.stopwatch() }
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
