import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A server on this machine that sends exactly the bytes of a script, for behaviour that no correct server has.
///
/// Each connection has its own thread, on which the script may block, so that scripts read from top to bottom.
final class ScriptedServer: Sendable {
  typealias Script = @Sendable (Connection) throws -> Void

  /// A system call that failed, which ends its connection.
  struct SocketError: Error {
    let code = errno
  }

  /// Such as `http://127.0.0.1:40123`.
  let address: String
  private let listener: Int32
  /// The running threads.
  private let threads = DispatchGroup()
  /// The open connections; `nil` once the server ends.
  private let open = Mutex<Set<Int32>?>([])

  /// Runs `body` with a server that runs `script` on each connection, then ends the server and its connections.
  static func run<Value>(
    script: @escaping Script, _ body: (ScriptedServer) async throws -> Value
  ) async throws -> Value {
    let server = try ScriptedServer(script)
    let result: Result<Value, any Error>
    do {
      result = .success(try await body(server))
    } catch {
      result = .failure(error)
    }
    await server.end()
    return try result.get()
  }

  private init(_ script: @escaping Script) throws {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    listener = socket(AF_INET, kind, 0)
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &name) { [listener] pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, length) == 0 && getsockname(listener, pointer, &length) == 0
      }
    }
    guard isBound, fcntl(listener, F_SETFD, FD_CLOEXEC) == 0, listen(listener, 64) == 0 else { throw SocketError() }
    address = "http://127.0.0.1:\(UInt16(bigEndian: name.sin_port))"
    start { self.serve(script) }
  }

  private func start(_ body: @escaping @Sendable () -> Void) {
    threads.enter()
    BlockingThread.start {
      body()
      self.threads.leave()
    }
  }

  private func serve(_ script: @escaping Script) {
    var number = 0
    while true {
      let descriptor = Self.acceptedConnection(of: listener)
      guard descriptor >= 0 else { return }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      guard open.withLock({ $0?.insert(descriptor).inserted }) == true else {
        close(descriptor)
        return
      }
      number += 1
      let connection = Connection(descriptor, number: number)
      start {
        try? script(connection)
        // Under the lock, so that no connection is ended whose descriptor was reused meanwhile.
        self.open.withLock { open in
          open?.remove(descriptor)
          close(descriptor)
        }
      }
    }
  }

  private static func acceptedConnection(of listener: Int32) -> Int32 {
    while true {
      let descriptor = accept(listener, nil, nil)
      if descriptor >= 0 || errno != EINTR { return descriptor }
    }
  }

  /// Unblocks all threads, and returns when they have ended.
  private func end() async {
    open.withLock { open in
      for descriptor in open ?? [] { shutdown(descriptor, Int32(SHUT_RDWR)) }
      open = nil
    }
    shutdown(listener, Int32(SHUT_RDWR))
    await withCheckedContinuation { continuation in
      threads.notify(queue: .global()) { continuation.resume() }
    }
    close(listener)
  }
}
