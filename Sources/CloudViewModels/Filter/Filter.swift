/// Which rows of a list are shown: a text as typed, read as words, exclusions and comparisons.
///
/// Words match in any order anywhere in the columns of the list, compared as folded by `SearchFold`; ids only as a whole.
/// A term that can't be read hides nothing and is one of the `problems`.
public struct Filter: Hashable, Sendable {
  /// A word or a phrase.
  struct Word: Hashable, Sendable {
    /// Folded, in UTF-8.
    let bytes: [UInt8]
    /// Whether an id matches that only begins with it, because it is still being typed.
    let isBeginning: Bool
  }

  /// The text as typed.
  public let text: String
  /// Whether the text is still being typed: its last term matches by its beginning and excludes nothing.
  public let isTyping: Bool
  /// The longest first, because it is probably the rarest.
  private(set) var words: [Word] = []
  /// The words that no row may contain.
  private(set) var excluded: [Word] = []
  private(set) var comparisons: [FilterComparison] = []
  public private(set) var problems: [FilterProblem] = []

  /// A filter that shows all rows.
  public init() {
    (text, isTyping) = ("", false)
  }

  public init(_ text: String, _ vocabulary: FilterVocabulary, isTyping: Bool = false) {
    self.text = text
    self.isTyping = isTyping
    guard text.utf8.count <= Self.longestText else {
      problems = [.tooLong]
      return
    }
    // A sign that was typed last begins an exclusion.
    let terms = FilterParser(isTyping ? text.withoutLastSign : text[...], vocabulary).terms
    for (number, term) in terms.enumerated() {
      read(term, vocabulary, isUnfinished: isTyping && number == terms.count - 1 && term.isOpen)
    }
    words.sort { $0.bytes.count > $1.bytes.count }
  }

  /// A filter for words in which no sign, quote or operator has a meaning of its own.
  public init(words text: String) {
    self.text = text
    isTyping = false
    for word in text.split(whereSeparator: \.isWhitespace) {
      add(SearchFold.fold(String(word)), isBeginning: false, to: \.words)
    }
  }

  /// A filter for a single text, in which nothing has a meaning of its own.
  init(holding text: String) {
    self.init()
    add(SearchFold.fold(text), isBeginning: false, to: \.words)
  }

  /// A filter that shows what each of these shows.
  public init(all filters: [Filter]) {
    text = filters.map(\.text).joined(separator: " ")
    isTyping = filters.contains(where: \.isTyping)
    words = filters.flatMap(\.words)
    excluded = filters.flatMap(\.excluded)
    comparisons = filters.flatMap(\.comparisons)
    problems = filters.flatMap(\.problems)
  }

  /// In bytes. Each character typed reads all of the text.
  private static var longestText: Int { 4_096 }

  /// Whether nothing is typed.
  public var isEmpty: Bool { !text.contains { !$0.isWhitespace } }
  /// Whether all rows are shown.
  public var showsAll: Bool { words.isEmpty && excluded.isEmpty && comparisons.isEmpty }

  /// What can't be read and what can be written instead, as sentences; `nil` if all can be read.
  public var problemText: String? {
    problems.isEmpty ? nil : problems.map(\.sentence).joined(separator: " ")
  }

  /// The indices of the columns that values are compared of.
  public var comparedColumns: Set<Int> { Set(comparisons.map(\.column)) }

  private mutating func read(_ term: FilterTerm, _ vocabulary: FilterVocabulary, isUnfinished: Bool) {
    switch term.content {
    case .word(let word):
      // While it is typed, an exclusion may still become a longer one, which excludes less.
      if term.isExcluded, isUnfinished { return }
      add(SearchFold.fold(word), isBeginning: isUnfinished, to: term.isExcluded ? \.excluded : \.words)
    case .comparison(let name, nil, _, _, _):
      problems.append(.unknownColumn(name, in: term.source, vocabulary))
    case .comparison(_, let column?, let comparison, let value, let isQuoted):
      let comparison = term.isExcluded ? comparison.negated : comparison
      if isUnfinished, term.isExcluded || comparison == .notEqual { return }
      let header = vocabulary.columns[column]
      let target = FilterTarget(value, of: header.kind, isQuoted: isQuoted)
      if isUnfinished, target == nil, !FilterTarget.mayBegin(with: value, of: header.kind) {
        return problems.append(.unreadable(value, of: header, in: term.source))
      }
      if isUnfinished, comparison == .equal {
        guard !value.isEmpty else { return }
        let beginning = FilterTarget.beginning(with: value, of: header.kind, orAs: target)
        comparisons.append(FilterComparison(column: column, comparison: comparison, target: beginning))
      } else if let target, target != .missing || [.equal, .notEqual].contains(comparison) {
        comparisons.append(FilterComparison(column: column, comparison: comparison, target: target))
      } else if !isUnfinished {
        problems.append(.unreadable(value, of: header, in: term.source))
      }
    }
  }

  private mutating func add(_ word: String, isBeginning: Bool, to words: WritableKeyPath<Filter, [Word]>) {
    // No text of a record has a line break in it.
    let bytes = word.utf8.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
    let word = Word(bytes: bytes, isBeginning: isBeginning)
    if !bytes.isEmpty, !self[keyPath: words].contains(word) { self[keyPath: words].append(word) }
  }
}

extension Filter {
  /// Whether every row that this filter shows is shown by the other one.
  func narrows(_ other: Filter) -> Bool {
    other.words.allSatisfy { word in words.contains { $0.implies(word) } }
      && other.excluded.allSatisfy(excluded.contains)
      && other.comparisons.allSatisfy { comparison in comparisons.contains { $0.implies(comparison) } }
  }

  /// The characters of a text to highlight, as ranges of character offsets, in order and without overlap.
  public func matches(in text: String) -> [Range<Int>] {
    guard !words.isEmpty else { return [] }
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
    for word in words.map(\.bytes) where word.count <= folded.count {
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

extension Filter.Word {
  /// Whether each record that contains this word contains the other one.
  fileprivate func implies(_ other: Filter.Word) -> Bool {
    if self == other { return true }
    // An id that begins with this word, or is it, must begin with the other one, too.
    return other.isBeginning && bytes.starts(with: other.bytes)
  }

  /// Whether a folded id matches.
  func matches(id: some Collection<UInt8>) -> Bool {
    isBeginning ? id.starts(with: bytes) : id.elementsEqual(bytes)
  }
}

extension String {
  /// The text without a sign at its end that has a blank, or nothing, before it.
  fileprivate var withoutLastSign: Substring {
    guard let last, last == "-" || last == "!", dropLast().last?.isWhitespace ?? true else { return self[...] }
    return dropLast()
  }
}
