/// How a comparison of a filter relates a value to what is written.
enum FilterOperator: String, Hashable, Sendable {
  case notEqual = "!="
  case atMost = "<="
  case atLeast = ">="
  case equal = "="
  case less = "<"
  case greater = ">"

  var negated: FilterOperator {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .atLeast
    case .atLeast: .less
    case .greater: .atMost
    case .atMost: .greater
    }
  }

  /// Whether a value fits that is less than (-1), equal to (0) or greater than (1) what is written.
  func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .atMost: order <= 0
    case .greater: order > 0
    case .atLeast: order >= 0
    }
  }
}

/// One term of a filter as it is written.
struct FilterTerm {
  enum Content {
    case word(String)
    /// - Parameter column: its index; `nil` if no column has that name.
    /// - Parameter isQuoted: whether a part of the value is in quotes.
    case comparison(name: String, column: Int?, FilterOperator, value: String, isQuoted: Bool)
  }

  let content: Content
  let isExcluded: Bool
  /// The term as it is written.
  let source: String
  /// Whether it goes on with what is typed next.
  let isOpen: Bool
}

/// Splits the text of a filter into terms.
///
///     filter     = term …
///     term       = [sign] word | [sign] COLUMN OP value
///     sign       = "!" | "-"                      glued to what follows
///     OP         = "=" | "!=" | "<" | "<=" | ">" | ">="
///     value      = words up to the next COLUMN OP, the next signed term or the end
///     word       = characters other than blanks | '"' any characters '"'
///
/// A backslash makes the next sign, quote or character of an operator a part of the word. Blanks may stand around the
/// operator if the column exists. What is quoted is never a sign or a comparison.
struct FilterParser {
  private let text: [Character]
  private let vocabulary: FilterVocabulary
  private var index = 0
  private(set) var terms: [FilterTerm] = []

  init(_ text: some StringProtocol, _ vocabulary: FilterVocabulary) {
    self.text = Array(text)
    self.vocabulary = vocabulary
    skipBlanks()
    while index < self.text.count {
      terms.append(term())
      skipBlanks()
    }
  }

  private mutating func term() -> FilterTerm {
    let start = index
    let isExcluded = isSign(at: index)
    if isExcluded { index += 1 }
    let content: FilterTerm.Content
    let isClosed: Bool
    if let head = head(at: index) {
      index = head.end
      let (value, isQuoted, isValueClosed) = value()
      content = .comparison(
        name: head.name, column: head.column, head.comparison, value: value, isQuoted: isQuoted)
      isClosed = isValueClosed
    } else {
      let word = word()
      content = .word(word.text)
      isClosed = word.isClosed
    }
    var source = String(text[start..<index])
    while source.last?.isWhitespace == true { source.removeLast() }
    return FilterTerm(
      content: content, isExcluded: isExcluded, source: source, isOpen: index == text.count && !isClosed)
  }

  /// The value of a comparison: the next words, in quotes or not, separated by one blank each.
  private mutating func value() -> (text: String, isQuoted: Bool, isClosed: Bool) {
    var words: [String] = []
    var (isQuoted, isClosed) = (false, false)
    // What is glued to the operator belongs to the value, whatever it is.
    var isFirst = index < text.count && !text[index].isWhitespace
    while true {
      skipBlanks()
      guard index < text.count, isFirst || !(isSign(at: index) || head(at: index) != nil) else { break }
      let word = word()
      words.append(word.text)
      isQuoted = isQuoted || word.isQuoted
      isClosed = word.isClosed
      isFirst = false
    }
    return (words.joined(separator: " "), isQuoted, isClosed)
  }

  /// The characters up to the next blank or, in quotes, up to the closing one.
  private mutating func word() -> (text: String, isQuoted: Bool, isClosed: Bool) {
    var word = ""
    var isClosed = false
    let isQuoted = text[index] == "\""
    if isQuoted {
      index += 1
      while index < text.count, text[index] != "\"" { word.append(character()) }
      isClosed = index < text.count
      if isClosed { index += 1 }
    }
    while index < text.count, !text[index].isWhitespace {
      isClosed = false
      word.append(character())
    }
    return (word, isQuoted, isClosed)
  }

  /// The next character, or the one that a backslash keeps from being a sign.
  private mutating func character() -> Character {
    if text[index] == "\\", index + 1 < text.count, "=<>!-\"".contains(text[index + 1]) { index += 1 }
    defer { index += 1 }
    return text[index]
  }

  private mutating func skipBlanks() {
    while index < text.count, text[index].isWhitespace { index += 1 }
  }

  /// Whether a sign is glued to a word. An operator is none, and neither is a dash that only other signs follow.
  private func isSign(at place: Int) -> Bool {
    guard place < text.count, text[place] == "!" || text[place] == "-", comparison(at: place) == nil else {
      return false
    }
    var next = place + 1
    while next < text.count, text[next] == "!" || text[next] == "-" { next += 1 }
    return next < text.count && !text[next].isWhitespace
  }

  private func comparison(at place: Int) -> FilterOperator? {
    guard place < text.count else { return nil }
    if place + 1 < text.count, text[place + 1] == "=", let long = FilterOperator(rawValue: "\(text[place])=") {
      return long
    }
    return FilterOperator(rawValue: String(text[place]))
  }

  private struct Head {
    let name: String
    let column: Int?
    let comparison: FilterOperator
    /// The place behind the operator.
    let end: Int
  }

  /// The start of a comparison, if there is one at this place: the name of a column and an operator. A word of letters
  /// that an operator follows at once is taken for the name of a column that doesn't exist.
  private func head(at place: Int) -> Head? {
    guard place < text.count, text[place].isLetter else { return nil }
    var (end, nameEnd) = (place, place)
    // A name may have blanks in it, and behind it if the column exists.
    while end < text.count, isOfName(text[end]) || text[end].isWhitespace {
      end += 1
      if !text[end - 1].isWhitespace { nameEnd = end }
      if end > nameEnd, end - place > vocabulary.longestSpelling + 2 { return nil }
    }
    guard let comparison = comparison(at: end), text[nameEnd - 1] != "-" else { return nil }
    let name = String(text[place..<nameEnd])
    let head = Head(
      name: name, column: vocabulary.column(named: name), comparison: comparison, end: end + comparison.rawValue.count)
    let isName = head.column != nil || nameEnd == end && name.allSatisfy { $0.isLetter || $0 == "_" }
    return isName ? head : nil
  }

  private func isOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "-"
      // Invisible characters come along where a name is pasted.
      || !character.isASCII && SearchFold.fold(String(character)).isEmpty
  }
}
