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

/// The simulator behind HTTP/1.1 with connections that are kept alive, or behind the same over TLS.
struct SimulatorServer: Sendable {
  struct Configuration {
    var host: String
    /// 0 picks a free one.
    var port: Int
    /// Nil for plain HTTP.
    var certificate: ServerCertificate?
    /// Before each answer.
    var latency: Duration
    /// Whether questions about the simulator itself are answered.
    var isControlled: Bool
  }

  /// In bytes; no body that the API takes comes near.
  private static let bodyLimit = 1 << 20

  private let simulator: Simulator
  private let configuration: Configuration

  init(_ simulator: Simulator, _ configuration: Configuration) {
    self.simulator = simulator
    self.configuration = configuration
  }

  /// Listens, says where on standard output, and serves until the task is cancelled.
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
        // Where descriptors run out, the server channel tries to accept without a rest.
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

  /// Without the port. The certificate is one for `localhost`, whose first address need not be the one listened on, but
  /// is tried along with it.
  private var origin: String {
    let host = configuration.host
    if configuration.certificate != nil, host == "127.0.0.1" || host == "::1" { return "https://localhost" }
    return "\(configuration.certificate == nil ? "http" : "https")://\(hostInAddress)"
  }

  private var hostInAddress: String {
    configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
  }

  private func respond(to request: Request, on connection: Connection) async throws -> Response {
    // The first field has become the authority; there may be no second one (RFC 9112, section 3.2).
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
      // A page of the web may give this machine's address a name of its own (DNS rebinding).
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
    // Goes nowhere, since the connection is closed.
    return Response(status: .internalServerError)
  }
}

/// A constant of it is not to be used, since it belongs into the authority.
private let hostName = HTTPField.Name("Host")

extension SimulatorServer {
  /// Whether a field Host names this server: by a name that is always this machine's, or by one that it was given.
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
  /// What isn't the service's own answer: it ends the connection, whatever is still to come on it.
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

/// Why the server can't start.
struct ListeningError: Error, CustomStringConvertible {
  let host: String
  let port: Int
  let cause: any Error

  var description: String {
    let reason = (cause as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(cause)"
    return "can't listen on \(host), port \(port): \(reason)"
  }
}

/// The file descriptors that this process may have.
enum Descriptors {
  /// How many connections can be open at once: as many as descriptors are left, but for those that the server itself takes.
  static func availableConnections() -> Int {
    var limit = rlimit()
    guard getrlimit(nofile, &limit) == 0, limit.rlim_cur < 1 << 31 else { return .max }
    let most = Int(limit.rlim_cur)
    let open = (0..<Int32(min(most, 1024))).count { fcntl($0, F_GETFD) != -1 }
    // Each event loop takes three, and a listening socket accepts several at a time before it is asked to stop.
    return max(1, most - open - 3 * System.coreCount - 32)
  }

  #if canImport(Glibc)
    private static let nofile = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let nofile = RLIMIT_NOFILE
  #endif
}
