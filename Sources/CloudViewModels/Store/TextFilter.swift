/// Words that must all occur in a text, in any order, compared as folded by `SearchFold`.
public struct TextFilter: Hashable, Sendable {
  /// The text as typed.
  public let text: String
  private let words: [String]

  public init(_ text: String = "") {
    self.text = text
    words = SearchFold.fold(text).split(whereSeparator: \.isWhitespace).map(String.init)
  }

  public var isEmpty: Bool { words.isEmpty }

  /// The folded words in UTF-8, the longest first, because it is probably the rarest.
  var bytes: [[UInt8]] {
    words.map { Array($0.utf8) }.sorted { $0.count > $1.count }
  }

  /// Whether every text that this filter matches is matched by the other one.
  func narrows(_ other: TextFilter) -> Bool {
    other.words.allSatisfy { word in words.contains { $0.utf8.contains(word.utf8) } }
  }

  /// Whether every word occurs in text that was folded by `SearchFold`.
  public func matches(folded text: String) -> Bool {
    words.allSatisfy { text.utf8.contains($0.utf8) }
  }

  /// The characters of a text to highlight, as ranges of character offsets, in order and without overlap.
  public func matches(in text: String) -> [Range<Int>] {
    guard !isEmpty else { return [] }
    var folded: [UInt8] = []
    // The index of the character that each byte comes from: a character may fold to several bytes or to none.
    var characters: [Int] = []
    var count = 0
    for character in text {
      SearchFold.append(String(character), to: &folded)
      characters += repeatElement(count, count: folded.count - characters.count)
      count += 1
    }
    var marked = [Bool](repeating: false, count: count)
    for word in words.map({ Array($0.utf8) }) where word.count <= folded.count {
      for start in 0...(folded.count - word.count) where folded[start...].starts(with: word) {
        for index in start..<(start + word.count) { marked[characters[index]] = true }
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
