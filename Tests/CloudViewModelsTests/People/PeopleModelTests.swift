import CloudAPI
import CloudAccess
import CloudChanges
import CloudSimulator
import CloudTestSupport
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import CloudViewModels

/// The people of all clouds in the console.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct PeopleModelTests {
  private func started(faults: (@Sendable (HTTPRequest) -> Fault?)? = nil) async throws -> WorkspaceUnderTest {
    let test = try await WorkspaceUnderTest(.demo, faults: faults)
    await test.start(at: 3)
    return test
  }

  private func reads(_ test: WorkspaceUnderTest) -> Int {
    test.transport.reads.count { $0.hasSuffix("/user") || $0.hasSuffix("/invitation") }
  }

  @Test func nothingIsReadBeforeSomebodyAsks() async throws {
    let test = try await started()
    #expect(reads(test) == 2, "those of the cloud under the cursor")
    let people = test.workspace.people
    #expect(people.list.totalCount == 0 && people.coverageText == nil && !people.isSweeping)
    people.open()
    #expect(people.isSweeping)
    await test.idle()
    #expect(!people.isSweeping)
    #expect(people.coverageText == "\(people.list.totalCount) people in 14 clouds")
    people.open()
    #expect(!people.isSweeping, "they are there")
  }

  @Test func theOrderIsByTheNumberOfClouds() async throws {
    let test = try await started()
    let people = test.workspace.people
    people.open()
    await test.idle()
    let clouds = (0..<people.list.rowCount).map { people.list.row(at: $0).values[2] }
    let numbers = clouds.compactMap { if case .number(let number) = $0 { number } else { nil } }
    #expect(numbers == numbers.sorted(by: >) && numbers.count == people.list.totalCount)
  }

  @Test func theFilterComesFromTheColumns() async throws {
    let test = try await started()
    let people = test.workspace.people
    people.open()
    await test.idle()
    let list = people.list
    let all = Array(list.records)
    for (text, isShown) in [
      ("clouds>3", { $0.clouds > 3 }), ("admin of>=1", { $0.adminOf >= 1 }), ("admin_of=0", { $0.adminOf == 0 }),
      ("state=invited", { $0.state == .invited }), ("-state=member", { $0.state != .member }),
      ("ada clouds>1 -beton", { $0.email == "ada@atelier.example" }),
    ] as [(String, (PersonSummary) -> Bool)] {
      list.filter(by: text)
      #expect(list.filter.problems.isEmpty && list.unknownCount == 0, "\(text)")
      let expected = all.filter(isShown)
      #expect(list.rowCount == expected.count && !expected.isEmpty, "\(text)")
    }
    list.filter(by: "cluds>3")
    #expect(list.rowCount == all.count && list.filterRefusal != nil)
  }

  @Test func aSweepStopsAndGoesOn() async throws {
    let test = try await started()
    await test.simulator.setFaults { $0.path == "/cloud/9/user" ? .noAnswer(carriedOut: false) : nil }
    let people = test.workspace.people
    people.open()
    await test.until { people.list.totalCount > 0 }
    people.stop()
    await test.idle()
    #expect(!people.isSweeping)
    #expect(people.coverageText?.contains(" of 14 clouds") == true)
    await test.heal()
    let before = reads(test)
    people.list.refresh()
    await test.idle()
    #expect(people.coverageText == "\(people.list.totalCount) people in 14 clouds")
    #expect(reads(test) - before < 28, "only what was left")
    let all = reads(test)
    people.list.refresh()
    await test.idle()
    #expect(reads(test) - all == 28, "then everything again")
  }

  @Test func whatCannotBeReadIsSaid() async throws {
    let test = try await started(faults: { $0.path == "/cloud/5/user" ? .forbidden : nil })
    let people = test.workspace.people
    people.open()
    await test.idle()
    #expect(people.coverageText?.hasSuffix(" people in 13 of 14 clouds, 1 unreadable") == true)
  }

  @Test func aServiceThatIsAwayIsSaidInThePane() async throws {
    let test = try await started()
    await test.simulator.setFaults { _ in .refusedConnection }
    let people = test.workspace.people
    people.open()
    await test.idle()
    #expect(people.list.status.failure != nil && people.list.status.loadingSince == nil)
    await test.heal()
    people.list.refresh()
    await test.idle()
    #expect(people.list.status.failure == nil && people.list.totalCount > 0)
  }

  @Test func changesElsewhereChangeItWithoutAnotherSweep() async throws {
    let test = try await started()
    let people = test.workspace.people
    people.open()
    await test.idle()
    let user = try #require(test.workspace.users.records.first { $0.email == "grace@beton.example" })
    let before = try #require(people.list.record(Person.ID(rawValue: "grace@beton.example")))
    let reads = reads(test)
    let run = test.context.changes.run([
      Change(.deleteCloudUser(3, user.id), names: Change.Names(record: "Grace", cloud: "Tower"), before: user.snapshot)
    ])
    _ = await run.finish()
    await test.idle()
    let after = people.list.record(Person.ID(rawValue: "grace@beton.example"))
    #expect(after?.clouds ?? 0 == before.clouds - 1)
    #expect(self.reads(test) - reads == 1, "the pane of users reads its list, the sweep nothing")
  }

  @Test func whatCouldNotBeReadIsSaidBeforePeopleAreRemoved() async throws {
    let test = try await started(faults: { $0.path == "/cloud/5/user" ? .forbidden : nil })
    let people = test.workspace.people
    people.open()
    await test.idle()
    let question = try #require(people.removal(of: [Person.ID(rawValue: "ada@atelier.example")]))
    let name = try #require(test.workspace.clouds.record(5)?.name)
    #expect(question.warnings.first == "1 of 14 clouds, \(name), was not read: access to it stays.")
  }

  @Test func thatOldListsCouldNotBeReadAgainIsSaid() async throws {
    let test = try await started()
    let people = test.workspace.people
    people.open()
    await test.idle()
    test.now += 301
    #expect(people.mustReadAgain)
    await test.fail(.get, "/cloud", with: .badGateway)
    await people.readAgain()
    let question = try #require(people.removal(of: [Person.ID(rawValue: "ada@atelier.example")]))
    #expect(question.warnings.first?.hasSuffix("could not be read again: newer access stays.") == true)
  }

  /// Whose outcome is unknown isn't asked about by the next command.
  @Test func whoMayBeRemovedIsNoLongerMarked() async throws {
    let test = try await started()
    let people = test.workspace.people
    people.open()
    await test.idle()
    #expect(people.select(Person.ID(rawValue: "ada@atelier.example")))
    people.list.toggleMark()
    let question = try #require(people.removal(of: people.people(about: .marked)))
    await test.idle()
    await test.simulator.setFaults { $0.method == .delete ? .connectionLost(carriedOut: false) : nil }
    question.typed = question.wanted?.words ?? ""
    question.confirm()
    await test.until { if case .settled = question.phase { true } else { false } }
    let isUnknown = question.items.contains { $0.isUnknown }
    #expect(isUnknown)
    #expect(people.list.markedCount == 0)
  }

  /// A removal whose reply was lost and that a re-read found done is in the rows and in the copied command, too.
  @Test func whatIsFoundDoneLaterIsInTheRows() async throws {
    let test = try await started()
    let people = test.workspace.people
    people.open()
    await test.idle()
    let ada = Person.ID(rawValue: people.list.row(at: 2).id)
    let count = people.list.totalCount
    let question = try #require(people.removal(of: [ada]))
    await test.idle()
    let posts = Counter()
    await test.simulator.setFaults { request in
      request.method == .delete && posts.next() == 1 ? .connectionLost(carriedOut: true) : nil
    }
    question.typed = question.wanted?.words ?? ""
    question.confirm()
    await test.until { question.phase == .done }
    await test.idle()
    #expect(people.person(ada) == nil && people.list.totalCount == count - 1)
    #expect(people.coverageText == "\(count - 1) people in 14 clouds")
    let command = try #require(test.context.lastCommand)
    #expect(command.lines.count == test.transport.writes.count, "\(command.text)")
  }

  @Test func theCursorIsOnTheRowThatTookThePlaceOfWhoWasRemoved() async throws {
    let test = try await started()
    let people = test.workspace.people
    people.open()
    await test.idle()
    people.list.select(row: 2)
    let next = people.list.row(at: 3).id
    let question = try #require(people.removal(of: [Person.ID(rawValue: people.list.row(at: 2).id)]))
    await test.idle()
    question.typed = question.wanted?.words ?? ""
    question.confirm()
    await test.until { question.phase == .done }
    await test.idle()
    #expect(people.list.selectedRow == 2 && people.list.selectedID == next)
  }

  @Test func aPersonLeadsToTheirCloud() async throws {
    let test = try await started()
    let people = test.workspace.people
    people.open()
    await test.idle()
    #expect(people.select(Person.ID(rawValue: "ada@atelier.example")))
    let access = try #require(people.selectedPerson?.accesses.first { $0.cloud.id != 3 })
    #expect(test.workspace.show(access))
    await test.idle()
    #expect(test.workspace.clouds.selection == access.cloud.id)
    #expect(test.workspace.users.selectedRecord?.email == "ada@atelier.example")
  }

  @Test func leavingTheServiceEndsTheSweep() async throws {
    let test = try await started()
    await test.simulator.setFaults { _ in .noAnswer(carriedOut: false) }
    test.workspace.people.open()
    await test.until { test.workspace.requests.inFlight > 0 }
    _ = test.workspace.leave()
    await yield(until: test.workspace.requests.inFlight == 0)
  }
}
