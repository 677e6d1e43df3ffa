import CloudAPI

/// Some of a table's records, by their places: as a set of ids, which takes no time where it holds all of a long list.
///
/// What belongs to it are the records. Who changes the table says so, and the set goes with them.
struct PlaceSet: Hashable, Sendable {
  private var isIn: [Bool] = []
  private(set) var count = 0

  init() {}

  init(_ places: some Sequence<Int>) {
    for place in places { insert(place) }
  }

  var isEmpty: Bool { count == 0 }
  /// The lowest.
  var first: Int? { isEmpty ? nil : isIn.firstIndex(of: true) }
  var places: [Int] { isEmpty ? [] : isIn.indices.filter { isIn[$0] } }

  func contains(_ place: Int) -> Bool {
    place < isIn.count && isIn[place]
  }

  mutating func insert(_ place: Int) {
    while isIn.count <= place { isIn.append(false) }
    if !isIn[place] { count += 1 }
    isIn[place] = true
  }

  mutating func remove(_ place: Int) {
    guard contains(place) else { return }
    isIn[place] = false
    count -= 1
  }

  /// Takes in what isn't in it, and out what is.
  mutating func toggle(_ place: Int) {
    if contains(place) { remove(place) } else { insert(place) }
  }

  /// Records were taken out of the table.
  mutating func tableRemoved(_ left: PlacesLeft) {
    guard !isEmpty else { return }
    var moved = PlaceSet()
    for place in isIn.indices where isIn[place] {
      if let place = left[place] { moved.insert(place) }
    }
    self = moved
  }

  /// The same records in another table, where they are there.
  @specialized(where Record == User)
  func moved<Record>(from old: RecordTable<Record>, to new: RecordTable<Record>) -> PlaceSet {
    var moved = PlaceSet()
    for place in places {
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
