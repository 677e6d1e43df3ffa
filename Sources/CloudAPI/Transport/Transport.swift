public import HTTPTypes

/// What carries requests: HTTP in production, the simulator in process.
///
/// A transport sends what it is given once: it neither retries nor follows redirects nor judges a status.
public protocol Transport: Sendable {
  /// Sends one request and returns as soon as the head of the answer is there.
  ///
  /// Cancelling the calling task ends the request, its connection included, and throws `.cancelled`.
  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse

  /// Sends nothing more on the connections that are there: an answer came that wasn't one to its request. What is being
  /// answered on them goes on.
  func forgetConnections()
}

extension Transport {
  /// For transports without connections that outlive a request.
  public func forgetConnections() {}
}

/// A request, complete: the transport adds nothing but what HTTP needs.
public struct TransportRequest: Sendable {
  /// Method, scheme, authority, path with query, header fields.
  public var head: HTTPRequest
  public var body: [UInt8]
  /// For the whole exchange, the last byte of the answer included. The client keeps it by cancelling; a transport may
  /// give up earlier, with `.timedOut`.
  public var timeLimit: Duration

  public init(head: HTTPRequest, body: [UInt8] = [], timeLimit: Duration = .seconds(30)) {
    self.head = head
    self.body = body
    self.timeLimit = timeLimit
  }
}

extension TransportRequest: CustomStringConvertible, CustomReflectable {
  /// Method and address: the header fields hold the key.
  public var description: String {
    "\(head.method) \(head.scheme ?? "")://\(head.authority ?? "")\(head.path ?? "")"
  }

  public var customMirror: Mirror { Mirror(self, children: [("body", body.count)]) }
}

/// The head of an answer, and its body as it arrives.
public struct TransportResponse: Sendable {
  public var head: HTTPResponse
  public var body: ResponseBody

  public init(head: HTTPResponse, body: ResponseBody) {
    self.head = head
    self.body = body
  }
}

/// An answer's body: chunks of bytes in order, read once.
public struct ResponseBody: AsyncSequence, Sendable {
  public typealias Element = [UInt8]
  public typealias Failure = TransportError

  private let next: @Sendable () -> AsyncIterator

  /// A body that is complete already.
  public init(_ bytes: [UInt8]) {
    next = {
      var left = bytes.isEmpty ? nil : Optional(bytes)
      return AsyncIterator { () async throws(TransportError) -> [UInt8]? in
        defer { left = nil }
        return left
      }
    }
  }

  /// A body whose chunks are produced by the iterator that `makeNext` returns.
  public init(makeNext: @escaping @Sendable () -> AsyncIterator) {
    next = makeNext
  }

  public func makeAsyncIterator() -> AsyncIterator {
    next()
  }

  public struct AsyncIterator: AsyncIteratorProtocol {
    private let produce: () async throws(TransportError) -> [UInt8]?

    /// - Parameter produce: returns the next chunk, `nil` after the last.
    public init(_ produce: @escaping () async throws(TransportError) -> [UInt8]?) {
      self.produce = produce
    }

    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(TransportError) -> [UInt8]? {
      try await produce()
    }

    public mutating func next() async throws(TransportError) -> [UInt8]? {
      try await produce()
    }
  }
}

/// Why an exchange failed, as far as the transport can tell.
public enum TransportError: Error, Hashable, Sendable {
  /// No connection came to exist, so nothing was sent: name resolution, refused, TLS, connect time limit. A transport
  /// that knows that it was cancelled before it sent anything throws this too.
  case notConnected(reason: String)
  /// The connection ended before the answer did; the request may have been carried out.
  case connectionLost(reason: String)
  /// The time limit of the whole exchange ran out; the request may have been carried out.
  case timedOut
  /// The calling task was cancelled.
  case cancelled
}
