import CloudAPI

/// The location of the configuration.
public struct ConfigurationFile: Hashable, Sendable {
  /// The variable that names it.
  static let variable = "SKYDECK_CONFIG"
  /// The largest file that is read, in bytes.
  static let sizeLimit = 1 << 20

  public let path: String
  /// Whether the user named it, so that it must exist.
  let isNamed: Bool
  /// The value of `~` in it.
  let home: String?

  /// Finds the file: the option's, else that of `SKYDECK_CONFIG`, else `skydeck/config.yaml` in `XDG_CONFIG_HOME` or
  /// `~/.config` (XDG Base Directory Specification 0.8).
  ///
  /// - Parameter option: the value of `--config`.
  /// - Returns: `nil` if nothing tells where it could be.
  public init?(option: String? = nil, environment: [String: String]) {
    home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    if let named = [option, environment[Self.variable]].compactMap({ $0 }).first(where: { !$0.isEmpty }) {
      path = named
      isNamed = true
      return
    }
    isNamed = false
    // The specification requires relative paths to be ignored.
    if let directory = environment["XDG_CONFIG_HOME"], directory.hasPrefix("/") {
      path = "\(directory)/skydeck/config.yaml"
    } else if let home {
      path = "\(home)/.config/skydeck/config.yaml"
    } else {
      return nil
    }
  }

  /// Reads and checks the file. If it doesn't exist and the user didn't name it, the configuration is empty.
  ///
  /// - Throws: `SettingsError` with the line and column of the first error.
  public func load() throws(SettingsError) -> Configuration {
    guard let text = try text() else {
      guard !isNamed else { throw SettingsError("The configuration file \(path) does not exist.") }
      return .empty
    }
    return try Configuration(text: text, path: path, home: home)
  }

  /// How others can change the file or a part of its path, as a sentence that starts in lower case; `nil` if they
  /// can't.
  public var weakness: String? {
    do throws(TrustedPath.Weakness) {
      try TrustedPath.check(path)
      return nil
    } catch {
      return error.message
    }
  }

  /// The content of the file; `nil` if it doesn't exist.
  func text() throws(SettingsError) -> String? {
    let file: RegularFile
    do throws(RegularFile.Failure) {
      file = try RegularFile(readingAt: path, limit: Self.sizeLimit)
    } catch {
      if error == .absent { return nil }
      throw SettingsError("The configuration file \(path) \(error.message).")
    }
    // The file determines which programs run and where keys are sent.
    guard !file.isWritableByAll else {
      throw SettingsError("Anyone can change the configuration file \(path): chmod 600 it.")
    }
    do throws(FileText.Failure) {
      return try FileText.text(of: file.bytes)
    } catch {
      throw SettingsError("The configuration file \(path) \(error.message).")
    }
  }
}
