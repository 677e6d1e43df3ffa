/// Reads the settings of a mapping in the file; an invalid one is an error with its line and column.
struct MappingReader {
  let path: String
  private let node: DocumentNode

  /// - Parameters:
  ///   - title: the mapping's name, for messages.
  ///   - names: the keys that it may have; `nil` for any.
  init(_ node: DocumentNode, title: String, names: [String]?, path: String) throws(SettingsError) {
    switch node.content {
    case .mapping, .null: break
    case .scalar, .sequence:
      throw SettingsError(
        "\(title) must be a mapping of names to values, and is \(node.kind).", at: node.position, of: path)
    }
    self.node = node
    self.path = path
    for entry in node.entries {
      if let names, !names.contains(entry.key) {
        let hint = NearestName.hint(for: entry.key, among: names)
        throw SettingsError("unknown key “\(entry.key)”\(hint)", at: entry.position, of: path)
      }
    }
  }

  var entries: [DocumentNode.Entry] { node.entries }

  /// The value of a key; `nil` if there is none.
  func node(_ key: String) -> DocumentNode? {
    node[key]?.value
  }

  func text(_ key: String) throws(SettingsError) -> String? {
    try value(key) { text throws(SettingText.Rejection) in try SettingText.some(text) }
  }

  /// Parses the text of a key.
  func value<Value>(
    _ key: String, _ read: (String) throws(SettingText.Rejection) -> Value
  ) throws(SettingsError) -> Value? {
    guard let entry = node[key] else { return nil }
    guard case .scalar(let text, _) = entry.value.content else {
      throw SettingsError(
        "\(key) must be a single value, and is \(entry.value.kind).", at: entry.value.position, of: path)
    }
    do throws(SettingText.Rejection) {
      return try read(text)
    } catch {
      throw rejected(key, text, error, at: entry.value.position)
    }
  }

  /// `true` or `false`, without quotes.
  func boolean(_ key: String) throws(SettingsError) -> Bool? {
    if let entry = node[key], case .scalar(_, isQuoted: true) = entry.value.content {
      throw SettingsError("\(key) is text: write true or false without quotes.", at: entry.value.position, of: path)
    }
    return try value(key) { text throws(SettingText.Rejection) in try SettingText.boolean(text) }
  }

  func error(_ message: String, at key: String? = nil) -> SettingsError {
    SettingsError(message, at: key.flatMap { node[$0]?.position } ?? node.position, of: path)
  }

  private func rejected(
    _ key: String, _ text: String, _ rejection: SettingText.Rejection, at position: TextPosition
  ) -> SettingsError {
    let subject = rejection.isShown ? "\(key) is “\(text.prefix(100))”" : key
    let end = rejection.advice.hasSuffix(".") ? "" : "."
    return SettingsError("\(subject): \(rejection.advice)\(end)", at: position, of: path)
  }
}

extension MappingReader {
  func value<Value>(
    _ name: SettingName, _ read: (String) throws(SettingText.Rejection) -> Value
  ) throws(SettingsError) -> Value? {
    try value(name.rawValue, read)
  }

  func contains(_ name: SettingName) -> Bool {
    node(name.rawValue) != nil
  }

  /// The words of a command line, from a list or from one text that is split as a shell would. Nothing else that a
  /// shell does is done.
  ///
  /// - Parameter paths: expands the program's path; arguments are left as they are.
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

/// The words of a command, split without a shell.
enum CommandWords {
  /// Splits text at blanks. Quotes and backslashes protect blanks, as in a POSIX shell; nothing is expanded.
  ///
  /// - Returns: `nil` if a quote isn't closed.
  static func split(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil, !isEscaped else { return nil }
    if let word { words.append(word) }
    return words
  }
}
