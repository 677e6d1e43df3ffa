import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// The files that the kernel writes of programs that crash: they hold the program's memory, and with it its keys.
public enum CoreFiles {
  /// How large they may be where they are the person's business.
  private static let own = Mutex<rlimit?>(nil)

  /// Has none be written of this process. Call it before a key is read.
  public static func forbid() {
    own.withLock { own in
      var limit = rlimit()
      guard own == nil, getrlimit(resource, &limit) == 0 else { return }
      own = limit
      forbid(below: limit)
    }
  }

  /// Starts another program, whose core files are the person's own business.
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

  /// The hard limit stays, so that others can be given theirs.
  private static func forbid(below limit: rlimit) {
    var none = rlimit(rlim_cur: 0, rlim_max: limit.rlim_max)
    setrlimit(resource, &none)
  }
}
