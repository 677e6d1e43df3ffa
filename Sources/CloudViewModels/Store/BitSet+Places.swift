import BitCollections
import CloudAPI

/// A set of records, by their places in a table; code that changes the table must update the set.
extension BitSet {
  /// Inserts the place if it is missing, else removes it.
  mutating func toggle(_ place: Int) {
    if remove(place) == nil { insert(place) }
  }

  /// Updates the places after records were removed from the table.
  mutating func tableRemoved(_ left: PlacesLeft) {
    self = BitSet(lazy.compactMap { left[$0] })
  }

  /// The places of the same records in another table; records that are not in it are left out.
  @specialized(where Record == User)
  func moved<Record>(from old: RecordTable<Record>, to new: RecordTable<Record>) -> BitSet {
    var moved = BitSet()
    for place in self {
      let id = old.records.id(at: place)
      // Usually the same list was read again, and the places are unchanged.
      if place < new.count, new.records.id(at: place) == id {
        moved.insert(place)
      } else if let place = new.place(of: id) {
        moved.insert(place)
      }
    }
    return moved
  }
}
