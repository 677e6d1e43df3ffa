/// Changes the profiles of a configuration file. Everything else in the file is kept byte for byte, comments included.
///
/// The file is replaced as a whole or not at all, and then only its owner can read it. A file that can't be read, or in
/// which a change could affect something else, is refused and not changed. Concurrent changes by several programs are
/// made one after the other: each waits some seconds for the others, and blocks its thread meanwhile.
public struct ProfileStore: Sendable {
  public let file: ConfigurationFile
  /// How long to wait for other programs that change the file.
  var patience = AtomicFile.standardPatience

  public init(_ file: ConfigurationFile) {
    self.file = file
  }

  /// Adds a profile after the others; the file and its folder are created if they don't exist.
  ///
  /// - Parameters:
  ///   - profile: its paths are absolute or begin with `~`; relative ones would refer to the file's folder.
  ///   - isDefault: whether it becomes the default profile. The first profile of a file always does.
  /// - Throws: `SettingsError`, also for a name that exists already.
  public func add(_ profile: Profile, isDefault: Bool = false) throws(SettingsError) {
    try change { text throws(SettingsError) in
      let isFirst = try text.configuration().profiles.isEmpty
      let added = try text.adding(profile)
      return isDefault || isFirst ? try added.settingDefault(to: profile.name) : added
    }
  }

  /// Removes a profile and the comments inside it. If it is the default, no default remains.
  ///
  /// - Parameter seen: the profile whose removal was confirmed; if it has changed since, it is not removed.
  /// - Throws: `SettingsError`, also if there is no profile with that name.
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
  /// - Throws: `SettingsError`, also if there is no profile with that name.
  public func use(_ name: String) throws(SettingsError) {
    try change { text throws(SettingsError) in try text.settingDefault(to: name) }
  }

  private func change(
    _ edit: (ConfigurationText) throws(SettingsError) -> ConfigurationText
  ) throws(SettingsError) {
    let atomic = AtomicFile(path: file.path, patience: patience)
    // Tried first: a change that fails must not create a folder or wait for a lock.
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
