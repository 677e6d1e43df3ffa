import BitCollections

/// The records of a list that a person marked: rows may move, come and go, and a mark stays on its record.
struct Marks<Scope: Hashable> {
  /// Of the records in the list's table.
  private(set) var places = BitSet()
  /// What the marked records belong to.
  private(set) var scope: Scope?
  /// How many marks the filter took since a person marked last.
  private(set) var hiddenCount = 0
  /// How many went with their records and weren't told of yet.
  private(set) var goneCount = 0

  /// What was said when marks went with the last change of the rows; `nil` where none went.
  var loss: String?

  var isEmpty: Bool { places.isEmpty }
  var count: Int { places.count }

  func contains(_ place: Int) -> Bool { places.contains(place) }

  /// Puts marks in place of those there.
  mutating func set(_ new: BitSet, in scope: Scope?) {
    places = new
    self.scope = scope
    hiddenCount = 0
  }

  /// Takes a mark away, for whatever reason.
  mutating func remove(_ place: Int) {
    places.remove(place)
  }

  /// Takes the marks of rows that the filter hides.
  mutating func hide(_ hidden: BitSet) {
    places.subtract(hidden)
    hiddenCount += hidden.count
  }

  /// The filter is gone: what it took needs no telling any more.
  mutating func forgetHidden() {
    hiddenCount = 0
  }

  /// The table lost records.
  mutating func tableRemoved(_ left: PlacesLeft) {
    let before = count
    places.tableRemoved(left)
    goneCount += before - count
  }

  /// The same records stand elsewhere now, those that are left.
  mutating func move(to moved: BitSet) {
    goneCount += places.count - moved.count
    places = moved
  }

  /// How many marks went with their records since this was asked last.
  mutating func takeGone() -> Int {
    defer { goneCount = 0 }
    return goneCount
  }
}
