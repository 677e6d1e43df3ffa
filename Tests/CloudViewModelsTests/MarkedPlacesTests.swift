import BitCollections
import CloudAPI
import TestSupport
import Testing

@testable import CloudViewModels

/// Compares the places of marked records with a plain set of their ids.
@Suite struct MarkedPlacesTests {
  private func table(_ ids: [Int]) -> RecordTable<User> {
    var table = RecordTable(Resource.users)
    table.append(ids.map { User(id: User.ID($0)) })
    return table
  }

  private func ids(_ set: BitSet, in table: RecordTable<User>) -> [User.ID] {
    set.map { table.records[$0].id }
  }

  @Test func aSetGoesWithItsRecordsWhateverBecomesOfTheTable() {
    var random = SeededGenerator(seed: 4)
    var last = Array(0..<200)
    var table = table(last)
    var places = BitSet()
    var plain: Set<User.ID> = []
    for step in 0..<300 {
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        // The list is reloaded: some records are gone, some are new, some have moved.
        last = last.filter { _ in Int.random(in: 0..<20, using: &random) > 0 }
        last += (0..<10).map { 1_000 * (step + 1) + $0 }
        if Bool.random(using: &random) { last.shuffle(using: &random) }
        let new = self.table(last)
        places = places.moved(from: table, to: new)
        table = new
        plain.formIntersection(table.records.map(\.id))
      case 1:
        let place = Int.random(in: 0..<table.count, using: &random)
        plain.remove(table.records[place].id)
        let left = PlacesLeft(of: table.count, without: [place])
        table.remove(left)
        places.tableRemoved(left)
        last.remove(at: place)
      default:
        let place = Int.random(in: 0..<table.count, using: &random)
        plain.formSymmetricDifference([table.records[place].id])
        places.toggle(place)
      }
      #expect(Set(ids(places, in: table)) == plain, "step \(step)")
      #expect(places.count == plain.count, "step \(step)")
    }
  }

  @Test func thePlacesOfWhatIsLeftMoveUp() {
    var places: BitSet = [3, 1]
    places.tableRemoved(PlacesLeft(of: 800, without: [700]))
    places.tableRemoved(PlacesLeft(of: 799, without: [0]))
    #expect(places == [0, 2])
    places.tableRemoved(PlacesLeft(of: 798, without: [2]))
    #expect(places == [0])
  }
}
