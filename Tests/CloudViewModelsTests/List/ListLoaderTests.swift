import CloudAPI
import CloudSimulator
import CloudTestSupport
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import CloudViewModels

/// Tests of what is read and when, without a list that shows it.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct ListLoaderTests {
  private typealias Loader = ListLoader<User, CloudScope>

  /// A loader and its deliveries.
  @MainActor
  private final class Under {
    let test: WorkspaceUnderTest
    let loader: Loader
    private(set) var deliveries: [String] = []

    init() async throws {
      test = try await WorkspaceUnderTest()
      loader = Loader(.users, context: test.context)
      loader.prepare = { table, isReread in
        PreparedList(
          table: table, rows: ListRows(), widestTexts: WidestTexts(), changes: isReread ? RecordChanges() : nil)
      }
      loader.onDelivery = { [weak self] in self?.take($0, of: $1) }
    }

    private func take(_ delivery: ListDelivery<User>, of scope: CloudScope?) {
      switch delivery {
      case .part: break
      case .whole(let list, let since):
        deliveries.append("\(list.table.count) of \(scope?.name ?? "-"), \(since == nil ? "first" : "again")")
      case .nothing: deliveries.append("nothing of \(scope?.name ?? "-")")
      }
    }
  }

  private let tower = CloudScope(id: 3, name: "tower")
  private let harbour = CloudScope(id: 4, name: "harbour")

  @Test func aListIsReadOnceHoweverOftenItIsAskedForAndAgainWhenTold() async throws {
    let under = try await Under()
    under.loader.load(tower)
    under.loader.load(tower)
    #expect(under.loader.status.loadingSince != nil && under.loader.nextScope == tower)
    await under.test.idle()
    under.loader.load(tower)
    #expect(under.loader.status.loadingSince == nil)
    under.loader.refresh()
    await under.test.idle()
    #expect(under.deliveries == ["48 of tower, first", "48 of tower, again"])
  }

  @Test func theAnswerToASupersededReadIsDropped() async throws {
    let under = try await Under()
    under.loader.load(tower)
    under.loader.load(harbour)
    await under.test.idle()
    #expect(under.loader.scope == harbour && under.loader.nextScope == nil)
    #expect(under.deliveries.count == 1 && under.deliveries[0].hasSuffix("of harbour, first"))
  }

  @Test func aCancelledReadLeavesTheRowsAndWhoseTheyAre() async throws {
    let under = try await Under()
    under.loader.load(tower)
    await under.test.idle()
    under.loader.load(harbour)
    #expect(under.loader.nextScope == harbour && under.loader.scope == tower)
    under.loader.cancel()
    #expect(under.loader.nextScope == nil && under.loader.status.loadingSince == nil)
    #expect(under.loader.status.asOf != nil && under.deliveries == ["48 of tower, first"])
  }

  @Test func aFailedReadIsTriedAgainAndItsRowsAreThoseOfTheScopeAskedFor() async throws {
    let under = try await Under()
    await under.test.fail(.get, "/cloud/4/user", with: .badGateway)
    under.loader.load(tower)
    await under.test.idle()
    under.loader.load(harbour)
    await under.test.idle()
    #expect(under.loader.scope == harbour && under.deliveries.last == "nothing of harbour")
    #expect(under.loader.status.failure?.nextTry == WorkspaceUnderTest.start.addingTimeInterval(5))
    await under.test.heal()
    await yield(until: under.test.clock.rests == [.seconds(5)])
    under.test.clock.advance(by: .seconds(5))
    await yield(until: under.loader.status.failure == nil)
    #expect(under.deliveries.last?.hasSuffix("of harbour, first") == true)
  }

  @Test func clearingForgetsTheScope() async throws {
    let under = try await Under()
    under.loader.load(tower)
    await under.test.idle()
    under.loader.clear()
    #expect(under.loader.scope == nil && under.loader.status == ListStatus())
    #expect(under.deliveries.last == "nothing of -")
    under.loader.refresh()
    #expect(under.loader.status.loadingSince == nil)
  }
}
