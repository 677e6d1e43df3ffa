#if canImport(Glibc)
  import Glibc
#endif

/// Where a program says why it ends.
public enum StandardError {
  public static func print(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
