#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ScriptedServer {
  /// The server's end of one connection, used only by its script.
  struct Connection: Sendable {
    /// From 1, in the order in which connections were made.
    let number: Int
    private let descriptor: Int32

    #if canImport(Glibc)
      private static let withoutSignal = Int32(MSG_NOSIGNAL)
    #else
      private static let withoutSignal: Int32 = 0
    #endif

    init(_ descriptor: Int32, number: Int) {
      self.descriptor = descriptor
      self.number = number
    }

    /// The next request, head and body; `nil` when the client has closed the connection.
    func request() throws -> String? {
      var received = ""
      while true {
        if let head = received.firstRange(of: "\r\n\r\n") {
          let fields = received[..<head.lowerBound].lowercased()
          let length = fields.firstRange(of: "\r\ncontent-length: ").flatMap { name in
            Int(fields[name.upperBound...].prefix(while: \.isNumber))
          }
          if received[head.upperBound...].utf8.count >= length ?? 0 { return received }
        }
        guard let bytes = try receive() else { return nil }
        received += String(decoding: bytes, as: UTF8.self)
      }
    }

    func write(_ text: String) throws {
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Self.withoutSignal) }
        guard count > 0 else { throw SocketError() }
        bytes = bytes.dropFirst(count)
      }
    }

    /// Sends a complete response; the connection stays open.
    func answer(_ body: String, status: String = "200 OK", fields: [String] = []) throws {
      let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + fields
      try write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Returns when the client has closed the connection, or reset it with unread bytes.
    func closing() {
      while let bytes = try? receive(), !bytes.isEmpty {}
    }

    /// Makes the script end with a reset of the connection instead of a regular close.
    func resetAtEnd() {
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private func receive() throws -> [UInt8]? {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { throw SocketError() }
      return count == 0 ? nil : Array(buffer[..<count])
    }
  }
}
