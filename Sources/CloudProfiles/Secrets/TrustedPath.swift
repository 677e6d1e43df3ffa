#if canImport(Glibc)
  import Glibc
#endif

/// Finds out whether anybody but this user and the administrator can change a file, or put another in its place.
enum TrustedPath {
  /// What others can change, or have changed: the file itself, or a folder or a symbolic link on the way to it.
  struct Weakness: Error, Equatable {
    let path: String
    /// Whether it belongs to another user; else its permissions are at fault.
    let isForeign: Bool

    /// The end of a sentence.
    var message: String {
      isForeign ? "\(path) belongs to another user." : "others can change \(path): chmod go-w \(path)."
    }
  }

  /// As many as the system follows.
  private static let mostLinks = 40

  /// Goes along a path as the system does, link by link. A folder that all can write to is no weakness where it is sticky,
  /// like `/tmp`: there they can't touch what isn't theirs.
  ///
  /// - Throws: the first weakness. A file that isn't there has none.
  static func check(_ path: String) throws(Weakness) {
    var place = "/"
    var rest = names(of: path.hasPrefix("/") ? path : "\(WorkingDirectory.path)/\(path)")
    var links = 0
    try look(at: place)
    while let name = rest.popLast() {
      if name == ".." {
        place = PathExpansion.directory(of: place)
        continue
      }
      let next = place == "/" ? "/\(name)" : "\(place)/\(name)"
      guard let target = try look(at: next) else {
        place = next
        continue
      }
      links += 1
      guard links <= mostLinks else { throw Weakness(path: path, isForeign: false) }
      if target.hasPrefix("/") { place = "/" }
      rest += names(of: target)
    }
  }

  /// - Returns: where a symbolic link leads; `nil` for all else.
  @discardableResult
  private static func look(at path: String) throws(Weakness) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    guard status.st_uid == geteuid() || status.st_uid == 0 else { throw Weakness(path: path, isForeign: true) }
    switch status.st_mode & S_IFMT {
    case S_IFLNK:
      return target(of: path)
    case S_IFDIR where status.st_mode & S_ISVTX != 0:
      return nil
    default:
      guard status.st_mode & 0o022 == 0 else { throw Weakness(path: path, isForeign: false) }
      return nil
    }
  }

  private static func target(of link: String) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(link, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The last one first.
  private static func names(of path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.reversed().map(String.init)
  }
}
