extension ConsoleSettings {
  /// What may stand in the file's `console`.
  enum Name: String, CaseIterable {
    case theme, keymap, refresh, ascii, mouse
    case screenReader = "screen_reader"
    case lowBandwidth = "low_bandwidth"
  }

  init(_ node: DocumentNode, path: String) throws(SettingsError) {
    let reader = try MappingReader(node, title: "console", names: Name.allCases.map(\.rawValue), path: path)
    theme = try reader.value(Name.theme.rawValue, SettingText.choice) ?? theme
    refresh = try reader.value(Name.refresh.rawValue, SettingText.refresh) ?? refresh
    isASCII = try reader.boolean(Name.ascii.rawValue) ?? isASCII
    usesMouse = try reader.boolean(Name.mouse.rawValue) ?? usesMouse
    isForScreenReader = try reader.boolean(Name.screenReader.rawValue) ?? isForScreenReader
    isLowBandwidth = try reader.boolean(Name.lowBandwidth.rawValue) ?? isLowBandwidth
    if let node = reader.node(Name.keymap.rawValue) {
      for entry in try MappingReader(node, title: "keymap", names: nil, path: path).entries {
        keymap.append(try KeyOverride(entry, path: path))
      }
    }
  }
}

extension ConsoleSettings.KeyOverride {
  fileprivate init(_ entry: DocumentNode.Entry, path: String) throws(SettingsError) {
    let nodes: [DocumentNode]
    switch entry.value.content {
    case .scalar: nodes = [entry.value]
    case .sequence(let elements): nodes = elements
    case .null, .mapping:
      throw SettingsError(
        "\(entry.key) must be a key or a list of keys, and is \(entry.value.kind).", at: entry.value.position, of: path)
    }
    var keys: [Key] = []
    for node in nodes {
      guard case .scalar(let name, _) = node.content, !name.isEmpty else {
        throw SettingsError(
          "a key of \(entry.key) must be a single value, and is \(node.kind).", at: node.position, of: path)
      }
      keys.append(Key(name: name, position: node.position))
    }
    self.init(command: entry.key, position: entry.position, keys: keys)
  }
}
