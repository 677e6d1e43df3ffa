import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct NoticeBoardTests {
  @Test func aNoticeGoesAfterTenSecondsOrWithTheNextKey() async throws {
    let test = try await WorkspaceUnderTest()
    let board = test.context.notices
    board.say(.done, "Saved.")
    await test.clock.waitForRest(of: .seconds(10))
    #expect(board.current?.text == "Saved.")
    await test.pass(.seconds(10)) { board.current == nil }
    board.say(.information, "Nothing was changed.")
    board.keyPressed()
    #expect(board.current == nil)
    #expect(board.history.map(\.text) == ["Saved.", "Nothing was changed."])
  }

  @Test func aLaterNoticeHasTenSecondsOfItsOwn() async throws {
    let test = try await WorkspaceUnderTest()
    let board = test.context.notices
    board.say(.done, "First")
    await test.clock.waitForRest(of: .seconds(10))
    test.clock.advance(by: .seconds(9))
    board.say(.done, "Second")
    await test.clock.waitForRest(of: .seconds(10))
    test.clock.advance(by: .seconds(9))
    #expect(board.current?.text == "Second")
    await test.pass(.seconds(1)) { board.current == nil }
  }

  @Test(arguments: [Notice.Kind.failure, .unknown])
  func whatFailedStaysUntilItIsDismissed(kind: Notice.Kind) async throws {
    let test = try await WorkspaceUnderTest()
    let board = test.context.notices
    board.say(kind, "Trouble")
    board.keyPressed()
    #expect(board.current?.text == "Trouble")
    #expect(test.clock.rests == [])
    board.dismiss()
    #expect(board.current == nil)
  }

  @Test func theHistoryIsBounded() async throws {
    let test = try await WorkspaceUnderTest()
    for number in 1...600 { test.context.notices.say(.failure, String(number)) }
    #expect(test.context.notices.history.count == 500)
    #expect(test.context.notices.history.first?.text == "101")
  }
}

@MainActor
@Suite(.timeLimit(.minutes(5))) struct WriteLedgerTests {
  @Test func quittingCanSayWhichWritesAreUnanswered() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    await test.simulator.setFaults { $0.method == .get ? nil : .noAnswer(carriedOut: true) }
    let form = try #require(test.workspace.clouds.actions.creationForm())
    form.set(.text("Slow"), for: "name")
    form.submit()
    await test.until { test.context.changes.outstanding.unanswered.count == 1 }
    let invite = try #require(test.workspace.inviteForm())
    invite.set(.text("a@x.example"), for: "email")
    invite.submit()
    await test.until { test.context.changes.outstanding.unanswered.count == 2 }
    #expect(
      test.context.changes.outstanding.unanswered == ["create cloud \"Slow\"", "invite a@x.example to Haussmann Tower"])
    await yield(until: test.network.rests == [.seconds(30), .seconds(30)])
    test.network.advance(by: .seconds(30))
    await test.idle()
    #expect(test.context.changes.outstanding.unanswered == [])
  }
}

