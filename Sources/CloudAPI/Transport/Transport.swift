public import HTTPTypes

/// Carries requests: over HTTP in production, or to the simulator in process.
///
/// A transport sends each request once: it doesn't retry, follow redirects or judge a status.
public protocol Transport: Sendable {
  /// Sends one request and returns as soon as the head of the response has arrived.
  ///
  /// Cancelling the calling task ends the request and its connection, and throws `.cancelled`.
  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse

  /// Stops using the open connections, because a response came that didn't belong to its request. Responses in progress
  /// on them continue.
  func forgetConnections()
}

extension Transport {
  /// Does nothing: for transports without persistent connections.
  public func forgetConnections() {}
}

/// A complete request: the transport adds only what HTTP needs.
public struct TransportRequest: Sendable {
  /// Method, scheme, authority, path with query, header fields.
  public var head: HTTPRequest
  public var body: [UInt8]
  /// The limit for the whole exchange, including the last byte of the response. The client enforces it by cancelling; a
  /// transport may give up earlier, with `.timedOut`.
  public var timeLimit: Duration
  /// Called when the request is handed to a connection, by transports that know when that is. Nothing was sent before.
  public var onSend: (@Sendable () -> Void)?
  /// The number in the events of the request, by which a trace finds it (`RequestEvent.id`); `nil` if no trace of it is
  /// kept, as for one of many in a sweep.
  public var number: Int?

  public init(
    head: HTTPRequest, body: [UInt8] = [], timeLimit: Duration = .seconds(30), onSend: (@Sendable () -> Void)? = nil
  ) {
    self.head = head
    self.body = body
    self.timeLimit = timeLimit
    self.onSend = onSend
  }
}

extension TransportRequest: CustomStringConvertible, CustomReflectable {
  /// Method and address only: the header fields hold the key.
  public var description: String {
    "\(head.method) \(head.scheme ?? "")://\(head.authority ?? "")\(head.path ?? "")"
  }

  public var customMirror: Mirror { Mirror(self, children: [("body", body.count)]) }
}

/// The head of a response, and its body as it arrives.
public struct TransportResponse: Sendable {
  public var head: HTTPResponse
  public var body: ResponseBody

  public init(head: HTTPResponse, body: ResponseBody) {
    self.head = head
    self.body = body
  }
}

/// A response's body: chunks of bytes in order, read once.
public struct ResponseBody: AsyncSequence, Sendable {
  public typealias Element = [UInt8]
  public typealias Failure = TransportError

  private let next: @Sendable () -> AsyncIterator

  /// A body that is already complete.
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
  /// No connection was established, so nothing was sent: name resolution, refused, TLS, connect time limit. A transport
  /// that knows that it was cancelled before it sent anything throws this, too.
  case notConnected(reason: String)
  /// The connection ended before the response did; the request may have been carried out.
  case connectionLost(reason: String)
  /// The time limit of the whole exchange passed; the request may have been carried out.
  case timedOut
  /// The calling task was cancelled.
  case cancelled
}
