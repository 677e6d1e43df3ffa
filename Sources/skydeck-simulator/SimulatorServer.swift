import CloudSimulator
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Serves the simulator over HTTP/1.1 with persistent connections, with or without TLS.
struct SimulatorServer: Sendable {
  struct Configuration {
    var host: String
    /// 0 selects a free port.
    var port: Int
    /// Nil for plain HTTP.
    var certificate: ServerCertificate?
    /// The delay of each response.
    var latency: Duration
    /// Whether requests about the simulator itself are served.
    var isControlled: Bool
  }

  /// In bytes; far more than any body of the API has.
  private static let bodyLimit = 1 << 20

  private let simulator: Simulator
  private let configuration: Configuration

  init(_ simulator: Simulator, _ configuration: Configuration) {
    self.simulator = simulator
    self.configuration = configuration
  }

  /// Listens, prints the address to standard output, and serves until the task is cancelled.
  func run() async throws {
    var logger = Logger(label: "skydeck-simulator")
    logger.logLevel = .error
    let (host, port) = (configuration.host, configuration.port)
    let application = Application(
      responder: CallbackResponder { (request: Request, connection: Connection) in
        try await respond(to: request, on: connection)
      },
      server: try configuration.certificate.map { try .tls(tlsConfiguration: $0.tlsConfiguration) } ?? .http1(),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port),
        // Without descriptors, the server channel would try to accept without pause.
        availableConnectionsDelegate: MaximumAvailableConnections(Descriptors.availableConnections(), logger: logger)),
      onServerRunning: { channel in
        printNow("listening on \(origin):\(channel.localAddress?.port ?? port)")
      },
      logger: logger)
    do {
      try await application.run()
    } catch {
      throw ListeningError(host: host, port: port, cause: error)
    }
  }

  /// The origin without the port. The certificate is for `localhost`, which may resolve to another address first, but
  /// clients also try the one listened on.
  private var origin: String {
    let host = configuration.host
    if configuration.certificate != nil, host == "127.0.0.1" || host == "::1" { return "https://localhost" }
    return "\(configuration.certificate == nil ? "http" : "https")://\(hostInAddress)"
  }

  private var hostInAddress: String {
    configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
  }

  private func respond(to request: Request, on connection: Connection) async throws -> Response {
    // The first Host field has become the authority; a second one is invalid (RFC 9112, section 3.2).
    guard let host = request.head.authority, !request.head.headerFields.contains(where: { $0.name == hostName }) else {
      return Response(.badRequest, "A request has one field Host.", endingOf: connection)
    }
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: Self.bodyLimit)
    } catch is NIOTooManyBytesError {
      return Response(status: .contentTooLarge, headers: [.connection: "close"])
    }
    if configuration.isControlled, connection.isLoopback, request.head.path?.hasPrefix("/_simulator/") == true {
      // A web page may give this machine's address a name of its own (DNS rebinding).
      guard isOwn(host, on: connection) else {
        let text = "This is answered under the server's own name and port alone."
        return Response(.misdirectedRequest, text, endingOf: connection)
      }
      if let answer = await simulator.controlResponse(to: request.head) {
        return Response(answer, body: ResponseBody(answer.body))
      }
    }
    let answer = await simulator.respond(to: request.head, body: Array(body.readableBytesView))
    let delay = configuration.latency + answer.delay
    if delay > .zero { try await Task.sleep(for: delay) }
    if let body = ResponseBody(of: answer, on: connection) { return Response(answer, body: body) }

    switch answer.delivery {
    case .lost:
      await connection.reset()
      if let late = answer.late { simulator.begin(late, of: request.head, body: Array(body.readableBytesView)) }
    case .never: try await connection.waitUntilClosed()
    default: await connection.close()
    }
    // Isn't sent, because the connection is closed.
    return Response(status: .internalServerError)
  }
}

/// The package's constant can't be used, because the field belongs in the authority.
private let hostName = HTTPField.Name("Host")

extension SimulatorServer {
  /// Whether a Host field names this server, by a name of this machine or the server's configured name.
  private func isOwn(_ host: String, on connection: Connection) -> Bool {
    let nameEnd = host.hasPrefix("[") ? host.firstIndex(of: "]").map(host.index(after:)) : host.firstIndex(of: ":")
    let name = host[..<(nameEnd ?? host.endIndex)].lowercased()
    let port = host[(nameEnd ?? host.endIndex)...].dropFirst()
    let own = ["localhost", "127.0.0.1", "[::1]", hostInAddress, configuration.certificate?.host ?? "localhost"]
    let standardPort = configuration.certificate == nil ? 80 : 443
    return own.contains { $0.lowercased() == name }
      && (port.isEmpty ? standardPort : Int(port)) == connection.port
  }
}

extension Response {
  /// A response that isn't the service's own: it closes the connection, even with data still to come.
  fileprivate init(_ status: HTTPResponse.Status, _ text: String, endingOf connection: Connection) {
    let bytes = ByteBuffer(string: text + "\n")
    self.init(
      status: status, headers: [.contentType: "text/plain; charset=utf-8", .connection: "close"],
      body: ResponseBody(contentLength: bytes.readableBytes) { writer in
        try await writer.write(bytes)
        await connection.close()
      })
  }

  fileprivate init(_ answer: SimulatorResponse, body: ResponseBody) {
    self.init(status: answer.status, headers: answer.fields, body: body)
  }
}

/// Why the server can't listen.
struct ListeningError: Error, CustomStringConvertible {
  let host: String
  let port: Int
  let cause: any Error

  var description: String {
    let reason = (cause as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(cause)"
    return "can't listen on \(host), port \(port): \(reason)"
  }
}

/// The file descriptors that this process may open.
enum Descriptors {
  /// The most connections that can be open at once: the free descriptors without those that the server itself needs.
  static func availableConnections() -> Int {
    var limit = rlimit()
    guard getrlimit(nofile, &limit) == 0, limit.rlim_cur < 1 << 31 else { return .max }
    let most = Int(limit.rlim_cur)
    let open = (0..<Int32(min(most, 1024))).count { fcntl($0, F_GETFD) != -1 }
    // Each event loop needs three, and a listening socket accepts several at a time before it is told to stop.
    return max(1, most - open - 3 * System.coreCount - 32)
  }

  #if canImport(Glibc)
    private static let nofile = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let nofile = RLIMIT_NOFILE
  #endif
}
