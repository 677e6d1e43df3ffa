/// The console's appearance and input.
public struct ConsoleSettings: Hashable, Sendable {
  /// The colours it uses.
  public enum Theme: String, CaseIterable, Hashable, Sendable {
    case auto, dark, light
    case colourBlind = "colour-blind"
    case none
  }

  /// Keys that replace those of a command, as written: only the console knows the commands and keys.
  public struct KeyOverride: Hashable, Sendable {
    /// The command's name, and its position.
    public let command: String
    public let position: TextPosition
    /// If empty, the command has no keys.
    public let keys: [Key]

    /// A key, and its position.
    public struct Key: Hashable, Sendable {
      public let name: String
      public let position: TextPosition
    }
  }

  public var theme = Theme.auto
  public var keymap: [KeyOverride] = []
  /// How often lists are reloaded by themselves, if the profile doesn't say.
  public var refresh = RefreshSetting.off
  /// Draws lines and marks in ASCII.
  public var isASCII = false
  /// Whether mouse events are handled; then text is selected with Shift.
  public var usesMouse = false
  /// Whether the console is drawn in lines for a screen reader.
  public var isForScreenReader = false
  /// Whether as few bytes as possible are sent.
  public var isLowBandwidth = false

  public init() {}
}

/// Whether and how often lists are reloaded by themselves.
public enum RefreshSetting: Hashable, Sendable {
  case off
  case every(Duration)

  /// `nil` for never.
  public var interval: Duration? {
    switch self {
    case .off: nil
    case .every(let duration): duration
    }
  }
}

extension RefreshSetting: CustomStringConvertible {
  /// As in the file: `off`, `5m`.
  public var description: String {
    switch self {
    case .off: "off"
    case .every(let duration): DurationText.text(duration)
    }
  }
}

extension ConsoleSettings {
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
