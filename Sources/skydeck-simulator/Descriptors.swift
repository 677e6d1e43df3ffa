import NIOCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file descriptors that this process may have.
enum Descriptors {
  /// How many connections can be open at once: as many as descriptors are left, but for those that the server itself takes.
  static func availableConnections() -> Int {
    var limit = rlimit()
    guard getrlimit(nofile, &limit) == 0, limit.rlim_cur < 1 << 31 else { return .max }
    let most = Int(limit.rlim_cur)
    let open = (0..<Int32(min(most, 1024))).count { fcntl($0, F_GETFD) != -1 }
    // Each event loop takes three, and a listening socket accepts several at a time before it is asked to stop.
    return max(1, most - open - 3 * System.coreCount - 32)
  }

  #if canImport(Glibc)
    private static let nofile = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let nofile = RLIMIT_NOFILE
  #endif
}
