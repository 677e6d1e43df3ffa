import CloudAPI

/// Ids, names or addresses from a command line, where `-` stands for those on standard input.
struct ListedWords {
  /// A word with its line on standard input; `nil` if it is from the command line.
  struct Word {
    let text: String
    let line: Int?
  }

  /// The words in order, without duplicates.
  let words: [Word]

  /// - Parameters:
  ///   - arguments: the arguments of the command line. `-` reads the input, once.
  ///   - input: the standard input.
  ///   - split: splits an argument or a line into words; by default at white space, commas and semicolons.
  ///   - key: returns the key by which duplicates are detected.
  init(
    _ arguments: [String], from input: any CommandInput, split: (String) -> [String] = Self.split,
    key: (String) -> String = { $0 }
  ) async throws(CommandFailure) {
    var seen: Set<String> = []
    var words: [Word] = []
    func add(_ text: String, line: Int?) {
      for part in split(text) where seen.insert(key(part)).inserted { words.append(Word(text: part, line: line)) }
    }
    var isRead = false
    for argument in arguments {
      if argument != "-" {
        add(argument, line: nil)
      } else if !isRead {
        isRead = true
        for line in try await InputLines.all(of: input) { add(line.text, line: line.number) }
      }
    }
    self.words = words
  }

  var texts: [String] { words.map(\.text) }

  /// Checks all words before anything is sent, and throws a `usage` error if some are invalid.
  ///
  /// - Parameter what: what a word should be: `an id`.
  func require(_ what: String, _ isRight: (String) -> Bool) throws(CommandFailure) {
    let wrong = words.filter { !isRight($0.text) }
    guard !wrong.isEmpty else { return }
    let shown = wrong.prefix(5).map { word in
      let place = word.line.map { "line \($0) of standard input: " } ?? ""
      return "\(place)“\(PlainText.harmless(String(word.text.prefix(80))))” is not \(what)"
    }
    let more = wrong.count > shown.count ? "; and \(wrong.count - shown.count) more" : ""
    throw .usage("Nothing was sent: \(shown.joined(separator: "; "))\(more).")
  }

  private static func split(_ text: String) -> [String] {
    text.split { $0.isWhitespace || $0 == "," || $0 == ";" }.map(String.init)
  }
}
