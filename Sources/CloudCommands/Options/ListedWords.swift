import CloudAPI

/// Several ids, names or addresses of a command line, where `-` stands for those that standard input holds.
struct ListedWords {
  /// One of them, and where it stands where that is not the command line.
  struct Word {
    let text: String
    let line: Int?
  }

  /// Each once, in their order.
  let words: [Word]

  /// - Parameters:
  ///   - arguments: those of the command line. `-` reads the input, once.
  ///   - input: what `-` stands for.
  ///   - split: what stands in an argument or a line; ids and names stand between white space, commas and semicolons.
  ///   - key: what makes two of them the same.
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

  /// Refuses all of them where one can't be meant so, before anything is done.
  ///
  /// - Parameter what: what each should be: `an id`.
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
