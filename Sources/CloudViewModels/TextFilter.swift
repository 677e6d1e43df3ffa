/// Words that must all occur, in any order, whatever their case and accents.
public struct TextFilter: Hashable, Sendable {
  /// What was typed.
  public let text: String
  private let words: [String]

  public init(_ text: String = "") {
    self.text = text
    words = SearchFold.fold(text).split(separator: " ").map(String.init)
  }

  public var isEmpty: Bool { words.isEmpty }

  /// The words as `SearchFold` folded them, in UTF-8, the longest first: it is the rarest.
  var bytes: [[UInt8]] {
    words.map { Array($0.utf8) }.sorted { $0.count > $1.count }
  }

  /// Whether all that this one leaves is among what the other leaves.
  func narrows(_ other: TextFilter) -> Bool {
    other.words.allSatisfy { word in words.contains { $0.utf8.contains(word.utf8) } }
  }

  /// Whether every word occurs in text that `SearchFold` folded.
  public func matches(folded text: String) -> Bool {
    words.allSatisfy { text.contains($0) }
  }

  /// Which characters of a text to mark, as ranges of character offsets, in order and without overlap.
  public func matches(in text: String) -> [Range<Int>] {
    guard !isEmpty else { return [] }
    let folded = text.map(SearchFold.fold)
    var marked = [Bool](repeating: false, count: folded.count)
    for word in words {
      let letters = Array(word)
      guard !letters.isEmpty, letters.count <= folded.count else { continue }
      for start in 0...(folded.count - letters.count)
      where folded[start..<(start + letters.count)].elementsEqual(letters) {
        for index in start..<(start + letters.count) { marked[index] = true }
      }
    }
    return Self.runs(of: marked)
  }

  private static func runs(of marked: [Bool]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    for (index, mark) in (marked + [false]).enumerated() {
      if mark, start == nil { start = index }
      if !mark, let begun = start {
        ranges.append(begun..<index)
        start = nil
      }
    }
    return ranges
  }
}
