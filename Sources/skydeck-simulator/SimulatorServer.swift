import CloudSimulator
import HTTPTypes
import Hummingbird
import HummingbirdTLS
import Logging
import NIOCore

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
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
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
    let scheme = configuration.certificate == nil ? "http" : "https"
    return "\(scheme)://\(host.contains(":") ? "[\(host)]" : host)"
  }

  private func respond(to request: Request, on connection: Connection) async throws -> Response {
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: Self.bodyLimit)
    } catch is NIOTooManyBytesError {
      return Response(status: .contentTooLarge, headers: [.connection: "close"])
    }
    if configuration.isControlled, connection.isLoopback,
      let answer = await simulator.controlResponse(to: request.head)
    {
      return Response(answer, body: ResponseBody(answer.body))
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

extension Response {
  fileprivate init(_ answer: SimulatorResponse, body: ResponseBody) {
    self.init(status: answer.status, headers: answer.fields, body: body)
  }
}
