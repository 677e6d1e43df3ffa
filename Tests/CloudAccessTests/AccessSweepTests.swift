import CloudAPI
import CloudAccess
import CloudChanges
import CloudSimulator
import CloudTestSupport
import FoundationEssentials
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct AccessSweepTests {
  /// A service of twelve clouds, and what a sweep of it delivers.
  private final class Service: Sendable {
    let simulator: Simulator
    let network = ManualClock()
    let clock = ManualClock()
    let readings = Mutex<[AccessReading]>([])
    private let log = RequestedPaths()
    private let client: CloudAPIClient

    init(edition: Simulator.Edition = .classic, faults: (@Sendable (HTTPRequest) -> Fault?)? = nil) async throws {
      simulator = Simulator(
        data: .generated(clouds: 12, users: 5), key: WorkspaceUnderTest.key, edition: edition,
        now: { WorkspaceUnderTest.start })
      await simulator.setFaults(faults)
      var configuration = CloudAPIClient.Configuration(
        baseURL: try BaseURL("http://localhost"), authorization: .bearer(Secret(WorkspaceUnderTest.key)))
      configuration.edition = edition == .classic ? .classic : .current
      let log = log
      client = CloudAPIClient(
        configuration: configuration, transport: SimulatorTransport(simulator, clock: network), clock: ManualClock(),
        observer: { event in
          if case .started = event.kind { log.append("\(event.method) \(event.path)") }
        }, now: { [clock] in WorkspaceUnderTest.start + clock.now.offset.seconds })
    }

    var lists: [AccessList] {
      (1...12).flatMap { [AccessList(.users, of: Cloud.ID($0)), AccessList(.invitations, of: Cloud.ID($0))] }
    }

    /// The requests in their order: `GET /cloud/3/user`.
    var requests: [String] { log.all }

    var index: PeopleIndex {
      var index = PeopleIndex((1...12).map { CloudReference(id: Cloud.ID($0), name: "cloud \($0)") })
      for reading in readings.withLock({ $0 }) { index.take(reading) }
      return index
    }

    func sweep(
      _ lists: [AccessList]? = nil, concurrency: Int = 4, patience: AccessSweep.Patience = .endless
    ) -> AccessSweep {
      let clock = clock
      return AccessSweep(
        lists ?? self.lists, reader: CloudReader(client), concurrency: concurrency, patience: patience, clock: clock,
        now: { WorkspaceUnderTest.start + clock.now.offset.seconds })
    }

    /// - Returns: why the sweep ended early.
    @discardableResult
    func run(_ sweep: AccessSweep) async -> CloudAPIError? {
      do throws(CloudAPIError) {
        try await sweep.run { reading in self.readings.withLock { $0.append(reading) } }
        return nil
      } catch {
        return error
      }
    }
  }

  @Test(arguments: [Simulator.Edition.classic, .current])
  func everyListIsReadOnce(edition: Simulator.Edition) async throws {
    let service = try await Service(edition: edition)
    #expect(await service.run(service.sweep()) == nil)
    #expect(service.requests.count == 24 && Set(service.requests).count == 24)
    #expect(service.index.coverage.isComplete)
    #expect(service.index.summaries().count == 60)
  }

  @Test func noMoreRequestsRunAtOnceThanAllowed() async throws {
    let service = try await Service { _ in .delay(.seconds(1)) }
    let sweep = service.sweep(concurrency: 3)
    let running = Task { await service.run(sweep) }
    for turn in 1...8 {
      await yield(until: service.network.rests.count == 3)
      #expect(service.requests.count == turn * 3)
      service.network.advance(by: .seconds(1))
    }
    #expect(await running.value == nil)
  }

  @Test func whatIsLookedAtGoesFirst() async throws {
    let service = try await Service()
    let sweep = service.sweep(concurrency: 1)
    sweep.prefer([9, 7])
    await service.run(sweep)
    #expect(
      service.requests.prefix(5) == [
        "GET /cloud/9/user", "GET /cloud/9/invitation", "GET /cloud/7/user", "GET /cloud/7/invitation",
        "GET /cloud/1/user",
      ])
    #expect(service.requests.count == 24)
  }

  @Test(arguments: [
    Fault.forbidden, .badGateway, .connectionLost(carriedOut: false),
    .reply(status: .ok, fields: [.contentType: "application/json"], body: "{\"users\": 3}"),
  ])
  func aListThatCannotBeReadIsTriedAgainAfterAllOthersAndKeptWithItsReason(fault: Fault) async throws {
    let service = try await Service { $0.path == "/cloud/2/user" ? fault : nil }
    #expect(await service.run(service.sweep(concurrency: 1)) == nil)
    #expect(service.requests.count == 25 && service.requests.last == "GET /cloud/2/user")
    #expect(service.index.coverage.text == "11 of 12 clouds, 1 unreadable")
    #expect(service.index.coverage.users.unreadable.map(\.cloud.id) == [2])
    #expect(service.readings.withLock { $0.count } == 24)
  }

  @Test func aListThatIsReadTheSecondTimeIsComplete() async throws {
    let count = Counter()
    let service = try await Service {
      $0.path == "/cloud/2/user" && count.next() == 1 ? .connectionLost(carriedOut: false) : nil
    }
    #expect(await service.run(service.sweep()) == nil)
    #expect(service.index.coverage.isComplete)
  }

  @Test func aCloudThatVanishedIsNotMissing() async throws {
    let service = try await Service()
    await service.simulator.setFaults {
      $0.path?.hasPrefix("/cloud/4/") == true
        ? .reply(status: .notFound, fields: [.contentType: "application/json"], body: "{\"detail\":\"Not found.\"}")
        : nil
    }
    #expect(await service.run(service.sweep(concurrency: 1)) == nil)
    #expect(!service.requests.contains("GET /cloud/4/invitation"))
    #expect(service.index.coverage.text == "11 clouds" && service.index.coverage.isComplete)
  }

  /// The service may hide what a key may not see behind a 404.
  @Test func invitationsThatAreHiddenDoNotMakeACloudVanish() async throws {
    let service = try await Service {
      $0.path?.hasSuffix("/invitation") == true
        ? .reply(status: .notFound, fields: [.contentType: "application/json"], body: "{\"detail\":\"Not found.\"}")
        : nil
    }
    #expect(await service.run(service.sweep()) == nil)
    #expect(service.index.coverage.text == "12 clouds, no invitations readable")
    #expect(service.index.summaries().count == 60)
  }

  @Test func aCloudThatVanishesBetweenItsTwoListsIsGone() async throws {
    let count = Counter()
    let service = try await Service { request in
      guard request.path?.hasPrefix("/cloud/4/") == true, count.next() > 1 else { return nil }
      return .reply(status: .notFound, fields: [.contentType: "application/json"], body: "{\"detail\":\"Not found.\"}")
    }
    #expect(await service.run(service.sweep(concurrency: 1)) == nil)
    #expect(service.index.coverage.text == "11 clouds" && service.index.coverage.isComplete)
    #expect(service.index.summaries().count == 55)
  }

  @Test func aRateLimitPausesTheWholeSweepUntilItsTime() async throws {
    let limited = Mutex(true)
    let service = try await Service { request in
      request.path == "/cloud/3/user" && limited.withLock { $0 } ? .throttled(retryAfter: 7) : nil
    }
    let sweep = service.sweep(concurrency: 2)
    let running = Task { await service.run(sweep) }
    await yield(until: service.clock.rests.count == 2)
    let count = service.requests.count
    #expect(count < 12)
    #expect(sweep.pausedUntil == WorkspaceUnderTest.start + 7)
    limited.withLock { $0 = false }
    service.clock.advance(by: .seconds(6))
    #expect(service.requests.count == count)
    service.clock.advance(by: .seconds(1))
    #expect(await running.value == nil)
    #expect(service.index.coverage.isComplete)
    #expect(sweep.pausedUntil == nil)
  }

  @Test func aCommandDoesNotWaitForAnHour() async throws {
    let service = try await Service { _ in .throttled(retryAfter: 3_600) }
    let error = await service.run(service.sweep(concurrency: 1, patience: .limited))
    #expect(error?.code == .rateLimited(until: WorkspaceUnderTest.start + 3_600))
    #expect(service.requests.count == 1)
  }

  @Test func aRefusedKeyEndsIt() async throws {
    let service = try await Service()
    await service.simulator.setFaults { request in
      request.path == "/cloud/5/user"
        ? .reply(status: .unauthorized, fields: [.contentType: "application/json"], body: "{\"detail\":\"Bad key.\"}")
        : nil
    }
    #expect(await service.run(service.sweep(concurrency: 1))?.code == .unauthorized)
    #expect(service.index.coverage.text == "4 of 12 clouds")
    #expect(service.requests.last == "GET /cloud/5/user")
  }

  @Test func anUnreachableServiceIsNotAskedForEachList() async throws {
    let service = try await Service { _ in .refusedConnection }
    let error = await service.run(service.sweep(concurrency: 2))
    guard case .unreachable? = error?.code else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(service.requests.count <= 4)
  }

  @Test func cancellingEndsItAtOnce() async throws {
    let service = try await Service { _ in .noAnswer(carriedOut: false) }
    let sweep = service.sweep(concurrency: 3)
    let running = Task { await service.run(sweep) }
    await yield(until: service.requests.count == 3)
    running.cancel()
    #expect(await running.value?.code == .cancelled)
    #expect(service.requests.count == 3)
    #expect(service.readings.withLock { $0.isEmpty })
  }

  @Test func cancellingDuringAPauseEndsItAtOnce() async throws {
    let service = try await Service { _ in .throttled(retryAfter: 60) }
    let sweep = service.sweep(concurrency: 1)
    let running = Task { await service.run(sweep) }
    await service.clock.waitForRest(of: .seconds(60))
    running.cancel()
    #expect(await running.value?.code == .cancelled)
    #expect(service.clock.rests.isEmpty)
  }

  @Test func whatIsLeftIsReadByTheNextSweep() async throws {
    let service = try await Service { $0.path == "/cloud/5/user" ? .noAnswer(carriedOut: false) : nil }
    let sweep = service.sweep(concurrency: 1)
    let running = Task { await service.run(sweep) }
    await yield(until: service.requests.last == "GET /cloud/5/user")
    running.cancel()
    _ = await running.value
    await service.simulator.setFaults(nil)
    let left = service.index.unread
    #expect(left.first == AccessList(.users, of: 5) && left.count == 16)
    await service.run(service.sweep(left))
    #expect(service.index.coverage.isComplete)
    #expect(service.requests.count == 25)
  }
}

/// The requests, in their order.
private final class RequestedPaths: Sendable {
  private let requests = Mutex<[String]>([])

  var all: [String] { requests.withLock { $0 } }

  func append(_ request: String) {
    requests.withLock { $0.append(request) }
  }
}
