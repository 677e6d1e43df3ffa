import Dispatch
import Glibc
import TerminalTestSupport

/// A server that sends a scripted response on each connection and closes it, for responses that the simulator can't
/// give.
final class ScriptedServer {
  let port: Int
  private let descriptor: Int32

  /// Sends the same response to every request.
  ///
  /// - Parameter answer: the bytes of the response; if empty, the connection is closed without one.
  convenience init(_ answer: String) throws {
    try self.init { _ in Array(answer.utf8) }
  }

  /// Listens on a free port.
  ///
  /// - Parameter answer: is given the request's first line, `GET /cloud HTTP/1.1`.
  init(_ answer: @escaping @Sendable (String) -> [UInt8]) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    var address = sockaddr_in.loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, address, &length) == 0
      }
    }
    guard result else { throw TerminalTestError.system(call: "listen", errno) }
    self.descriptor = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
    DispatchQueue(label: "scripted server").async { Self.serve(descriptor, answer) }
  }

  deinit {
    // Wakes the thread, which closes it.
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  var address: String { "http://127.0.0.1:\(port)" }

  private static func serve(_ listening: Int32, _ script: (String) -> [UInt8]) {
    while true {
      let connection = accept(listening, nil, nil)
      guard connection >= 0 else {
        close(listening)
        return
      }
      // Reads the request first: closing with unread data would discard the response.
      var question = [UInt8](repeating: 0, count: 65_536)
      let count = max(0, recv(connection, &question, question.count, 0))
      let line = String(decoding: question[..<count].prefix { $0 != 0x0D }, as: UTF8.self)
      var rest = script(line)[...]
      while !rest.isEmpty {
        let sent = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard sent > 0 else { break }
        rest = rest.dropFirst(sent)
      }
      // A program that another story starts meanwhile may hold a copy of the descriptor: closing alone wouldn't end the
      // connection.
      shutdown(connection, Int32(SHUT_RDWR))
      close(connection)
    }
  }
}
