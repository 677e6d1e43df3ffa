/// Where the records of a table stand once some were taken out of it: those behind them move up.
///
/// All that goes by places is told of many at once, which takes as long as being told of one.
struct PlacesLeft: Sendable {
  /// The places of those that go, ascending.
  let removed: [Int]
  /// The place of each record afterwards; -1 where it goes.
  private let moved: [Int32]

  /// - Parameters:
  ///   - count: of the table's records.
  ///   - gone: the places of those that go.
  init(of count: Int, without gone: some Sequence<Int>) {
    var moved = [Int32](repeating: 0, count: count)
    for place in gone { moved[place] = -1 }
    var removed: [Int] = []
    for place in moved.indices {
      if moved[place] < 0 { removed.append(place) } else { moved[place] = Int32(place - removed.count) }
    }
    (self.removed, self.moved) = (removed, moved)
  }

  /// The new place of a record; `nil` where it goes.
  subscript(place: Int) -> Int? {
    moved[place] < 0 ? nil : Int(moved[place])
  }

  /// The new places of the records that stay, in the same order.
  func places(of places: [Int]) -> [Int] {
    var left: [Int] = []
    left.reserveCapacity(places.count)
    for place in places where moved[place] >= 0 { left.append(Int(moved[place])) }
    return left
  }

  /// The places of those that go of a range.
  func removed(in range: Range<Int>) -> ArraySlice<Int> {
    let start = removed.partition { $0 >= range.lowerBound }
    let end = removed.partition { $0 >= range.upperBound }
    return removed[start..<end]
  }
}

extension [Int] {
  /// The first index whose element, as all after it, is so.
  fileprivate func partition(_ isBehind: (Int) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
