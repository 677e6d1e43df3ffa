#if canImport(Glibc)
  import Glibc
#endif

/// The file of a program that is to be run.
struct ProgramFile {
  struct Missing: Error {
    /// The end of a sentence that begins with the program.
    let reason: String
  }

  let path: String

  /// - Parameters:
  ///   - name: a path, or a name that is looked for in PATH. A part of PATH that is no absolute path is passed over: what is
  ///     found must not depend on the folder that one happens to be in.
  init(_ name: String, environment: [String: String]) throws(Missing) {
    guard !name.contains("/") else {
      if let reason = Self.whyNotAProgram(name) { throw Missing(reason: reason) }
      path = name
      return
    }
    let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").filter {
      $0.first == "/"
    }
    let found = folders.map { "\($0)/\(name)" }
    guard let path = found.first(where: { Self.whyNotAProgram($0) == nil }) else {
      throw Missing(reason: "is in no folder of PATH")
    }
    self.path = path
  }

  private static func whyNotAProgram(_ path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return errno == ENOENT ? "does not exist" : "can't be run: \(String(cString: strerror(errno)))"
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return "is not a file that can be run" }
    return access(path, X_OK) == 0 ? nil : "can't be run: \(String(cString: strerror(errno)))"
  }
}
