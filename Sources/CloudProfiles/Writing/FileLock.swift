#if canImport(Glibc)
  import Glibc
#endif

/// Keeps everybody else who takes it from changing a file, in this process and in others, until it is released.
///
/// It is the system's lock (flock) on an empty file beside that one, and ends with the process that has it: what a process
/// left behind that was killed holds nobody up.
struct FileLock {
  enum Failure: Error {
    /// Somebody else had it all the time.
    case taken
    /// The person stopped waiting.
    case cancelled
    /// The number of a system error.
    case system(Int32)
  }

  private let path: String
  private let descriptor: Int32

  /// Waits for the lock, and holds up the thread meanwhile.
  ///
  /// - Parameters:
  ///   - path: the lock's own file, which goes with it.
  ///   - limit: how long to wait at most. Cancelling the task ends it sooner.
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
      // Whoever had it took the file away when done: the one that is there now, if any, is another.
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
      // A file system without locks: that the file didn't change since it was read is checked in any case.
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
