/// The checked content of a configuration file.
public struct Configuration: Sendable {
  /// The file's path; `nil` if there is no file.
  public let path: String?
  /// In the order of the file.
  public let profiles: [Profile]
  /// The name of the profile that is used if none is requested; it is one of `profiles`.
  public let defaultProfile: String?
  public let console: ConsoleSettings

  /// The positions of the profiles' settings in the file, by profile name.
  let positions: [String: [SettingName: TextPosition]]

  /// A configuration without any settings.
  public static let empty = Configuration(
    path: nil, profiles: [], defaultProfile: nil, console: ConsoleSettings(), positions: [:])

  /// The profile with a name.
  ///
  /// - Throws: `SettingsError`, which lists the names of the profiles.
  public func profile(named name: String) throws(SettingsError) -> Profile {
    if let profile = profiles.first(where: { $0.name == name }) { return profile }
    let place = path.map { " in \($0)" } ?? ": there is no configuration file"
    let names = profiles.map(\.name)
    let known = names.isEmpty ? "" : " It holds \(names.joined(separator: ", "))."
    let hint = NearestName.hint(for: name, among: names)
    throw SettingsError("There is no profile “\(name)”\(place)\(hint)\(known)")
  }

  /// The position of a profile's setting in the file; `nil` if it isn't set.
  public func position(of setting: SettingName, in profile: String) -> TextPosition? {
    positions[profile]?[setting]
  }

  /// An error at a position in the file, for code that checks `console` further.
  public func error(_ message: String, at position: TextPosition) -> SettingsError {
    SettingsError(message, at: position, of: path ?? "configuration")
  }
}

extension Configuration {
  /// Parses the text of a file.
  ///
  /// - Parameter home: the value of `~`.
  /// - Throws: `SettingsError` with the line and column of the first error.
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
