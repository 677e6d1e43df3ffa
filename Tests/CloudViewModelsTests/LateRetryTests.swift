import CloudAPI
import CloudChanges
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

/// Sizes that couldn't be read are retried automatically, with a single request while the service is in trouble.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct LateRetryTests {
  /// A service for sizes whose failures are set by the test.
  private final class Service: Sendable {
    private struct State {
      var asked: [Cloud.ID] = []
      var failures: [Cloud.ID: CloudAPIError.Code] = [:]
      var failure: CloudAPIError.Code?
    }
    private let state = Mutex(State())

    func size(of id: Cloud.ID) throws(CloudAPIError) -> CloudSize {
      let failure = state.withLock { state in
        state.asked.append(id)
        return state.failures[id] ?? state.failure
      }
      if let failure { throw CloudAPIError(failure, request: "GET /cloud/\(id)/size") }
      return 1
    }

    func fail(_ failure: CloudAPIError.Code?) { state.withLock { $0.failure = failure } }
    func fail(_ id: Cloud.ID, _ failure: CloudAPIError.Code) { state.withLock { $0.failures[id] = failure } }

    /// The clouds requested since the last call.
    func takeAsked() -> [Cloud.ID] {
      state.withLock { state in
        defer { state.asked = [] }
        return state.asked
      }
    }
  }

  private let service = Service()
  private let clock = ManualClock()
  private let activity = Activity(clock: ManualClock())
  private let ids = (1...40).map { Cloud.ID(rawValue: String($0)) }
  private let start = Date(timeIntervalSince1970: 1_558_616_657)

  private func values() -> SizeLoader {
    let (service, start) = (service, start)
    let read: @Sendable (Cloud.ID, RequestSweep?) async throws(CloudAPIError) -> CloudSize = {
      id, _ throws(CloudAPIError) in
      try service.size(of: id)
    }
    return SizeLoader(activity: activity, clock: clock, now: { start }, limit: 4, read: read)
  }

  private func pass(_ rest: Duration, until condition: () -> Bool) async {
    await clock.waitForRest(of: rest)
    clock.advance(by: rest)
    await yield(until: condition())
    await activity.idle()
  }

  @Test func aServiceThatAskedToWaitIsAskedForNothingUntilThen() async throws {
    service.fail(.rateLimited(until: start + 37))
    let values = values()
    values.want(ids)
    await activity.idle()
    #expect(service.takeAsked().count == 4)
    #expect(values.isSettled)
    #expect(values.trouble?.nextTry == start + 37)
    service.fail(nil)
    await pass(.seconds(37)) { values.trouble == nil }
    let asked = service.takeAsked()
    #expect(asked.count == 40)
    #expect(Set(asked) == Set(ids))
    #expect(values.summary.isComplete)
    #expect(clock.rests.isEmpty)
  }

  @Test func aServiceThatIsAwayIsAskedForOneAloneEachTimeAfterALongerRest() async throws {
    service.fail(.unreachable(reason: "no route"))
    let values = values()
    values.want(ids)
    await activity.idle()
    #expect(service.takeAsked().count == 4)
    let since = values.trouble?.since
    for rest in [5, 10, 20, 40, 60, 60] {
      #expect(values.trouble?.nextTry == start + Double(rest))
      var asked: [Cloud.ID] = []
      await pass(.seconds(rest)) {
        asked += service.takeAsked()
        return !asked.isEmpty
      }
      #expect(asked.count == 1)
      #expect(service.takeAsked().isEmpty)
    }
    #expect(values.trouble?.since == since)
    service.fail(nil)
    await pass(.seconds(60)) { values.trouble == nil }
    #expect(service.takeAsked().count == 40)
    #expect(values.summary.isComplete)
  }

  @Test func aBrokenOneHoldsUpNoOther() async throws {
    service.fail(3, .server(status: 500))
    service.fail(4, .server(status: 500))
    let values = values()
    values.want(ids)
    await activity.idle()
    #expect(Set(service.takeAsked()) == Set(ids))
    #expect(values.summary.total == 38)
    // Either may fail first: both are read at the same time.
    var first: [Cloud.ID] = []
    await pass(.seconds(5)) {
      first += service.takeAsked()
      return !first.isEmpty
    }
    #expect(first == [3] || first == [4])
    let other: Cloud.ID = first == [3] ? 4 : 3
    service.fail(other, .forbidden(scope: nil))
    await pass(.seconds(10)) { service.takeAsked() == [other] }
    // A permanent failure isn't retried.
    await pass(.seconds(20)) { service.takeAsked() == first }
    await pass(.seconds(40)) { service.takeAsked() == first }
    #expect(values.trouble != nil)
  }

  @Test func whatIsAskedForByHandIsNotTriedAgainByItselfAsWell() async throws {
    service.fail(.timedOut)
    let values = values()
    values.want([1, 2])
    await activity.idle()
    await clock.waitForRest(of: .seconds(5))
    service.fail(nil)
    _ = service.takeAsked()
    values.reload([1, 2])
    await activity.idle()
    #expect(service.takeAsked().count == 2)
    #expect(values.trouble == nil)
    #expect(clock.rests.isEmpty)
  }
}
