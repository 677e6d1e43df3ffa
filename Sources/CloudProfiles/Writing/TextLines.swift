/// A text as lines, of which some are changed; all others keep their content and line ends.
struct TextLines {
  /// Without their line feeds; a carriage return before the line feed is kept.
  private var lines: [Substring.UnicodeScalarView]
  /// Whether the last line ends with a line feed, too.
  private var isEnded: Bool
  /// Whether there are line breaks of YAML 1.1 that aren't line breaks here.
  let hasUnusualBreaks: Bool

  init(_ text: String) {
    let scalars = Substring(text).unicodeScalars
    lines = scalars.split(separator: "\n", omittingEmptySubsequences: false)
    isEnded = lines.last?.isEmpty == true
    if isEnded { lines.removeLast() }
    hasUnusualBreaks = lines.contains { line in
      line.dropLast(line.last == "\r" ? 1 : 0).contains { "\r\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0) }
    }
  }

  var text: String {
    lines.map(String.init).joined(separator: "\n") + (isEnded && !lines.isEmpty ? "\n" : "")
  }

  /// The line, from 0, after the last one with content: a line of three dots ends a document.
  var end: Int {
    lines.firstIndex { $0.starts(with: "...".unicodeScalars) } ?? lines.count
  }

  mutating func insert(_ new: [String], at index: Int) {
    let ending = lines.first?.last == "\r" ? "\r" : ""
    if index >= lines.count {
      if let last = lines.last, !isEnded, !ending.isEmpty { lines[lines.count - 1] = last + ending.unicodeScalars }
      isEnded = true
    }
    lines.insert(contentsOf: new.map { Substring($0 + ending).unicodeScalars }, at: min(index, lines.count))
  }

  mutating func remove(_ range: Range<Int>) {
    lines.removeSubrange(range)
  }

  /// Replaces a word, with or without quotes, at a position.
  ///
  /// - Returns: whether the word is there.
  mutating func replaceWord(_ old: String, with new: String, at position: TextPosition) -> Bool {
    guard lines.indices.contains(position.line - 1) else { return false }
    let line = lines[position.line - 1]
    let before = line.prefix(position.column - 1)
    let rest = String(line.dropFirst(position.column - 1))
    for quote in ["", "\"", "'"] where rest.hasPrefix(quote + old + quote) {
      let after = rest.dropFirst(old.count + 2 * quote.count)
      guard after.first.map({ $0.isWhitespace }) ?? true else { continue }
      lines[position.line - 1] =
        Substring(String(before) + (quote.isEmpty ? YAMLScalar.text(new) : quote + new + quote) + after).unicodeScalars
      return true
    }
    return false
  }

  /// Whether only blanks precede a position in its line.
  func beginsItsLine(_ position: TextPosition) -> Bool {
    lines.indices.contains(position.line - 1)
      && lines[position.line - 1].prefix(position.column - 1).allSatisfy { $0 == " " }
  }

  /// Goes back from a line over empty lines and comments that are indented by at most `indent`.
  ///
  /// - Parameter first: the line at which it stops.
  func contentEnd(before limit: Int, after first: Int, indent: Int) -> Int {
    var end = min(limit, lines.count)
    while end > first {
      let line = lines[end - 1]
      let blanks = line.prefix { $0 == " " || $0 == "\t" }.count
      let rest = line.dropFirst(blanks).first
      let isEmpty = rest == nil || rest == "\r"
      guard isEmpty || (rest == "#" && blanks <= indent) else { break }
      end -= 1
    }
    return end
  }
}
