#if canImport(Glibc)
  import Glibc
#endif

/// Expands paths as people write them.
package struct PathExpansion {
  /// The value of `~`.
  let home: String?
  /// The directory to which relative paths refer.
  let directory: String

  package init(home: String?, directory: String) {
    self.home = home
    self.directory = directory
  }

  package func callAsFunction(_ path: String) throws(SettingText.Rejection) -> String {
    guard !path.isEmpty, HarmlessText.isPlain(path) else {
      throw SettingText.Rejection(advice: "set it to the path of a file", isShown: false)
    }
    if path == "~" || path.hasPrefix("~/") {
      guard let home else { throw SettingText.Rejection(advice: "“~” can't be expanded: HOME is not set") }
      return home + path.dropFirst()
    }
    return path.hasPrefix("/") ? path : "\(directory)/\(path.hasPrefix("./") ? path.dropFirst(2) : path[...])"
  }

  /// The program of a command: a path is expanded, a name is kept, to be searched for in PATH.
  func program(_ name: String) throws(SettingText.Rejection) -> String {
    name.contains("/") || name == "~" ? try self(name) : name
  }

  /// The directory that contains a file.
  package static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// The working directory of the process.
public enum WorkingDirectory {
  /// Its absolute path; `.` if it no longer exists.
  public static var path: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }
}
