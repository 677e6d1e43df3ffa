#if canImport(Glibc)
  import Glibc
#endif

/// A regular file that was read, with what its permissions were at that moment.
package struct RegularFile {
  /// Why there is nothing to read, or to write to.
  package enum Failure: Error, Equatable {
    case absent
    /// What it is instead: a pipe, say.
    case notRegular(String)
    case tooLarge(limit: Int)
    /// Of another user than this process and the administrator.
    case foreign
    /// A symbolic link that isn't followed.
    case link
    /// What the system says.
    case system(String)

    /// The end of a sentence that begins with the file.
    package var message: String {
      switch self {
      case .absent: "does not exist"
      case .notRegular(let kind): "is not a regular file but \(kind)"
      case .tooLarge(let limit): "is larger than \(limit) bytes"
      case .foreign: "belongs to another user"
      case .link: "is a symbolic link that somebody else may have put there"
      case .system(let reason): "can't be read: \(reason)"
      }
    }
  }

  /// Which symbolic links in the file's own place are followed.
  package enum Links {
    case any
    /// Those of this process's user and of the administrator.
    case own
    case none
  }

  package let bytes: [UInt8]
  /// Whether nobody but the owner has any right to it.
  package let isPrivate: Bool
  /// Whether everybody may change it.
  package let isWritableByAll: Bool

  /// Reads a file whole.
  ///
  /// - Parameters:
  ///   - limit: the most bytes that it may have.
  ///   - isOwned: whether it has to belong to this process's user or to the administrator.
  package init(readingAt path: String, limit: Int, links: Links = .own, isOwned: Bool = true) throws(Failure) {
    let (descriptor, status) = try Self.open(path, O_RDONLY, links: links)
    defer { close(descriptor) }
    guard !isOwned || Self.isTrusted(status.st_uid) else { throw .foreign }
    isPrivate = status.st_mode & 0o077 == 0
    isWritableByAll = status.st_mode & 0o002 != 0

    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count >= 0 else { throw .system(String(cString: strerror(errno))) }
      if count == 0 { break }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    }
    self.bytes = bytes
  }

  /// Opens a regular file; nothing else is even tried: a pipe would wait for its other end, and a device may do something.
  ///
  /// - Parameters:
  ///   - flags: as of open(2). A file that is made can be read and written by its owner only.
  /// - Returns: a descriptor, to be closed by the caller, and what is known of the file.
  package static func open(
    _ path: String, _ flags: Int32, links: Links
  ) throws(Failure) -> (descriptor: Int32, status: stat) {
    var status = stat()
    let isThere = lstat(path, &status) == 0
    guard isThere || errno == ENOENT else { throw .system(String(cString: strerror(errno))) }
    let isLink = isThere && status.st_mode & S_IFMT == S_IFLNK
    if isLink, links == .none || links == .own && !isTrusted(status.st_uid) { throw .link }
    if isLink ? stat(path, &status) == 0 : isThere { try requireRegular(status) }
    // What takes its place meanwhile must neither hold this up nor lead elsewhere.
    let careful = O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (isLink ? 0 : O_NOFOLLOW)
    let descriptor = Glibc.open(path, flags | careful, 0o600)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .absent : errno == ELOOP ? .link : .system(String(cString: strerror(errno)))
    }
    do throws(Failure) {
      guard fstat(descriptor, &status) == 0 else { throw .system(String(cString: strerror(errno))) }
      try requireRegular(status)
    } catch {
      close(descriptor)
      throw error
    }
    return (descriptor, status)
  }

  private static func isTrusted(_ user: uid_t) -> Bool { user == geteuid() || user == 0 }

  private static func requireRegular(_ status: stat) throws(Failure) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .notRegular("a folder")
    case S_IFIFO: throw .notRegular("a pipe")
    case S_IFSOCK: throw .notRegular("a socket")
    case S_IFLNK: throw .link
    default: throw .notRegular("a device")
    }
  }
}
