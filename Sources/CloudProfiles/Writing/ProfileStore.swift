/// Changes the profiles of a configuration file. All else in the file stays as it is, byte for byte, comments included.
///
/// The file is replaced as a whole or not at all, and afterwards only its owner can read it. A file that can't be read, or
/// that is written so that a change could touch something else, is refused and left alone. Changes by several programs at
/// once are made one after the other: each waits some seconds for the others, and holds up its thread meanwhile.
public struct ProfileStore: Sendable {
  public let file: ConfigurationFile
  /// How long others that change the file are waited for.
  var patience = AtomicFile.standardPatience

  public init(_ file: ConfigurationFile) {
    self.file = file
  }

  /// Adds a profile behind the others; the file and its folder are made where they are missing.
  ///
  /// - Parameters:
  ///   - profile: its paths are absolute or begin with `~`: relative ones are taken to be so to the file's folder.
  ///   - isDefault: whether it becomes the default profile. The first profile of a file always does.
  /// - Throws: `SettingsError`, also for a name that is taken.
  public func add(_ profile: Profile, isDefault: Bool = false) throws(SettingsError) {
    try change { text throws(SettingsError) in
      let isFirst = try text.configuration().profiles.isEmpty
      let added = try text.adding(profile)
      return isDefault || isFirst ? try added.settingDefault(to: profile.name) : added
    }
  }

  /// Removes a profile, with the comments inside it. If it is the default, there is none afterwards.
  ///
  /// - Parameter seen: what it was when somebody agreed to that; one that has changed since stays.
  /// - Throws: `SettingsError`, also where there is none of that name.
  public func remove(_ name: String, seenAs seen: Profile? = nil) throws(SettingsError) {
    try change { text throws(SettingsError) in
      let configuration = try text.configuration()
      let profile = try configuration.profile(named: name)
      guard seen == nil || profile == seen else {
        throw SettingsError("The profile “\(name)” was changed meanwhile, so it was left as it is: try again.")
      }
      let isDefault = configuration.defaultProfile == name
      return try (isDefault ? text.removingDefault() : text).removing(name)
    }
  }

  /// Makes a profile the default.
  ///
  /// - Throws: `SettingsError`, also where there is none of that name.
  public func use(_ name: String) throws(SettingsError) {
    try change { text throws(SettingsError) in try text.settingDefault(to: name) }
  }

  private func change(
    _ edit: (ConfigurationText) throws(SettingsError) -> ConfigurationText
  ) throws(SettingsError) {
    let atomic = AtomicFile(path: file.path, patience: patience)
    // What can't be done makes no folder and waits for nobody.
    _ = try edited(file.text(), edit)
    try atomic.whileLocked { () throws(SettingsError) in
      let before = try file.text()
      let after = try edited(before, edit)
      if after != before { try atomic.replace(before, with: after) }
    }
  }

  private func edited(
    _ text: String?, _ edit: (ConfigurationText) throws(SettingsError) -> ConfigurationText
  ) throws(SettingsError) -> String {
    try edit(ConfigurationText(text ?? "", file: file)).text
  }
}
