import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct SizeLoaderTests {
  @Test func neverMoreThanTheLimitAreReadAtOnce() async throws {
    let gauge = Gauge()
    let activity = Activity(clock: ManualClock())
    let values = SizeLoader(activity: activity, limit: 3) { id, _ throws(CloudAPIError) in
      // The first reads wait for each other: they might follow one another where the machine is busy.
      await gauge.during { repeat { await Task.yield() } while gauge.most < 3 }
      return 1
    }
    values.want((1...40).map { Cloud.ID(rawValue: String($0)) })
    await activity.idle()
    #expect(values.summary.total == 40)
    #expect(values.summary.isComplete)
    #expect(gauge.most == 3)
  }

  @Test func whatIsOnTheScreenComesFirst() async throws {
    let order = Mutex<[String]>([])
    let activity = Activity(clock: ManualClock())
    let values = SizeLoader(activity: activity, limit: 1) { id, _ throws(CloudAPIError) in
      order.withLock { $0.append(id.rawValue) }
      return 1
    }
    values.prefer([8, 7])
    values.want([1, 2, 7, 8, 9])
    await activity.idle()
    #expect(order.withLock { $0 } == ["8", "7", "1", "2", "9"])
  }

  @Test func scrollingChangesWhatComesNext() async throws {
    let order = Mutex<[String]>([])
    let activity = Activity(clock: ManualClock())
    let clock = ManualClock()
    let values = SizeLoader(activity: activity, limit: 1) { id, _ throws(CloudAPIError) in
      order.withLock { $0.append(id.rawValue) }
      if id == 1 { try? await clock.sleep(for: .seconds(1)) }
      return 1
    }
    values.want([1, 2, 3, 4])
    await clock.waitForRest(of: .seconds(1))
    values.prefer([4])
    clock.advance(by: .seconds(1))
    await activity.idle()
    #expect(order.withLock { $0 } == ["1", "4", "2", "3"])
  }

  @Test func oneThatFailsBlocksNothingAndCanBeReadAgain() async throws {
    let test = try await WorkspaceUnderTest()
    await test.fail(.get, "/cloud/2/size", with: .badGateway)
    await test.start()
    let sizes = test.workspace.sizes
    #expect(sizes[2].error?.code == .server(status: 502))
    #expect(sizes.isSettled)
    #expect(!sizes.summary.isComplete)
    #expect(
      sizes.summary.total == (1...14).compactMap { sizes[Cloud.ID(rawValue: String($0))].value?.bytes }.reduce(0, +))
    #expect(sizes.summary.largest == 1_319_413_953_331)
    #expect((1...14).filter { sizes[Cloud.ID(rawValue: String($0))].value != nil }.count == 13)
    await test.heal()
    test.workspace.refreshClouds()
    await test.idle()
    #expect(sizes[2].value == 863_288_426_496)
  }

  @Test func oldSizesStayWhileNewOnesAreRead() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    let before = test.workspace.sizes[1].value
    await test.simulator.setFaults { $0.path?.hasSuffix("/size") == true ? .delay(.seconds(1)) : nil }
    test.workspace.refreshClouds()
    #expect(test.workspace.sizes[1].value == before)
    await test.network.waitForRest(of: .seconds(1))
    #expect(test.workspace.sizes[1].value == before)
    await test.heal()
    await yield(until: test.workspace.sizes.isSettled) { test.network.advance(by: .seconds(1)) }
    await test.idle()
  }

  @Test func anAnswerThatComesAsItsCloudGoesIsDropped() async throws {
    let activity = Activity(clock: ManualClock())
    let (asked, ask) = AsyncStream.makeStream(of: CheckedContinuation<Void, Never>.self)
    let values = SizeLoader(activity: activity, limit: 4) { _, _ throws(CloudAPIError) in
      await withCheckedContinuation { _ = ask.yield($0) }
      return 7
    }
    values.want([1])
    var questions = asked.makeAsyncIterator()
    await questions.next()?.resume()
    values.want([])
    await activity.idle()
    #expect(values.isSettled)
    #expect(values[1].value == nil)
    #expect(values.summary.total == 0)
  }

  @Test func aSizeThatWasGivenUpAndIsWantedAgainIsReadAgain() async throws {
    let activity = Activity(clock: ManualClock())
    let clock = ManualClock()
    let values = SizeLoader(activity: activity, limit: 4) { id, _ throws(CloudAPIError) in
      do { try await clock.sleep(for: .seconds(1)) } catch { throw CloudAPIError(.cancelled, request: "GET") }
      return 7
    }
    values.want([1])
    await clock.waitForRest(of: .seconds(1))
    values.want([])
    values.want([1])
    await clock.waitForRest(of: .seconds(1))
    clock.advance(by: .seconds(1))
    await activity.idle()
    #expect(values[1].value == 7)
  }

  @Test func aSizeThatChangedWhileItWasReadIsReadOnceMore() async throws {
    let activity = Activity(clock: ManualClock())
    let clock = ManualClock()
    let size = Mutex<Int64>(1)
    let values = SizeLoader(activity: activity, limit: 4) { id, _ throws(CloudAPIError) in
      let answer = size.withLock { $0 }
      if answer == 1 { try? await clock.sleep(for: .seconds(1)) }
      return CloudSize(bytes: answer)
    }
    values.want([1])
    await clock.waitForRest(of: .seconds(1))
    size.withLock { $0 = 2 }
    values.reload([1])
    clock.advance(by: .seconds(1))
    await activity.idle()
    #expect(values[1].value == 2)
  }

  @Test func whatIsNoLongerListedIsForgotten() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    _ = try await test.client.deleteCloud(1)
    test.workspace.clouds.refresh()
    await test.idle()
    #expect(test.workspace.sizes[1] == .waiting)
  }
}

/// Counts how many tasks run at once, and the maximum.
private final class Gauge: Sendable {
  private let state = Mutex((now: 0, most: 0))

  var most: Int { state.withLock { $0.most } }

  func during(_ work: () async -> Void) async {
    state.withLock {
      $0.now += 1
      $0.most = max($0.most, $0.now)
    }
    await work()
    state.withLock { $0.now -= 1 }
  }
}
