#if canImport(Glibc)
  import Glibc
#endif

/// Locks a file against others that use this lock, in this process and in others, until it is released.
///
/// It is a system lock (flock) on an empty file beside the locked one, and ends with its process: a lock file left by a
/// killed process blocks nobody.
struct FileLock {
  enum Failure: Error {
    /// Another process or task held it the whole time.
    case taken
    /// The waiting task was cancelled.
    case cancelled
    /// The number of a system error.
    case system(Int32)
  }

  private let path: String
  private let descriptor: Int32

  /// Waits for the lock, and blocks the thread meanwhile.
  ///
  /// - Parameters:
  ///   - path: the path of the lock file, which is deleted on release.
  ///   - limit: how long to wait at most. Cancelling the task ends the wait sooner.
  init(at path: String, within limit: Duration) throws(Failure) {
    let deadline = ContinuousClock.now + limit
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
      guard descriptor >= 0 else { throw .system(errno) }
      do throws(Failure) {
        try Self.lock(descriptor, by: deadline)
      } catch {
        close(descriptor)
        throw error
      }
      if Self.isFile(descriptor, at: path) {
        self.path = path
        self.descriptor = descriptor
        return
      }
      // The previous owner deleted the file: if one exists now, it is another.
      close(descriptor)
    }
  }

  func release() {
    unlink(path)
    close(descriptor)
  }

  private static func lock(_ descriptor: Int32, by deadline: ContinuousClock.Instant) throws(Failure) {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EWOULDBLOCK:
        guard !Task.isCancelled else { throw .cancelled }
        guard ContinuousClock.now < deadline else { throw .taken }
        poll(nil, 0, 10)
      case EINTR: continue
      // The file system has no locks: `replace` checks in any case that the file didn't change since it was read.
      case ENOLCK, ENOSYS, EOPNOTSUPP: return
      default: throw .system(errno)
      }
    }
  }

  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var mine = stat()
    var there = stat()
    return fstat(descriptor, &mine) == 0 && lstat(path, &there) == 0 && mine.st_ino == there.st_ino
      && mine.st_dev == there.st_dev
  }
}
