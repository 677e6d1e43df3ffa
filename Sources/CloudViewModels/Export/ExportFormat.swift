/// The format of a file, by the ending of its name.
public enum ExportFormat: String, CaseIterable, Hashable, Sendable {
  case csv, tsv, json

  /// - Parameter path: the ending counts whatever its case; `nil` for another one.
  public init?(endingOf path: String) {
    guard let ending = Self.ending(of: path), let format = Self(rawValue: ending.lowercased()) else { return nil }
    self = format
  }

  /// What follows the last dot of the file's name; `nil` without one.
  public static func ending(of path: String) -> String? {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    return String(name[name.index(after: dot)...])
  }
}
