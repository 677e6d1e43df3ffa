import CloudAPI
import Synchronization

extension CloudAPIClient {
  /// Sends a change, once.
  ///
  /// - Parameter sending: records when the change is sent.
  func send(_ change: Change, telling sending: LastSending) async throws(CloudAPIError) -> Effect {
    try await telling { sending.begin() }.labelled(.change(change.log)).send(change)
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

/// When a change was last sent, as reported by the transport.
final class LastSending: Sendable {
  private let clock: any Clock<Duration>
  private let stopwatch = Mutex<(@Sendable () -> Duration)?>(nil)

  init(_ clock: any Clock<Duration>) {
    self.clock = clock
  }

  /// The time since then; `nil` if the transport didn't report it.
  var elapsed: Duration? { stopwatch.withLock { $0 }?() }

  func begin() {
    stopwatch.withLock { $0 = clock.stopwatch() }
  }
}
