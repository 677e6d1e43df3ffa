import CloudAPI
import CloudCommands

#if canImport(Glibc)
  import Glibc
#endif

extension OutputQueue {
  /// Writes to a descriptor, including a terminal that another program left in non-blocking mode.
  convenience init(descriptor: Int32) {
    self.init { bytes, isWanted in
      var rest = bytes[...]
      while !rest.isEmpty, isWanted() {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
          rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&waiting, 1, -1)
        } else if errno != EINTR {
          return errno == EPIPE ? .readerGone : .failed(String(cString: strerror(errno)))
        }
      }
      return nil
    }
  }
}

/// Prints why the console ends. The text may contain names from the service, so its control characters are replaced.
enum StandardError {
  static func print(_ text: String) {
    let line = bytes(of: text)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Prints to a terminal that may have stopped reading: gives up when it takes nothing for a tenth of a second.
  static func printLast(_ text: String) {
    var line = bytes(of: text)[...]
    while !line.isEmpty {
      var ready = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
      guard poll(&ready, 1, 100) > 0, ready.revents & Int16(POLLOUT) != 0 else { return }
      // If the descriptor is ready, so few bytes don't block.
      let written = line.prefix(64).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      line = line.dropFirst(written)
    }
  }

  private static func bytes(of text: String) -> [UInt8] {
    Array((PlainText.harmless(text, keeping: ["\n"]) + "\n").utf8)
  }
}
