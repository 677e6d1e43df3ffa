import Glibc
import TerminalTestSupport

/// A blocking connection to a port of this machine, with a limit on every wait.
final class LoopbackConnection {
  private let descriptor: Int32

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw TerminalTestError.system(call: "socket", errno) }
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_in.loopback(port: port)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      let error = errno
      close(descriptor)
      throw TerminalTestError.system(call: "connect to port \(port)", error)
    }
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { throw TerminalTestError.system(call: "send", errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// Whether nothing arrives for that long, and the other end doesn't close.
  func isSilent(for time: Duration) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, Int32(time / .milliseconds(1))) == 0
  }

  /// Reads until the other end closes.
  func readToEnd() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let part = try [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        let result = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        guard result >= 0 else { throw TerminalTestError.system(call: "recv", errno) }
        count = result
      }
      if part.isEmpty { return bytes }
      bytes += part
    }
  }
}

extension sockaddr_in {
  static func loopback(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}
