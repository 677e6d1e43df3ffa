import CloudChanges
import CloudViewModels

/// What the text typed into the palette means.
enum PaletteLine: Hashable {
  /// The commands that the words find, the likeliest first.
  case commands([Binding])
  /// A command and the argument typed after its name.
  case argument(Binding, String)
  /// A command that takes no argument, although one was typed, and what the words find otherwise.
  case excess(Binding, others: [Binding])
}

extension Keymap {
  /// Reads the text of the palette: `theme light` is a command with its argument, `role` finds what edits one.
  func paletteLine(_ text: String) -> PaletteLine {
    let words = text.split(separator: " ").map { SearchFold.fold(String($0)) }
    let found = found(words)
    guard let first = words.first, words.count > 1 || text.last == " " else { return .commands(found) }
    let isName = bindings.contains { $0.command.rawValue.hasPrefix(words.joined(separator: "-")) && words.count > 1 }
    if !isName, let binding = taking(first) {
      return .argument(binding, String(text.drop { $0 == " " }.drop { $0 != " " }).trimmingBlanks())
    }
    guard words.count > 1, !isName else { return .commands(found) }
    let named = self.found([first]).first
    // Nothing that writes runs because its argument happens to be a word of its description.
    if let named, named.command.rawValue == first, named.command.writes || found.isEmpty {
      return .excess(named, others: found.filter { $0 != named })
    }
    if found.isEmpty, let named { return .excess(named, others: []) }
    return .commands(found)
  }

  /// The command that takes an argument, if it alone is meant by a word: its name, the beginning of its name, or a
  /// synonym.
  private func taking(_ word: String) -> Binding? {
    let taking = bindings.filter { $0.argument != nil }
    if let exact = bindings.first(where: { $0.command.rawValue == word }) { return taking.first { $0 == exact } }
    for isMeant in [
      { (binding: Binding) in binding.command.rawValue.hasPrefix(word) }, { $0.synonyms.contains(word) },
    ] {
      let meant = taking.filter(isMeant)
      if !meant.isEmpty { return meant.count == 1 ? meant[0] : nil }
    }
    return nil
  }

  /// The bindings that contain all words in name, synonyms or description.
  private func found(_ words: [String]) -> [Binding] {
    var words = words
    // As in vi: `q!`.
    if words.count == 1, words[0].count > 1, words[0].hasSuffix("!") { words[0].removeLast() }
    let found = bindings.enumerated().filter { _, binding in
      guard binding.command != .palette else { return false }
      let texts = [binding.command.rawValue, binding.label, binding.summary, binding.help] + binding.synonyms
      let text = SearchFold.fold(texts.joined(separator: " "))
      return words.allSatisfy { text.contains($0) }
    }
    return found.map { (place: $0, rank: Self.rank($1, words), binding: $1) }
      .sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.binding)
  }

  /// How well the words name a command: the lowest number is the likeliest. Among equals, commands that change
  /// something come first; movements have keys.
  private static func rank(_ binding: Binding, _ words: [String]) -> Int {
    let task = [.change, .look, .mark, .console, .move].firstIndex(of: binding.task) ?? 0
    guard let first = words.first else { return task }
    let name = binding.command.rawValue
    let whole = words.joined(separator: "-")
    func begins(_ texts: [String]) -> Bool {
      texts.contains { $0.split { $0 == " " || $0 == "-" }.contains { $0.hasPrefix(first) } }
    }
    let kind =
      name == whole
      ? 0
      : name.hasPrefix(whole)
        ? 1
        : binding.synonyms.contains(whole)
          ? 2
          : begins([name, SearchFold.fold(binding.label)])
            ? 3
            : begins(binding.synonyms) ? 4 : begins([binding.summary]) ? 5 : name.contains(first) ? 6 : 7
    return kind * Binding.Task.allCases.count + task
  }
}
