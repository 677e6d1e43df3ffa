import BitCollections
import CloudAPI

/// Some of a table's records, by their places: who changes the table says so, and the set goes with its records.
extension BitSet {
  /// Takes in what isn't in it, and out what is.
  mutating func toggle(_ place: Int) {
    if remove(place) == nil { insert(place) }
  }

  /// Records were taken out of the table.
  mutating func tableRemoved(_ left: PlacesLeft) {
    self = BitSet(lazy.compactMap { left[$0] })
  }

  /// The same records in another table, where they are there.
  @specialized(where Record == User)
  func moved<Record>(from old: RecordTable<Record>, to new: RecordTable<Record>) -> BitSet {
    var moved = BitSet()
    for place in self {
      let id = old.records.id(at: place)
      // Mostly the same list is read again.
      if place < new.count, new.records.id(at: place) == id {
        moved.insert(place)
      } else if let place = new.place(of: id) {
        moved.insert(place)
      }
    }
    return moved
  }
}
