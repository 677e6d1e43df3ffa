/// What a configuration file says, checked.
public struct Configuration: Sendable {
  /// The file; `nil` where there is none.
  public let path: String?
  /// In the order of the file.
  public let profiles: [Profile]
  /// The name of the profile that is used where none is asked for; it is among `profiles`.
  public let defaultProfile: String?
  public let console: ConsoleSettings

  /// Where the settings of the profiles stand, by the profiles' names.
  let positions: [String: [SettingName: TextPosition]]

  /// One that sets nothing.
  public static let empty = Configuration(
    path: nil, profiles: [], defaultProfile: nil, console: ConsoleSettings(), positions: [:])

  /// The profile of a name.
  ///
  /// - Throws: `SettingsError`, which names those there are.
  public func profile(named name: String) throws(SettingsError) -> Profile {
    if let profile = profiles.first(where: { $0.name == name }) { return profile }
    let place = path.map { " in \($0)" } ?? ": there is no configuration file"
    let names = profiles.map(\.name)
    let known = names.isEmpty ? "" : " It holds \(names.joined(separator: ", "))."
    let hint = NearestName.hint(for: name, among: names)
    throw SettingsError("There is no profile “\(name)”\(place)\(hint)\(known)")
  }

  /// Where a setting of a profile stands in the file; `nil` for what isn't set.
  public func position(of setting: SettingName, in profile: String) -> TextPosition? {
    positions[profile]?[setting]
  }

  /// An error about a place of the file, as what reads on in `console` may find.
  public func error(_ message: String, at position: TextPosition) -> SettingsError {
    SettingsError(message, at: position, of: path ?? "configuration")
  }
}
