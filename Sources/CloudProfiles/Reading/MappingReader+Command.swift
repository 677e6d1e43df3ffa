extension MappingReader {
  /// The words of a command line, from a list or from one text that is split as a shell would, without doing anything
  /// else that a shell does.
  ///
  /// - Parameter paths: makes the program's path whole; the arguments are its own business.
  func command(_ name: SettingName, _ paths: PathExpansion) throws(SettingsError) -> [String] {
    guard let node = node(name.rawValue) else { return [] }
    var words: [String] = []
    switch node.content {
    case .scalar(let text, _):
      guard let split = CommandWords.split(text) else {
        throw SettingsError("\(name.rawValue) has a quote that isn't closed.", at: node.position, of: path)
      }
      words = split
    case .sequence(let nodes):
      for node in nodes {
        guard case .scalar(let word, _) = node.content else {
          throw SettingsError(
            "each word of \(name.rawValue) must be a single value, and this is \(node.kind).", at: node.position,
            of: path)
        }
        words.append(word)
      }
    case .null, .mapping:
      throw SettingsError(
        "\(name.rawValue) must be a command or a list of its words, and is \(node.kind).", at: node.position, of: path)
    }
    guard let program = words.first, !program.isEmpty else {
      throw SettingsError("\(name.rawValue) names no program.", at: node.position, of: path)
    }
    guard words.allSatisfy(HarmlessText.isPlain) else {
      throw SettingsError("\(name.rawValue) holds control characters.", at: node.position, of: path)
    }
    do throws(SettingText.Rejection) {
      words[0] = try paths.program(program)
    } catch {
      throw SettingsError("\(name.rawValue): \(error.advice).", at: node.position, of: path)
    }
    return words
  }
}
