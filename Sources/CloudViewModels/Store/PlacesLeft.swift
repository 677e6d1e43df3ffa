/// The places of a table's records after some were removed: the records behind them move up.
///
/// Whatever holds places is updated for many removed records at once, in the time that a single one takes.
struct PlacesLeft: Sendable {
  /// The places of the removed records, ascending.
  let removed: [Int]
  /// The new place of each record; -1 if it is removed.
  private let moved: [Int32]

  /// - Parameters:
  ///   - count: the number of records in the table.
  ///   - gone: the places of the records to remove.
  init(of count: Int, without gone: some Sequence<Int>) {
    var moved = [Int32](repeating: 0, count: count)
    for place in gone { moved[place] = -1 }
    var removed: [Int] = []
    for place in moved.indices {
      if moved[place] < 0 { removed.append(place) } else { moved[place] = Int32(place - removed.count) }
    }
    (self.removed, self.moved) = (removed, moved)
  }

  /// The new place of a record; `nil` if it is removed.
  subscript(place: Int) -> Int? {
    moved[place] < 0 ? nil : Int(moved[place])
  }

  /// The new places of the records that remain, in the same order.
  func places(of places: [Int]) -> [Int] {
    var left: [Int] = []
    left.reserveCapacity(places.count)
    for place in places where moved[place] >= 0 { left.append(Int(moved[place])) }
    return left
  }

  /// The places of the removed records within a range.
  func removed(in range: Range<Int>) -> ArraySlice<Int> {
    let start = removed.partition { $0 >= range.lowerBound }
    let end = removed.partition { $0 >= range.upperBound }
    return removed[start..<end]
  }
}

extension [Int] {
  /// The first index whose element satisfies the predicate, as do all elements after it.
  fileprivate func partition(_ isBehind: (Int) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
