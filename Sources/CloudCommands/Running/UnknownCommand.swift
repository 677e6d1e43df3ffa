import ArgumentParser

/// A word of a command line that stands where a command should, and is none.
struct UnknownCommand {
  private let word: String
  /// The commands before it: `skydeck clouds`.
  private let path: [String]
  /// The names of the commands that could stand there.
  private let names: [String]
  /// The whole names of commands elsewhere that end in the word: `people set-role`.
  private let others: [String]

  /// - Parameters:
  ///   - words: the command line after the program's name.
  ///   - message: what the parser says of it.
  /// - Returns: `nil` if the parser refused something else.
  init?(_ words: [String], of root: any ParsableCommand.Type, message: String) {
    guard message.lowercased().contains("unexpected argument"), let quote = message.firstIndex(of: "'") else {
      return nil
    }
    word = String(message[message.index(after: quote)...].prefix { $0 != "'" })
    guard !word.hasPrefix("-"), let place = words.firstIndex(of: word) else { return nil }
    var command: any ParsableCommand.Type = root
    var path: [String] = []
    for word in words[..<place] {
      guard let next = command.configuration.subcommands.first(where: { Self.name(of: $0) == word }) else { continue }
      command = next
      path.append(word)
    }
    self.path = path
    names = command.configuration.subcommands.map { Self.name(of: $0) }
    guard !names.isEmpty else { return nil }
    others = root.configuration.subcommands.flatMap { [word] noun in
      noun.configuration.subcommands.map { Self.name(of: $0) }.filter { $0 == word }
        .map { "\(Self.name(of: noun)) \($0)" }
    }
  }

  /// What is wrong, and what was probably meant, as sentences.
  var text: String {
    let missing = "There is no command “\((path + [word]).joined(separator: " "))”."
    let near = names.filter { Self.isNear($0, word) }
    let meant = near.isEmpty ? others : near.map { (path + [$0]).joined(separator: " ") }
    guard meant.isEmpty else {
      return "\(missing) Did you mean \(meant.map { "“\($0)”" }.joined(separator: " or "))?"
    }
    return "\(missing) There are \(names.joined(separator: ", "))."
  }

  private static func name(of command: any ParsableCommand.Type) -> String { command._commandName }

  /// Whether one is the start of the other, or they differ by two letters at most.
  private static func isNear(_ name: String, _ word: String) -> Bool {
    if name.hasPrefix(word) || word.hasPrefix(name) { return true }
    return distance(Array(name), Array(word)) <= min(2, word.count / 3 + 1)
  }

  /// The number of letters to insert, remove or replace (Levenshtein).
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for place in right.indices {
        let cost = letter == right[place] ? diagonal : diagonal + 1
        diagonal = row[place + 1]
        row[place + 1] = min(cost, diagonal + 1, row[place] + 1)
      }
    }
    return row[right.count]
  }
}
