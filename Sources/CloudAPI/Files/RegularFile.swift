#if canImport(Glibc)
  import Glibc
#endif

/// A regular file that was read, with its permissions at that moment.
package struct RegularFile {
  /// Why a file can't be read or written.
  package enum Failure: Error, Equatable {
    case absent
    /// What it is instead, such as a pipe.
    case notRegular(String)
    case tooLarge(limit: Int)
    /// It belongs to a user other than this process's and the administrator.
    case foreign
    /// A symbolic link that isn't followed.
    case link
    /// The system's message.
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

  /// Which symbolic links are followed, if the file itself is one.
  package enum Links {
    case any
    /// Those that belong to this process's user or to the administrator.
    case own
    case none
  }

  package let bytes: [UInt8]
  /// Whether only the owner has any permission for it.
  package let isPrivate: Bool
  /// Whether everybody may write to it.
  package let isWritableByAll: Bool

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - limit: the largest size in bytes.
  ///   - isOwned: whether it must belong to this process's user or to the administrator.
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

  /// Opens a regular file and nothing else: opening a pipe would wait for its other end, and a device may act on it.
  ///
  /// - Parameters:
  ///   - flags: those of open(2). Only the owner can read and write a file that is created.
  /// - Returns: a descriptor, which the caller closes, and the file's status.
  package static func open(
    _ path: String, _ flags: Int32, links: Links
  ) throws(Failure) -> (descriptor: Int32, status: stat) {
    var status = stat()
    let isThere = lstat(path, &status) == 0
    guard isThere || errno == ENOENT else { throw .system(String(cString: strerror(errno))) }
    let isLink = isThere && status.st_mode & S_IFMT == S_IFLNK
    if isLink, links == .none || links == .own && !isTrusted(status.st_uid) { throw .link }
    if isLink ? stat(path, &status) == 0 : isThere { try requireRegular(status) }
    // If the file is replaced meanwhile, opening it must neither block nor follow a link.
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
