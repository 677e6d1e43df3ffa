/// The visible range of some lines or rows.
struct LineWindow: Hashable {
  /// The first line shown.
  var first = 0
  /// The number of lines that fit.
  var capacity = 1
  /// The number of lines.
  var count = 0

  var isCut: Bool { count > capacity }
  var lines: Range<Int> { first..<max(first, min(count, first + capacity)) }
  /// `4–9 of 20`.
  var text: String { "\(first + 1)–\(lines.upperBound) of \(count)" }

  /// The window for that many lines, moved as little as possible to stay within them and to show the cursor.
  ///
  /// - Parameter height: the number of lines of the entry under the cursor.
  func fitted(to count: Int, capacity: Int, cursor: Int? = nil, height: Int = 1) -> LineWindow {
    var first = max(0, min(first, count - capacity))
    if let cursor, capacity > 0 { first = min(max(first, cursor + height - capacity), cursor) }
    return LineWindow(first: first, capacity: capacity, count: count)
  }

  /// Scrolls, but not beyond the first or the last line.
  mutating func scroll(by lines: Int) {
    first = max(0, min(first + lines, count - capacity))
  }
}
