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
