import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// Sends requests over HTTP/1.1, on connections that are kept for the next request for a few seconds.
///
/// It sends each request once: redirects come back as they are, and a connection that can't be made fails at once.
/// The last reference closes the connections; `shutdown()` does so and waits until they are closed.
public final class HTTPTransport: Transport {
  /// How connections are made, and their limits.
  public struct Configuration: Hashable, Sendable {
    /// For name resolution, TCP and TLS together, and for waiting until one of the connections is free.
    public var connectTimeLimit: Duration = .seconds(10)
    /// At most this many to one host; further requests wait.
    public var maximumConnections: Int = 24
    /// How long an unused connection stays open. Kept below the few seconds after which servers close it, because a
    /// request that meets the closing is lost.
    public var idleTimeLimit: Duration = .seconds(4)
    /// Trusted beside the system's authorities.
    public var authorities: CertificateAuthorities?
    /// By way of which other machines are reached; plain `http`, which stays on this machine, goes without it.
    public var proxy: HTTPProxy?

    public init() {}
  }

  /// One thread for all transports, as long as the program runs: it carries more than a person can ask for, where NIO's
  /// own shared group has a thread for each core.
  private static let eventLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  /// The clients with their connections; the last one's are those that requests are sent on. Those of the others end by
  /// themselves: idle ones after a few seconds, the rest with their answers.
  private let clients: Mutex<[Clients]>
  private let configuration: Configuration

  /// Makes no connection and reads no file.
  public init(configuration: Configuration = Configuration()) {
    self.configuration = configuration
    clients = Mutex([Clients(configuration, on: Self.eventLoops)])
  }

  deinit {
    let clients = clients.withLock { $0.flatMap(\.all) }
    Task { await Self.close(clients) }
  }

  public func forgetConnections() {
    clients.withLock { $0.append(Clients(configuration, on: Self.eventLoops)) }
  }

  /// Ends all requests, closes all connections and returns when they are closed. Requests sent later fail.
  ///
  /// A connection that is only being made can't be closed, so this may take until its time limit: a program that
  /// quits doesn't wait for it.
  public func shutdown() async {
    await Self.close(clients.withLock { $0.flatMap(\.all) })
  }

  /// What fails here was closed before.
  private static func close(_ clients: [HTTPClient]) async {
    for client in clients { try? await client.shutdown() }
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let prepared: HTTPClient.Request
    do {
      prepared = try HTTPClient.Request(request)
    } catch {
      throw TransportError(error, isSent: false)
    }
    let client = clients.withLock { $0[$0.count - 1] }
    let proxied = request.head.scheme == "http" ? nil : client.proxied
    let deadline = NIODeadline.now() + TimeAmount(request.timeLimit)
    do throws(TransportError) {
      return try await HTTPExchange().run(prepared, on: proxied ?? client.direct, deadline: deadline)
    } catch .notConnected(let reason) {
      guard proxied != nil, let proxy = configuration.proxy else { throw .notConnected(reason: reason) }
      throw .notConnected(reason: "\(reason), by way of the proxy \(proxy)")
    }
  }
}

/// The HTTP clients that share their connections.
private struct Clients: Sendable {
  let direct: HTTPClient
  /// Goes by way of the proxy; `nil` where there is none.
  let proxied: HTTPClient?

  var all: [HTTPClient] { [direct] + (proxied.map { [$0] } ?? []) }

  init(_ configuration: HTTPTransport.Configuration, on eventLoops: any EventLoopGroup) {
    var client = HTTPClient.Configuration()
    client.httpVersion = .http1Only
    client.redirectConfiguration = .disallow
    client.decompression = .disabled
    client.timeout.connect = TimeAmount(configuration.connectTimeLimit)
    client.connectionPool.idleTimeout = TimeAmount(configuration.idleTimeLimit)
    client.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.maximumConnections
    client.connectionPool.retryConnectionEstablishment = false
    if let authorities = configuration.authorities {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.additionalTrustRoots = [.certificates(authorities.certificates)]
      client.tlsConfiguration = tls
    }
    direct = HTTPClient(eventLoopGroup: eventLoops, configuration: client)
    proxied = configuration.proxy.map { proxy in
      client.proxy = proxy.configuration
      return HTTPClient(eventLoopGroup: eventLoops, configuration: client)
    }
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
