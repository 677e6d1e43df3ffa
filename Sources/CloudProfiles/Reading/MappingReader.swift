/// Takes the settings out of a mapping of the file; what is wrong with one is an error with its line and column.
struct MappingReader {
  let path: String
  private let node: DocumentNode

  /// - Parameters:
  ///   - title: what the mapping is, for messages.
  ///   - names: what may stand in it; `nil` for anything.
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

  /// The value under a key; `nil` where there is none.
  func node(_ key: String) -> DocumentNode? {
    node[key]?.value
  }

  func text(_ key: String) throws(SettingsError) -> String? {
    try value(key) { text throws(SettingText.Rejection) in try SettingText.some(text) }
  }

  /// What the text under a key says.
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

  /// `true` or `false`, not in quotes.
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
