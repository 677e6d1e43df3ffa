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

  private let group: MultiThreadedEventLoopGroup
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

    // One thread carries more than a person can ask for, and a shared group would start one per core.
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    self.client = HTTPClient(eventLoopGroup: group, configuration: client)
  }

  deinit {
    let (client, group) = (client, group)
    Task { await Self.close(client, group) }
  }

  /// Ends all requests, closes all connections and returns when they are closed. Requests sent later fail.
  public func shutdown() async {
    await Self.close(client, group)
  }

  /// What fails here was closed before.
  private static func close(_ client: HTTPClient, _ group: MultiThreadedEventLoopGroup) async {
    try? await client.shutdown()
    try? await group.shutdownGracefully()
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let response: HTTPClientResponse
    do {
      response = try await client.execute(
        HTTPClientRequest(request), deadline: .now() + TimeAmount(request.timeLimit))
    } catch {
      throw TransportError(error)
    }
    let body = response.body
    return TransportResponse(
      head: HTTPResponse(response),
      body: ResponseBody {
        var chunks = body.makeAsyncIterator()
        return ResponseBody.AsyncIterator { () async throws(TransportError) -> [UInt8]? in
          do {
            return try await chunks.next().map { Array($0.readableBytesView) }
          } catch {
            throw TransportError(error)
          }
        }
      })
  }
}

extension HTTPClientRequest {
  fileprivate init(_ request: TransportRequest) {
    let head = request.head
    self.init(url: "\(head.scheme ?? "https")://\(head.authority ?? "")\(head.path ?? "/")")
    method = HTTPMethod(rawValue: head.method.rawValue)
    for field in head.headerFields {
      headers.add(name: field.name.rawName, value: field.value)
    }
    if !request.body.isEmpty { body = .bytes(ByteBuffer(bytes: request.body)) }
  }
}

extension HTTPResponse {
  /// The head of `response`, without header fields whose names HTTP doesn't allow.
  fileprivate init(_ response: HTTPClientResponse) {
    self.init(status: Status(code: Int(response.status.code)))
    for (name, value) in response.headers {
      guard let name = HTTPField.Name(name) else { continue }
      headerFields.append(HTTPField(name: name, value: value))
    }
  }
}
