#if canImport(Glibc)
  import Glibc
#endif

/// Checks whether anybody but this user and the administrator can change or replace a file.
enum TrustedPath {
  /// What others can change, or own: the file itself, or a folder or symbolic link on its path.
  struct Weakness: Error, Equatable {
    let path: String
    /// Whether it belongs to another user; otherwise its permissions are the problem.
    let isForeign: Bool

    /// The end of a sentence.
    var message: String {
      isForeign ? "\(path) belongs to another user." : "others can change \(path): chmod go-w \(path)."
    }
  }

  /// The limit of the system.
  private static let mostLinks = 40

  /// Follows a path as the system does, link by link. A folder that everybody can write to is safe if it is sticky,
  /// like `/tmp`: others can't touch files there that aren't theirs.
  ///
  /// - Throws: the first weakness. A file that doesn't exist has none.
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

  /// - Returns: the target of a symbolic link; `nil` for anything else.
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

  /// The names of a path, the last one first.
  private static func names(of path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.reversed().map(String.init)
  }
}
