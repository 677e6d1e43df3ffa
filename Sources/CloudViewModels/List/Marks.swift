import BitCollections
import CloudChanges

/// The records of a list that the user marked. A mark stays on its record when rows move, and is dropped if no row
/// shows the record.
struct Marks<Scope: Hashable> {
  /// The places of the marked records in the table.
  private(set) var places = BitSet()
  /// How many marks the filter dropped since the user last set marks.
  private(set) var hiddenCount = 0
  /// What the last change of the rows dropped, as a sentence; `nil` if nothing.
  private(set) var loss: String?

  /// The scope of the marked records.
  private var scope: Scope?
  /// How many marks were removed with their records and not reported yet.
  private var goneCount = 0

  var isEmpty: Bool { places.isEmpty }
  var count: Int { places.count }

  func contains(_ place: Int) -> Bool { places.contains(place) }

  mutating func set(_ new: BitSet, in scope: Scope?) {
    places = new
    self.scope = scope
    hiddenCount = 0
  }

  /// Removes a mark if there is one.
  mutating func remove(_ place: Int) {
    places.remove(place)
  }

  /// Updates the places after records were removed from the table.
  mutating func tableRemoved(_ left: PlacesLeft) {
    let before = count
    places.tableRemoved(left)
    goneCount += before - count
  }

  /// Sets the places of the marked records in another table; records that are not in it lose their marks.
  mutating func move(to moved: BitSet) {
    goneCount += places.count - moved.count
    places = moved
  }

  /// Drops the marks of records that no row shows: a command must not change records that the user doesn't see.
  ///
  /// - Parameters:
  ///   - scope: the scope of the rows.
  ///   - rows: the place of each row's record in the table.
  ///   - isFiltered: whether a filter may hide records.
  mutating func settle(in scope: Scope?, rows: [Int], isFiltered: Bool) {
    loss = nil
    if !isFiltered { hiddenCount = 0 }
    let gone = goneCount
    goneCount = 0
    guard !isEmpty || gone > 0 else { return }
    guard self.scope == scope else {
      let dropped = count + gone
      set(BitSet(), in: scope)
      loss = Self.dropped(dropped, "the list shows another cloud now")
      return
    }
    if gone > 0 { loss = Self.dropped(gone, gone == 1 ? "its record is gone" : "their records are gone") }
    guard isFiltered, !isEmpty else { return }
    let hidden = places.subtracting(BitSet(rows))
    guard !hidden.isEmpty else { return }
    places.subtract(hidden)
    hiddenCount += hidden.count
    loss = [loss, hiddenText].compactMap { $0 }.joined(separator: " ")
  }

  /// What the filter dropped since the user last set marks, as a sentence; `nil` if nothing.
  var hiddenText: String? {
    guard hiddenCount > 0 else { return nil }
    return Self.dropped(hiddenCount, hiddenCount == 1 ? "the filter hides it" : "the filter hides them")
  }

  private static func dropped(_ count: Int, _ reason: String) -> String {
    "\(Count.text(count, "mark", "marks")) dropped: \(reason)."
  }
}
