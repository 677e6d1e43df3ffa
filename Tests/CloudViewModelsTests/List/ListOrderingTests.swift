import CloudAPI
import CloudChanges
import TestSupport
import Testing

@testable import CloudViewModels

@MainActor
@Suite(.timeLimit(.minutes(5))) struct ListOrderingTests {
  private typealias Ordering = ListOrdering<Cloud, EveryCloud>

  private let activity = Activity()

  private func table(_ names: [String]) -> RecordTable<Cloud> {
    var table = RecordTable(Resource.clouds)
    table.append(names.enumerated().map { Cloud(id: Cloud.ID($0 + 1), name: $1) })
    return table
  }

  private func shown(_ ordering: Ordering, _ table: RecordTable<Cloud>) -> [String] {
    ordering.places.map { table.records[$0].name }
  }

  @Test func lateValuesPutRowsInOrderOnlyWhenTold() async {
    let ordering = Ordering(.clouds, activity: activity)
    let table = table(["a", "b", "c"])
    ordering.take(await ordering.arranged(table))
    ordering.late = { { .loaded(CloudSize(bytes: $0 == 2 ? 20 : 10)) } }
    #expect(shown(ordering, table) == ["a", "b", "c"])
    ordering.rearrange(table, isPartial: false)
    #expect(shown(ordering, table) == ["b", "a", "c"])
  }

  @Test func ofAPartTheFilterIsAppliedAndTheOrderWaitsForTheRest() {
    let ordering = Ordering(.clouds, activity: activity)
    let table = table(["bab", "a", "ab"])
    ordering.take(ordering.unarranged(table))
    ordering.filter(by: Filter("b", Resource.clouds.vocabulary), table)
    ordering.sort(by: RowOrder(column: "name"), table, isPartial: true)
    #expect(shown(ordering, table) == ["bab", "ab"])
  }

  @Test func manyRowsKeepTheirPlacesUntilTheyWereOrderedElsewhere() async {
    let ordering = Ordering(.clouds, activity: activity)
    var calls = 0
    ordering.onRows = { calls += 1 }
    let names = (0..<2_500).map { "c\(9_999 - $0)" }
    let table = table(names)
    ordering.take(ordering.unarranged(table))
    ordering.sort(by: RowOrder(column: "name"), table, isPartial: false)
    #expect(calls == 0 && shown(ordering, table) == names)
    await yield(until: calls > 0)
    #expect(shown(ordering, table) == names.reversed())
    // Reversing an order happens at once, on the main actor.
    ordering.sort(by: RowOrder(column: "name", ascending: false), table, isPartial: false)
    #expect(calls == 2 && shown(ordering, table) == names)
  }

  @Test func theFilterThatIsTypedWhileRowsAreOrderedIsTheirs() async {
    let ordering = Ordering(.clouds, activity: activity)
    let table = table((0..<2_500).map { "c\($0)" })
    async let rows = ordering.arranged(table)
    ordering.filter(by: Filter("c17", Resource.clouds.vocabulary), table)
    let found = await rows
    #expect(found.filter == Filter("c17", Resource.clouds.vocabulary) && found.places.count == 111)
  }
}
