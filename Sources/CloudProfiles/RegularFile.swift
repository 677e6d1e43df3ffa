#if canImport(Glibc)
  import Glibc
#endif

/// A file that was read, with what its permissions were at that moment.
struct RegularFile {
  /// Why there is nothing to read.
  enum Failure: Error, Equatable {
    case absent
    case notRegular
    case tooLarge(limit: Int)
    /// Of another user than this process and the administrator.
    case foreign
    /// What the system says.
    case system(String)

    /// The end of a sentence that begins with the file.
    var message: String {
      switch self {
      case .absent: "does not exist"
      case .notRegular: "is not a regular file"
      case .tooLarge(let limit): "is larger than \(limit) bytes"
      case .foreign: "belongs to another user"
      case .system(let reason): "can't be read: \(reason)"
      }
    }
  }

  let bytes: [UInt8]
  /// Whether nobody but the owner has any right to it.
  let isPrivate: Bool
  /// Whether everybody may change it.
  let isWritableByAll: Bool

  /// Follows symbolic links, as secrets are often mounted as such.
  init(readingAt path: String, limit: Int) throws(Failure) {
    // A pipe must not hold this up.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .absent : .system(String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(String(cString: strerror(errno))) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    guard status.st_uid == geteuid() || status.st_uid == 0 else { throw .foreign }
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
}
