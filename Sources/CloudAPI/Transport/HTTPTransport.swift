import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
internal import NIOSSL
import Synchronization

/// Sends requests over HTTP/1.1, on connections that are kept for a few seconds for the next request.
///
/// It sends each request once: redirects are returned as they are, and a connection that can't be made fails at once. A
/// connection that was closed before it took the request is replaced, once.
///
/// Reads share connections. Each write has a new connection of its own: a service may close a connection at the moment
/// when the next request is on its way, and nobody could tell whether that request was carried out.
///
/// Releasing the last reference closes the connections; `shutdown()` also waits until they are closed.
public final class HTTPTransport: Transport {
  /// How connections are made, and their limits.
  public struct Configuration: Hashable, Sendable {
    /// The limit for name resolution, TCP and TLS together, and for waiting for a free connection.
    public var connectTimeLimit: Duration = .seconds(10)
    /// The most connections to one host for reads, and as many for writes; further requests wait.
    public var maximumConnections: Int = 24
    /// How long an unused connection stays open. It is shorter than the few seconds after which servers close it,
    /// because a request sent at that moment is lost.
    public var idleTimeLimit: Duration = .seconds(4)
    /// Authorities that are trusted in addition to the system's.
    public var authorities: CertificateAuthorities?
    /// The proxy for other machines; this machine is reached directly.
    public var proxy: HTTPProxy?
    /// The hosts that are reached without the proxy.
    public var proxyExceptions = ProxyExceptions()

    public init() {}
  }

  /// The connections to the services that are reached in the same way, direct or through the proxy.
  private struct Clients {
    let reading: HTTPClient
    let writing: HTTPClient

    init(_ configuration: HTTPClient.Configuration) {
      reading = HTTPClient(eventLoopGroup: HTTPTransport.eventLoops, configuration: configuration)
      writing = HTTPClient(eventLoopGroup: HTTPTransport.eventLoops, configuration: configuration)
    }
  }

  /// One thread for all transports, for the life of the program: it handles more than a user can request, while NIO's
  /// shared group has a thread for each core.
  static let eventLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  private let direct: Clients
  /// Uses the proxy; `nil` if there is none.
  private let proxied: Clients?
  private let connections = OpenConnections()
  private let configuration: Configuration

  /// Opens no connection and reads no file.
  public init(configuration: Configuration = Configuration()) {
    self.configuration = configuration
    var client = HTTPClient.Configuration()
    client.httpVersion = .http1Only
    client.redirectConfiguration = .disallow
    client.decompression = .disabled
    client.timeout.connect = TimeAmount(configuration.connectTimeLimit)
    client.connectionPool.idleTimeout = TimeAmount(configuration.idleTimeLimit)
    client.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.maximumConnections
    client.connectionPool.retryConnectionEstablishment = false
    client.tlsConfiguration = TLSConfiguration.client(trusting: configuration.authorities)
    // The client's only hook for adding handlers to a connection.
    client.http1_1ConnectionDebugInitializer = { [connections] channel in
      connections.add(channel)
      return channel.eventLoop.makeCompletedFuture { try AnswerOrder.add(to: channel) }
    }
    direct = Clients(client)
    proxied = configuration.proxy.map { proxy in
      client.proxy = proxy.configuration
      return Clients(client)
    }
  }

  deinit {
    let clients = clients
    Task { await Self.close(clients) }
  }

  public func forgetConnections() {
    connections.endWhenIdle()
  }

  private var clients: [HTTPClient] {
    [direct, proxied].compactMap(\.self).flatMap { [$0.reading, $0.writing] }
  }

  /// Ends all requests, closes all connections and returns when they are closed. Requests sent later fail.
  ///
  /// A connection that is being opened can't be closed, so this may take until its time limit. A program that quits
  /// shouldn't wait for it.
  public func shutdown() async {
    await Self.close(clients)
  }

  /// A client that fails here was shut down before.
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
    let proxy = configuration.proxy(to: request.head)
    let clients = proxy == nil ? direct : proxied ?? direct
    let client = request.head.isRead ? clients.reading : clients.writing
    let deadline = NIODeadline.now() + TimeAmount(request.timeLimit)
    do throws(HTTPExchange.Failure) {
      do throws(HTTPExchange.Failure) {
        return try await HTTPExchange(onSend: request.onSend).run(prepared, on: client, deadline: deadline)
      } catch {
        guard error.isClosedBeforeSending else { throw error }
        return try await HTTPExchange(onSend: request.onSend).run(prepared, on: client, deadline: deadline)
      }
    } catch {
      guard let proxy, !error.isSent else { throw TransportError(error.error, isSent: error.isSent) }
      throw .notConnected(reason: await proxy.reason(of: error.error, to: request.head))
    }
  }
}

extension HTTPTransport {
  /// Whether a configured proxy is used for a service.
  ///
  /// - Parameter exceptions: the hosts that are reached without it.
  public static func isProxied(_ url: BaseURL, except exceptions: ProxyExceptions) -> Bool {
    url.scheme == "https" && isProxied(url.host, port: url.port ?? 443, except: exceptions)
  }

  fileprivate static func isProxied(_ host: String, port: Int, except exceptions: ProxyExceptions) -> Bool {
    !Origin.isLoopback(host) && !exceptions.contains(host, port: port)
  }
}

extension HTTPTransport.Configuration {
  /// The proxy for a request; `nil` if it is sent directly.
  fileprivate func proxy(to head: HTTPRequest) -> HTTPProxy? {
    guard head.scheme == "https", let place = head.place else { return nil }
    return HTTPTransport.isProxied(place.host, port: place.port, except: proxyExceptions) ? proxy : nil
  }
}

extension HTTPRequest {
  fileprivate var isRead: Bool { method == .get }

  fileprivate var place: (host: String, port: Int)? {
    guard let scheme, let authority, let origin = try? Origin(scheme: scheme, authority: authority[...]) else {
      return nil
    }
    return (origin.host, origin.port ?? 443)
  }
}

extension HTTPProxy {
  /// Why a request failed, with the proxy's response if the proxy refused it.
  fileprivate func reason(of error: any Error, to head: HTTPRequest) async -> String {
    let own = TransportError.reason(of: error)
    guard Self.mayBeRefusal(error), let place = head.place,
      let answer = await ProxyAnswer(of: self, to: place.host, port: place.port)
    else { return "\(own), via the proxy \(self)" }
    return "the proxy \(self) \(answer.text)"
  }

  /// Whether the error may come from the proxy's response, which the client doesn't report. It doesn't if the proxy
  /// couldn't be reached.
  private static func mayBeRefusal(_ error: any Error) -> Bool {
    switch error {
    case is NIOConnectionError, is IOError, is CancellationError: false
    case let error as HTTPClientError: error != .cancelled && error != .deadlineExceeded
    default: true
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
    if !head.isRead { headers.add(name: "Connection", value: "close") }
    try self.init(
      url: "\(head.scheme ?? "https")://\(head.authority ?? "")\(head.path ?? "/")",
      method: HTTPMethod(rawValue: head.method.rawValue), headers: headers,
      body: request.body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: request.body)))
  }
}

/// The open connections of a transport.
final class OpenConnections: Sendable {
  private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

  func add(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    channels.withLock { $0[id] = channel }
    channel.closeFuture.whenComplete { _ in self.channels.withLock { $0[id] = nil } }
  }

  /// Closes each connection as soon as no response is in progress on it.
  func endWhenIdle() {
    for channel in channels.withLock({ Array($0.values) }) {
      channel.pipeline.fireUserInboundEventTriggered(AnswerOrder.EndWhenIdle())
    }
  }
}
