import BitCollections
import CloudChanges

/// The records of a list that a person marked. Rows may move, come and go; a mark stays on its record, and only on records
/// that a row shows.
struct Marks<Scope: Hashable> {
  /// Of the records in the list's table.
  private(set) var places = BitSet()
  /// How many marks the filter dropped since a person marked last.
  private(set) var hiddenCount = 0
  /// What the last change of the rows dropped, as a sentence; `nil` where it dropped nothing.
  private(set) var loss: String?

  /// What the marked records belong to.
  private var scope: Scope?
  /// How many went with their records and were not reported yet.
  private var goneCount = 0

  var isEmpty: Bool { places.isEmpty }
  var count: Int { places.count }

  func contains(_ place: Int) -> Bool { places.contains(place) }

  /// Replaces the marks.
  mutating func set(_ new: BitSet, in scope: Scope?) {
    places = new
    self.scope = scope
    hiddenCount = 0
  }

  /// Removes a mark, for whatever reason.
  mutating func remove(_ place: Int) {
    places.remove(place)
  }

  /// Follows the table, which lost records.
  mutating func tableRemoved(_ left: PlacesLeft) {
    let before = count
    places.tableRemoved(left)
    goneCount += before - count
  }

  /// Follows the records to their places in another table; those that are not there lose their marks.
  mutating func move(to moved: BitSet) {
    goneCount += places.count - moved.count
    places = moved
  }

  /// Drops the marks that no row shows any more: what is done to the marked records is done to records in view.
  ///
  /// - Parameters:
  ///   - scope: what the rows belong to.
  ///   - rows: the places of the records in the rows.
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

  /// What the filter dropped since a person marked last, as a sentence; `nil` where it dropped nothing.
  var hiddenText: String? {
    guard hiddenCount > 0 else { return nil }
    return Self.dropped(hiddenCount, hiddenCount == 1 ? "the filter hides it" : "the filter hides them")
  }

  private static func dropped(_ count: Int, _ reason: String) -> String {
    "\(Count.text(count, "mark", "marks")) dropped: \(reason)."
  }
}
