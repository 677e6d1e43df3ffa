extension Configuration {
  /// The names at the top of the file.
  enum TopName: String, CaseIterable {
    case defaultProfile = "default_profile"
    case profiles
    case console
  }

  /// Reads the text of a file.
  ///
  /// - Parameter home: what `~` stands for.
  /// - Throws: `SettingsError` with the line and column of the first thing that is wrong.
  public init(text: String, path: String, home: String?) throws(SettingsError) {
    let root: DocumentNode
    do throws(DocumentNode.SyntaxError) {
      root = try DocumentNode(yaml: text)
    } catch {
      throw SettingsError("\(error.message).", at: error.position, of: path)
    }
    try self.init(root, path: path, home: home)
  }

  init(_ root: DocumentNode, path: String, home: String?) throws(SettingsError) {
    let top = try MappingReader(
      root, title: "the configuration", names: TopName.allCases.map(\.rawValue), path: path)
    let paths = PathExpansion(home: home, directory: PathExpansion.directory(of: path))
    var profiles: [Profile] = []
    var positions: [String: [SettingName: TextPosition]] = [:]
    if let node = top.node(TopName.profiles.rawValue) {
      for entry in try MappingReader(node, title: "profiles", names: nil, path: path).entries {
        let reader = try Profile.reader(entry, path: path)
        profiles.append(try Profile(name: entry.key, reader, paths: paths))
        for setting in reader.entries {
          if let name = SettingName(rawValue: setting.key) {
            positions[entry.key, default: [:]][name] = setting.value.position
          }
        }
      }
    }
    let defaultProfile = try top.text(TopName.defaultProfile.rawValue)
    if let name = defaultProfile, !profiles.contains(where: { $0.name == name }) {
      let hint = NearestName.hint(for: name, among: profiles.map(\.name))
      throw top.error("there is no profile “\(name)”\(hint)", at: TopName.defaultProfile.rawValue)
    }
    var console = ConsoleSettings()
    if let node = top.node(TopName.console.rawValue) { console = try ConsoleSettings(node, path: path) }
    self.init(
      path: path, profiles: profiles, defaultProfile: defaultProfile, console: console, positions: positions)
  }
}
