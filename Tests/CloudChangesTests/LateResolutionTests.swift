import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

/// How long a change whose answer was lost may still be carried out: the service's time limit, counted from sending.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct LateResolutionTests {
  /// Connects for 25 s before a write is sent.
  private struct SlowConnection: Transport {
    let next: any Transport
    let clock: ManualClock

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
      if request.head.method != .get { try? await clock.sleep(for: .seconds(25)) }
      return try await next.send(request)
    }
  }

  /// Loses each write after 25 s, and doesn't tell when it was sent.
  private struct SilentNetwork: Transport {
    let next: any Transport
    let clock: ManualClock

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
      guard request.head.method != .get else { return try await next.send(request) }
      try? await clock.sleep(for: .seconds(25))
      throw .connectionLost(reason: "Connection reset by peer")
    }
  }

  private let test: WorkspaceUnderTest

  init() async throws {
    test = try await WorkspaceUnderTest()
    await test.start(at: 3)
  }

  private func runner(_ transport: any Transport) -> ChangeRunner {
    let client = CloudAPIClient(
      configuration: test.client.configuration, transport: transport, clock: ManualClock())
    return ChangeRunner(client: client, activity: test.context.activity, clock: test.clock, now: { [test] in test.now })
  }

  private func renaming(_ cloud: Cloud.ID) async throws -> Change {
    Change(
      .updateCloud(cloud, CloudPatch(name: "Late")), names: Change.Names(record: "cloud \(cloud)"),
      before: .cloud(try await test.client.getCloud(cloud)))
  }

  /// Waits for a rest on a clock, and lets it pass everywhere.
  private func pass(_ rest: Duration, on clock: ManualClock) async {
    await clock.waitForRest(of: rest)
    test.now += Double(rest.components.seconds)
    test.clock.advance(by: rest)
    test.network.advance(by: rest)
  }

  private func unresolved(_ outcome: Outcome?) throws -> UnresolvedChange {
    guard case .unresolved(let unresolved)? = outcome else { throw Missing() }
    return unresolved
  }

  private struct Missing: Error {}

  /// What is known after the second reading, 10 s after the loss.
  private func resolution(_ unresolved: UnresolvedChange) async -> Resolution? {
    await pass(.seconds(10), on: test.clock)
    await yield(until: unresolved.resolution != nil)
    return unresolved.resolution
  }

  @Test func theTimeToConnectDoesNotCount() async throws {
    await test.fail(.patch, "/cloud/3", with: .connectionLost(carriedOut: false))
    let run = runner(SlowConnection(next: test.transport, clock: test.network)).run([try await renaming(3)])
    await pass(.seconds(25), on: test.network)
    let unresolved = try unresolved(await run.finish()[0])
    #expect(unresolved.since == WorkspaceUnderTest.start + 25)
    #expect(await resolution(unresolved) == .notDoneYet(until: WorkspaceUnderTest.start + 55))
    await pass(.seconds(20), on: test.clock)
    await yield(until: unresolved.resolution == .notDone)
  }

  @Test func whereOnlyTheLossIsKnownItCountsFromThat() async throws {
    let run = runner(SilentNetwork(next: test.transport, clock: test.network)).run([try await renaming(3)])
    await pass(.seconds(25), on: test.network)
    let unresolved = try unresolved(await run.finish()[0])
    #expect(await resolution(unresolved) == .notDoneYet(until: WorkspaceUnderTest.start + 55))
  }

  /// The service had its time while its answer was waited for.
  @Test func whatWasWaitedForSinceSendingCounts() async throws {
    await test.fail(.patch, "/cloud/3", with: .noAnswer(carriedOut: false))
    let run = runner(test.transport).run([try await renaming(3)])
    await pass(.seconds(30), on: test.network)
    let unresolved = try unresolved(await run.finish()[0])
    #expect(unresolved.since == WorkspaceUnderTest.start)
    #expect(await resolution(unresolved) == .notDone)
  }

  @Test func whatIsUnresolvedWhenEverythingEndsIsReleased() async throws {
    await test.fail(.patch, "/cloud/3", with: .connectionLost(carriedOut: false))
    weak var kept: UnresolvedChange?
    do {
      let unresolved = try unresolved(await runner(test.transport).run([try await renaming(3)]).finish()[0])
      // As a form does that waits for it.
      unresolved.observe { _ in _ = unresolved.text }
      kept = unresolved
    }
    await test.clock.waitForRest(of: .seconds(10))
    #expect(kept != nil)
    test.context.activity.stop()
    await yield(until: kept == nil)
    #expect(kept == nil)
  }

  /// It is outstanding all the while, and sent long after that began.
  @Test func theWaitBehindOthersDoesNotCount() async throws {
    await test.simulator.setFaults { request in
      switch (request.method, request.path) {
      case (.patch, "/cloud/4"): .delay(.seconds(25))
      case (.patch, _): .connectionLost(carriedOut: false)
      default: nil
      }
    }
    let run = runner(test.transport).run([try await renaming(4), try await renaming(3)])
    await pass(.seconds(25), on: test.network)
    let unresolved = try unresolved(await run.finish()[1])
    #expect(await resolution(unresolved) == .notDoneYet(until: WorkspaceUnderTest.start + 55))
  }
}
