#if canImport(Glibc)
  import Glibc
#endif

/// Where text goes that a command has at once: help, a manual, a table of keys.
public enum StandardOutput {
  /// Writes a text whole, and says why where it can't be.
  ///
  /// - Returns: `output` where it can't be written; `done` also where whoever read it has gone.
  public static func print(_ text: String) -> ExitStatus {
    guard let failure = write(Array(text.utf8), to: STDOUT_FILENO), failure != EPIPE else { return .done }
    StandardError.print(ErrorReport(unwritable: String(cString: strerror(failure))).line(asJSON: false))
    return .output
  }

  /// - Parameter isWanted: is asked before each part.
  /// - Returns: the number of the system's error that ended it; `nil` if none did.
  static func write(_ bytes: [UInt8], to descriptor: Int32, while isWanted: () -> Bool = { true }) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty, isWanted() {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        // A terminal that another program left in non-blocking mode.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }
}
