/// Finds the name that was probably meant in place of an unknown one.
public enum NearestName {
  /// The end of a sentence: `; did you mean “api_url”?`, or a full stop if no name is close.
  static func hint(for name: String, among names: some Sequence<String>) -> String {
    nearest(to: name, among: names).map { "; did you mean “\($0)”?" } ?? "."
  }

  /// The closest name, if no more than a third of its letters differ.
  public static func nearest(to name: String, among names: some Sequence<String>) -> String? {
    // A far longer text isn't a misspelt name, and the comparison takes time in proportion to its length.
    guard name.utf8.count <= 100 else { return nil }
    let nearest = names.map { ($0, distance(name.lowercased(), $0.lowercased())) }.min { $0.1 < $1.1 }
    guard let (candidate, distance) = nearest, distance <= max(1, candidate.count / 3) else { return nil }
    return candidate
  }

  /// The number of characters to insert, delete, replace or swap with their neighbour (optimal string alignment).
  private static func distance(_ one: String, _ other: String) -> Int {
    let one = Array(one)
    let other = Array(other)
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for i in one.indices {
      var row = [i + 1]
      for j in other.indices {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[other.count]
  }
}
