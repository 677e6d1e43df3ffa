import FoundationEssentials

/// A folder of a test's own, with a configuration file that may be in it. It goes with the value.
public final class TestFolder: Sendable {
  public let path: String

  public init() throws {
    path = "/tmp/skydeck-commands-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Where the configuration is.
  public var file: String { "\(path)/config.yaml" }

  /// Writes the configuration for its owner alone.
  public func write(_ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
  }

  /// What the configuration holds.
  public var text: String {
    get throws { try String(contentsOf: URL(filePath: file), encoding: .utf8) }
  }
}