@MainActor
@Suite(.timeLimit(.minutes(5))) struct RequestLogTests {
  @Test func everyRequestIsListedWithHowItEnded() async throws {
    let test = try await WorkspaceUnderTest(.empty)
    await test.fail(.get, "/cloud", with: .badGateway)
    await test.start()
    let log = test.workspace.requests
    await test.until { log.entries.last?.ending != nil }
    let entry = try #require(log.entries.last)
    #expect(entry.method == "GET")
    #expect(entry.path == "/cloud")
    #expect(entry.time == test.now)
    guard case .failed(let error, _) = entry.ending else {
      Issue.record("\(entry)")
      return
    }
    #expect(error.code == .server(status: 502))
    #expect(log.inFlight == 0)
  }

  @Test func whatIsInFlightIsCountedOnceItTakesLong() async throws {
    let test = try await WorkspaceUnderTest(.empty, faults: { _ in .noAnswer(carriedOut: true) })
    test.workspace.start()
    let log = test.workspace.requests
    await test.until { log.inFlight == 1 }
    #expect(log.waiting(longerThan: 0.3, at: test.now) == 0)
    #expect(log.waiting(longerThan: 0.3, at: test.now + 0.4) == 1)
    test.workspace.clouds.cancelReading()
    await test.until { log.inFlight == 0 }
  }

  @Test func aRequestInFlightIsKeptWhenLaterOnesFillTheLog() async throws {
    let activity = Activity(clock: ManualClock())
    let log = RequestLog(activity: activity, now: { Date(timeIntervalSince1970: 0) })
    func report(_ id: Int, _ kind: RequestEvent.Kind) {
      log.observer(RequestEvent(id: id, method: "GET", path: "/cloud", attempt: 1, kind: kind))
    }
    report(1, .started)
    for id in 2...601 {
      report(id, .started)
      report(id, .finished(status: 200, bytes: 2, .zero))
    }
    await yield(until: log.entries.last?.id == 601 && log.inFlight == 1)
    #expect(log.entries.map(\.id) == [1] + Array(103...601))
    #expect(log.waiting(longerThan: 1, at: Date(timeIntervalSince1970: 2)) == 1)
    report(1, .finished(status: 200, bytes: 2, .zero))
    await yield(until: log.inFlight == 0)
    #expect(log.entries.first?.ending == .answered(status: 200, bytes: 2, .zero))
  }

  @Test func writesStayWhenReadsFillTheLogAndTheTextOfExchangesIsBounded() async throws {
    let activity = Activity(clock: ManualClock())
    let log = RequestLog(activity: activity, now: { Date(timeIntervalSince1970: 0) })
    let secrets = KnownSecrets()
    let body = String(repeating: "x", count: 900_000)
    let transport = log.traced(AnsweringTransport(body: body), secrets: secrets)
    func send(_ id: Int, _ method: HTTPRequest.Method, _ purpose: RequestPurpose?) async throws {
      func report(_ kind: RequestEvent.Kind) {
        log.observer(
          RequestEvent(
            id: id, method: method.rawValue, path: "/cloud", attempt: 1, purpose: purpose, kind: kind))
      }
      report(.started)
      var request = TransportRequest(
        head: HTTPRequest(method: method, scheme: "http", authority: "localhost", path: "/cloud"))
      request.number = id
      for try await _ in try await transport.send(request).body {}
      report(.finished(status: 200, bytes: body.utf8.count, .zero))
    }
    for id in 1...8 { try await send(id, .post, .change("Clouds: — → \(id)")) }
    for id in 9...700 { try await send(id, .get, nil) }
    await yield(until: log.lastID == 700 && log.inFlight == 0)
    let writes = log.entries.filter(\.isWrite)
    #expect(writes.map(\.change) == (1...8).map { "Clouds: — → \($0)" })
    #expect(log.entries.count == 508)
    let size = log.entries.reduce(0) { $0 + ($1.exchange?.utf8.count ?? 0) }
    #expect(size <= 4 << 20 && size > 2 << 20, "\(size)")
    // Of reads the first 4 KB are kept, of writes everything, the latest ones.
    let read = try #require(log.entries.last?.exchange)
    #expect(read.utf8.count < 5_000 && read.contains("… (900000 bytes)"))
    #expect(writes.last?.exchange?.contains(body) == true && writes.first?.exchange == nil)
  }

  @Test func aSweepCountsEachRequestOnce() async throws {
    let log = RequestLog(activity: Activity(clock: ManualClock()), now: { Date(timeIntervalSince1970: 0) })
    func report(_ id: Int, _ cloud: Int, round: Int, _ kind: RequestEvent.Kind) {
      let sweep = RequestSweep(id: RequestSweep.ID(kind: "sizes", number: round), clouds: 300)
      log.observer(
        RequestEvent(
          id: id, method: "GET", path: "/cloud/\(cloud)/size", attempt: 1, purpose: .sweep(sweep), kind: kind))
    }
    let error = CloudAPIError(.server(status: 502), request: "GET /cloud/1/size")
    for cloud in 1...300 {
      report(cloud, cloud, round: 1, .started)
      report(cloud, cloud, round: 1, cloud <= 3 ? .failed(error, .zero) : .finished(status: 200, bytes: 2, .zero))
    }
    // One that failed is read later.
    report(301, 3, round: 1, .started)
    await yield(until: log.lastID == 301)
    #expect(log.sweeps.map(\.text) == ["sizes of 300 clouds, 297 read, 3 failed, 1 in flight"])
    report(301, 3, round: 1, .finished(status: 200, bytes: 2, .zero))
    report(302, 1, round: 2, .started)
    report(302, 1, round: 2, .finished(status: 200, bytes: 2, .zero))
    await yield(until: log.lastID == 302 && log.inFlight == 0)
    #expect(
      log.sweeps.map(\.text) == ["sizes of 300 clouds, 298 read, 2 failed", "sizes of 300 clouds, 1 read"])
    #expect(log.entries.isEmpty)
  }

  @Test func noRequestShowsTheKey() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    await test.until { test.workspace.requests.inFlight == 0 }
    #expect(!"\(test.workspace.requests.entries)".contains(WorkspaceUnderTest.key))
  }
}

@MainActor
@Suite(.timeLimit(.minutes(5))) struct ActivityTests {
  @Test func aWaitIsShownAfter300MillisecondsAndNothingWakesAtIdle() async throws {
    let clock = ManualClock()
    let activity = Activity(clock: clock)
    let work = ManualClock()
    var changes = 0
    activity.onChange = { changes += 1 }
    activity.run { try? await work.sleep(for: .seconds(60)) }
    await clock.waitForRest(of: .milliseconds(300))
    #expect(changes == 0)
    clock.advance(by: .milliseconds(300))
    await clock.waitForRest(of: .milliseconds(300))
    #expect(changes == 1)
    await work.waitForRest(of: .seconds(60))
    work.advance(by: .seconds(60))
    await activity.idle()
    await yield(until: clock.rests.isEmpty)
    #expect(changes == 1)
  }
}

/// Answers every request with the same body.
private struct AnsweringTransport: Transport {
  let body: String

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    TransportResponse(head: HTTPResponse(status: .ok), body: ResponseBody(Array(body.utf8)))
  }

  func forgetConnections() {}
}
