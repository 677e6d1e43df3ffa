import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// The core files of programs that crash: they hold the program's memory, and with it its keys.
public enum CoreFiles {
  /// The limit that was set before `forbid()`.
  private static let own = Mutex<rlimit?>(nil)

  /// Prevents core files of this process. Call it before a key is read.
  public static func forbid() {
    own.withLock { own in
      var limit = rlimit()
      guard own == nil, getrlimit(resource, &limit) == 0 else { return }
      own = limit
      forbid(below: limit)
    }
  }

  /// Starts another program with the user's own limit on core files.
  ///
  /// - Parameter start: returns as soon as the program runs.
  static func allowing<Result>(_ start: () -> Result) -> Result {
    own.withLock { own in
      guard var limit = own else { return start() }
      setrlimit(resource, &limit)
      defer { forbid(below: limit) }
      return start()
    }
  }

  private static let resource = __rlimit_resource_t(RLIMIT_CORE.rawValue)

  /// Keeps the hard limit, so that the limit can be restored for other programs.
  private static func forbid(below limit: rlimit) {
    var none = rlimit(rlim_cur: 0, rlim_max: limit.rlim_max)
    setrlimit(resource, &none)
  }
}
