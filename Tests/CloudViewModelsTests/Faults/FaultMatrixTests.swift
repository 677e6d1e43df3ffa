import CloudAPI
import CloudChanges
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

@testable import CloudSimulator

/// Combines every fault of the simulator with every gesture that writes: no gesture writes twice to a record, and
/// finally the screen shows the truth.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct FaultMatrixTests {
  /// Two clouds of the demo: enough for every gesture, and quick to read.
  nonisolated private static let data = DataSet(clouds: DataSet.demo.clouds.filter { [3, 4].contains($0.record.id) })

  nonisolated private static let writing: [HTTPRequest.Method] = [.post, .put, .patch, .delete]

  @Test(arguments: FaultUnderTest.ofConnections)
  func noFaultMakesAGestureWriteTwiceOrHidesTheTruth(fault: FaultUnderTest) async throws {
    for gesture in Gesture.allCases {
      let test = try await WorkspaceUnderTest(Self.data)
      await test.start(at: 3)
      let send = try await gesture.prepare(test)
      let specs = try Self.writing.map { try FaultSpec("\(fault):\($0.rawValue)") }
      await test.simulator.setFaultPlan(FaultPlan(specs))
      let time = Task { await fault.passTime(test) }
      send()
      // Pressing the key again doesn't send it again.
      send()
      send()
      await test.idle()
      time.cancel()
      await test.simulator.setFaultPlan(.none)
      await fault.settle(test)
      await expectNoneTwice(test, gesture, "\(fault)")
      try await expectVerdict(test, gesture, "\(fault)")
      try await expectTruth(test, gesture, "\(fault)")
    }
  }

  @Test(arguments: FaultUnderTest.ofConnections)
  func noFaultMakesABatchWriteTwiceOrHidesTheTruth(fault: FaultUnderTest) async throws {
    let test = try await WorkspaceUnderTest(Self.data)
    await test.start(at: 3)
    let users = test.workspace.users
    for _ in 0..<3 { users.toggleMark() }
    guard let batch = users.actions.question(of: .delete, about: .marked) else {
      Issue.record("Three marked users are several.")
      return
    }
    await test.idle()
    // The first request succeeds; the later ones fail.
    await test.simulator.setFaultPlan(FaultPlan([try FaultSpec("\(fault):DELETE:after=1")]))
    let time = Task { await fault.passTime(test) }
    batch.confirm()
    batch.confirm()
    await test.idle()
    time.cancel()
    await test.simulator.setFaultPlan(.none)
    await fault.settle(test)
    let writes = test.transport.writes
    #expect(Set(writes).count == writes.count, "\(writes)")
    let applied = await test.simulator.requests.filter { $0.method == .delete && $0.isApplied }
    #expect(users.totalCount == 48 - applied.count)
    #expect(batch.items.filter { $0.state == .done || $0.state == .gone }.count == applied.count)
    #expect(batch.items.filter { $0.state == .unsent }.count == 3 - writes.count)
    #expect(test.context.changes.outstanding.summary == OutstandingChanges.Summary())
    #expect(Array(users.records) == (try await test.client.getCloudUsers(3)))
  }

  @Test(arguments: ["reset-before", "reset-after", "504-after", "html"])
  func whileNothingCanBeReadTheVerdictWaitsAndComesByItself(fault: String) async throws {
    for gesture in Gesture.allCases where gesture.canBeDecided {
      let test = try await WorkspaceUnderTest(Self.data)
      await test.start(at: 3)
      let send = try await gesture.prepare(test)
      let plan = FaultPlan(try Self.writing.map { try FaultSpec("\(fault):\($0.rawValue)") } + [FaultSpec("502:GET")])
      await test.simulator.setFaultPlan(plan)
      send()
      await test.idle()
      // The gesture may fail before its write, if it first reads the document's record.
      guard test.context.notices.current?.kind == .unknown else {
        #expect(test.transport.writes.isEmpty, "\(gesture)")
        continue
      }
      #expect(test.context.changes.outstanding.unanswered.count == 1, "\(gesture)")
      #expect(
        test.workspace.tables.contains { $0.status.failure?.nextTry != nil && $0.status.asOf != nil }, "\(gesture)")
      await test.simulator.setFaultPlan(.none)
      // Reload the lists first: otherwise a notice about their changes could replace that of the verdict after 10 s.
      await test.pass(.seconds(5)) {
        test.workspace.tables.allSatisfy { $0.status.failure == nil && $0.status.loadingSince == nil }
      }
      await test.settleDoubts(rests: [.seconds(10), .seconds(15)])
      await expectNoneTwice(test, gesture, "\(fault)")
      try await expectVerdict(test, gesture, "\(fault)")
      try await expectTruth(test, gesture, "\(fault)")
      #expect(test.workspace.tables.allSatisfy { $0.status.failure == nil && $0.status.loadingSince == nil })
    }
  }

  private func expectNoneTwice(_ test: WorkspaceUnderTest, _ gesture: Gesture, _ fault: String) async {
    let writes = test.transport.writes
    #expect(writes.count <= gesture.writes, "\(gesture), \(fault): \(writes)")
    #expect(Set(writes).count == writes.count, "\(gesture), \(fault): \(writes)")
    let applied = await test.simulator.requests.filter { $0.method != .get && $0.isApplied }
    #expect(applied.count <= writes.count, "\(gesture), \(fault)")
    for address in ["a", "b", "c"].map({ "\($0)@new.example" }) {
      #expect(await test.simulator.emailsSent(to: address, in: 3) <= 1, "\(gesture), \(fault)")
    }
  }

  /// Expects the last notice to agree with what the service did.
  private func expectVerdict(_ test: WorkspaceUnderTest, _ gesture: Gesture, _ fault: String) async throws {
    let wasInDoubt = test.context.notices.history.contains { $0.kind == .unknown }
    let writes = await test.simulator.requests.filter { $0.method != .get }
    let isApplied = writes.last?.isApplied ?? false
    let said = test.context.notices.history.last
    if wasInDoubt, gesture.canBeDecided {
      let verdict = isApplied ? "confirms it." : "Confirmed not done at "
      #expect(said?.text.contains(verdict) == true, "\(gesture), \(fault): \(String(describing: said))")
      #expect(said?.kind == (isApplied ? .done : .failure), "\(gesture), \(fault)")
    } else if wasInDoubt {
      #expect(said?.kind == .unknown, "\(gesture), \(fault): \(String(describing: said))")
    } else if isApplied {
      #expect(said == nil || said?.kind == .done, "\(gesture), \(fault): \(String(describing: said))")
    } else {
      #expect(said?.kind != .done, "\(gesture), \(fault): \(String(describing: said))")
    }
    #expect(test.context.changes.outstanding.unanswered == [], "\(gesture), \(fault)")
  }

  /// Expects the screen to show what the service has, without a key press.
  private func expectTruth(_ test: WorkspaceUnderTest, _ gesture: Gesture, _ fault: String) async throws {
    let (workspace, client) = (test.workspace, test.client)
    #expect(Array(workspace.clouds.records) == (try await client.getClouds()), "\(gesture), \(fault)")
    let cloud = CloudScope(try #require(workspace.clouds.selectedRecord))
    #expect(workspace.users.scope == cloud && workspace.processors.scope == cloud, "\(gesture), \(fault)")
    #expect(Array(workspace.users.records) == (try await client.getCloudUsers(cloud.id)), "\(gesture), \(fault)")
    #expect(
      Array(workspace.invitations.records) == (try await client.getCloudInvitations(cloud.id)), "\(gesture), \(fault)")
    #expect(
      Array(workspace.processors.records) == (try await client.cloudProcessorList(cloud.id)), "\(gesture), \(fault)")
  }
}
