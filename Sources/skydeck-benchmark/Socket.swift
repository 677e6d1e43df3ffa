import Glibc

/// The parts of TCP and HTTP/1.1 that the benchmark's own service needs, only for this machine.
enum Socket {
  private static let loopback = in_addr_t(0x7F00_0001).bigEndian

  /// A socket that listens on a free port.
  static func listen() throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = open()
    var address = address(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 && Glibc.listen(descriptor, 64) == 0
          && getsockname(descriptor, address, &length) == 0
      }
    }
    guard descriptor >= 0, isBound else { throw BenchmarkError.noService(reason: String(cString: strerror(errno))) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  /// The next connection; nil when the listener is shut down, which is then closed.
  static func accept(_ listener: Int32) -> Int32? {
    let connection = Glibc.accept(listener, nil, nil)
    guard connection >= 0 else {
      close(listener)
      return nil
    }
    var isOn: Int32 = 1
    setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
    return connection
  }

  /// The unchanged response to GET at `http://127.0.0.1:PORT/PATH`, head and body; nil if its length isn't known.
  static func get(_ url: String) -> [UInt8]? {
    let rest = url.dropFirst("http://127.0.0.1:".count)
    guard let slash = rest.firstIndex(of: "/"), let port = UInt16(rest[..<slash]) else { return nil }
    let descriptor = open()
    defer { close(descriptor) }
    var address = address(port: port)
    let isConnected = withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    let request = "GET \(rest[slash...]) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer benchmark\r\n\r\n"
    var waiting: [UInt8] = []
    guard isConnected, write(Array(request.utf8), to: descriptor), let head = readHead(descriptor, &waiting),
      let length = contentLength(of: head)
    else { return nil }
    while waiting.count < length {
      guard let more = read(descriptor) else { return nil }
      waiting += more
    }
    return head + waiting
  }

  /// The next head of a request or response, including its empty line; nil at the end of the connection.
  ///
  /// - Parameter waiting: bytes that were read and not used yet.
  static func readHead(_ descriptor: Int32, _ waiting: inout [UInt8]) -> [UInt8]? {
    let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
    while true {
      if let range = waiting.firstRange(of: end) {
        defer { waiting.removeSubrange(..<range.upperBound) }
        return Array(waiting[..<range.upperBound])
      }
      guard let more = read(descriptor) else { return nil }
      waiting += more
    }
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let count = send(
          descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written, Int32(MSG_NOSIGNAL))
        guard count > 0 else { return false }
        written += count
      }
      return true
    }
  }

  static func shutDown(_ descriptor: Int32) {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  static func close(_ descriptor: Int32) {
    Glibc.close(descriptor)
  }

  static func rest(_ time: Duration) {
    poll(nil, 0, Int32(time / .milliseconds(1)))
  }

  private static func read(_ descriptor: Int32) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
    }
    return bytes.isEmpty ? nil : bytes
  }

  private static func contentLength(of head: [UInt8]) -> Int? {
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    let line = lines.first { $0.lowercased().hasPrefix("content-length:") }
    return line.flatMap { Int($0.dropFirst("content-length:".count).filter { $0 != " " }) }
  }

  private static func open() -> Int32 {
    socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  }

  private static func address(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: loopback)
    return address
  }
}
