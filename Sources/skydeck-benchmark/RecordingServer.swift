import Dispatch
import Glibc
import Synchronization

/// Serves the responses of another server over HTTP, which is asked once for each path.
final class RecordingServer: Sendable {
  /// One request.
  struct Request: Sendable {
    let path: String
    let came: ContinuousClock.Instant
    /// When the first byte of the response was written.
    var answered: ContinuousClock.Instant?
  }

  private struct State {
    var answers: [String: [UInt8]] = [:]
    var requests: [Request] = []
    var connections: Set<Int32> = []
    var isClosed = false
  }

  private let listener: Int32
  private let source: String
  private let latency: Duration
  private let state = Mutex(State())

  /// `http://127.0.0.1:PORT`.
  let address: String

  /// - Parameters:
  ///   - source: the other server's address.
  ///   - latency: the delay of each response.
  init(source: String, latency: Duration) throws {
    self.source = source
    self.latency = latency
    let (descriptor, port) = try Socket.listen()
    listener = descriptor
    address = "http://127.0.0.1:\(port)"
    DispatchQueue(label: "listener").async { [weak self, descriptor] in
      while let connection = Socket.accept(descriptor) {
        guard let self else { return Socket.close(connection) }
        answer(connection)
      }
    }
  }

  deinit {
    Socket.shutDown(listener)
    state.withLock { state in
      state.isClosed = true
      for connection in state.connections { Socket.shutDown(connection) }
    }
  }

  var requests: [Request] { state.withLock { $0.requests } }

  func forgetRequests() {
    state.withLock { $0.requests = [] }
  }

  private func answer(_ connection: Int32) {
    let isOpen = state.withLock { state in
      if !state.isClosed { state.connections.insert(connection) }
      return !state.isClosed
    }
    guard isOpen else { return Socket.close(connection) }
    // A serial queue gets its own thread; a concurrent one shares a few, and a connection would have to wait.
    DispatchQueue(label: "connection").async { [weak self] in
      var waiting: [UInt8] = []
      while let head = Socket.readHead(connection, &waiting), let path = Self.path(of: head), let self {
        guard respond(to: path, on: connection), !Self.isLast(head) else { break }
      }
      self?.state.withLock { _ = $0.connections.remove(connection) }
      Socket.close(connection)
    }
  }

  private func respond(to path: String, on connection: Int32) -> Bool {
    let index = state.withLock { state in
      state.requests.append(Request(path: path, came: .now))
      return state.requests.count - 1
    }
    guard let bytes = recorded(path) else { return false }
    if latency > .zero { Socket.rest(latency) }
    state.withLock { state in
      // The requests may have been cleared meanwhile.
      if state.requests.indices.contains(index), state.requests[index].path == path {
        state.requests[index].answered = .now
      }
    }
    return Socket.write(bytes, to: connection)
  }

  private func recorded(_ path: String) -> [UInt8]? {
    if let known = state.withLock({ $0.answers[path] }) { return known }
    guard let answer = Socket.get(source + path) else { return nil }
    state.withLock { $0.answers[path] = answer }
    return answer
  }

  private static func isLast(_ head: [UInt8]) -> Bool {
    String(decoding: head, as: UTF8.self).lowercased().contains("connection: close")
  }

  /// The second word of `GET /cloud HTTP/1.1`.
  private static func path(of head: [UInt8]) -> String? {
    let words = head.prefix { $0 != 0x0D }.split(separator: 0x20)
    return words.count == 3 ? String(decoding: words[1], as: UTF8.self) : nil
  }
}
