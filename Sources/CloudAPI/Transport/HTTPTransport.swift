import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix

/// Sends requests over HTTP/1.1, on connections that are kept for the next request for a few seconds.
///
/// It sends each request once: redirects come back as they are, and a connection that can't be made fails at once.
/// The last reference closes the connections; `shutdown()` does so and waits until they are closed.
public final class HTTPTransport: Transport {
  /// Limits of the connections.
  public struct Configuration: Hashable, Sendable {
    /// For name resolution, TCP and TLS together, and for waiting until one of the connections is free.
    public var connectTimeLimit: Duration = .seconds(10)
    /// At most this many to one host; further requests wait.
    public var maximumConnections: Int = 24
    /// How long an unused connection stays open. Kept below the few seconds after which servers close it, because a
    /// request that meets the closing is lost.
    public var idleTimeLimit: Duration = .seconds(4)

    public init() {}
  }

  /// One thread for all transports, as long as the program runs: it carries more than a person can ask for, where NIO's
  /// own shared group has a thread for each core.
  private static let eventLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  private let client: HTTPClient

  /// - Parameter configuration: limits of the connections.
  public init(configuration: Configuration = Configuration()) {
    var client = HTTPClient.Configuration()
    client.httpVersion = .http1Only
    client.redirectConfiguration = .disallow
    client.decompression = .disabled
    client.timeout.connect = TimeAmount(configuration.connectTimeLimit)
    client.connectionPool.idleTimeout = TimeAmount(configuration.idleTimeLimit)
    client.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.maximumConnections
    client.connectionPool.retryConnectionEstablishment = false

    self.client = HTTPClient(eventLoopGroup: Self.eventLoops, configuration: client)
  }

  deinit {
    let client = client
    Task { await Self.close(client) }
  }

  /// Ends all requests, closes all connections and returns when they are closed. Requests sent later fail.
  ///
  /// A connection that is only being made can't be closed, so this may take until its time limit: a program that
  /// quits doesn't wait for it.
  public func shutdown() async {
    await Self.close(client)
  }

  /// What fails here was closed before.
  private static func close(_ client: HTTPClient) async {
    try? await client.shutdown()
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let prepared: HTTPClient.Request
    do {
      prepared = try HTTPClient.Request(request)
    } catch {
      throw TransportError(error, isSent: false)
    }
    return try await HTTPExchange().run(prepared, on: client, deadline: .now() + TimeAmount(request.timeLimit))
  }
}

extension HTTPClient.Request {
  fileprivate init(_ request: TransportRequest) throws {
    let head = request.head
    var headers = HTTPHeaders()
    for field in head.headerFields {
      headers.add(name: field.name.rawName, value: field.value)
    }
    try self.init(
      url: "\(head.scheme ?? "https")://\(head.authority ?? "")\(head.path ?? "/")",
      method: HTTPMethod(rawValue: head.method.rawValue), headers: headers,
      body: request.body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: request.body)))
  }
}
