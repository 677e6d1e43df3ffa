#if canImport(Glibc)
  import Glibc
#endif

/// The folder that the process is in.
public enum WorkingDirectory {
  /// Its absolute path; `.` where it has none any more.
  public static var path: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }
}
