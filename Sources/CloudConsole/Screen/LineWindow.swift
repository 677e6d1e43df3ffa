/// Which of some lines or rows are on the screen.
struct LineWindow: Hashable {
  /// The first line shown.
  var first = 0
  /// How many lines there is room for.
  var capacity = 1
  /// How many lines there are.
  var count = 0

  var isCut: Bool { count > capacity }
  var lines: Range<Int> { first..<max(first, min(count, first + capacity)) }
  /// `4–9 of 20`.
  var text: String { "\(first + 1)–\(lines.upperBound) of \(count)" }

  /// The window over so many lines: where it was, moved as little as it takes to lie over them and to show the cursor.
  func fitted(to count: Int, capacity: Int, cursor: Int? = nil) -> LineWindow {
    var first = max(0, min(first, count - capacity))
    if let cursor, capacity > 0 { first = max(min(first, cursor), cursor - capacity + 1) }
    return LineWindow(first: first, capacity: capacity, count: count)
  }

  /// Moves over the lines, and not beyond their ends.
  mutating func scroll(by lines: Int) {
    first = max(0, min(first + lines, count - capacity))
  }
}
