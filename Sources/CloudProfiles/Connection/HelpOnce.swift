import CloudAPI

/// Which help was shown in an earlier run, so that it isn't shown at each start.
public struct HelpOnce: Sendable {
  private let environment: [String: String]

  public init(environment: [String: String]) {
    self.environment = environment
  }

  /// Whether a help is shown for the first time; the next run gets `false`. It is `true` again if the cache is lost, and
  /// `false` where nothing can be remembered.
  ///
  /// - Parameter name: ASCII letters and dashes.
  public func isFirst(_ name: String) -> Bool {
    guard let path = CacheFolder.path(ofFile: "\(name)-help", environment) else { return false }
    if (try? RegularFile(readingAt: path, limit: ConfigurationFile.sizeLimit)) != nil { return false }
    let file = AtomicFile(path: path)
    do throws(SettingsError) {
      try file.whileLocked { () throws(SettingsError) in try file.replace(nil, with: "shown\n") }
      return true
    } catch {
      return false
    }
  }
}
