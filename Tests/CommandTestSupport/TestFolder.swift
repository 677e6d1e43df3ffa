import FoundationEssentials

/// A temporary folder for a test and its configuration file. It is deleted with the value.
public final class TestFolder: Sendable {
  public let path: String

  public init() throws {
    path = "/tmp/skydeck-commands-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of the configuration file.
  public var file: String { "\(path)/config.yaml" }

  /// Writes the configuration file with mode 0600.
  public func write(_ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
  }

  /// The contents of the configuration file.
  public var text: String {
    get throws { try String(contentsOf: URL(filePath: file), encoding: .utf8) }
  }
}
