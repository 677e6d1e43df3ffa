import CloudSimulator
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// The simulator behind HTTP/1.1 with connections that are kept alive.
struct SimulatorServer: Sendable {
  /// In bytes; no body that the API takes comes near.
  private static let bodyLimit = 1 << 20

  private let simulator: Simulator
  private let latency: Duration

  init(_ simulator: Simulator, latency: Duration) {
    self.simulator = simulator
    self.latency = latency
  }

  /// Listens, says where on standard output, and serves until the task is cancelled.
  ///
  /// - Parameter port: 0 picks a free one.
  func run(host: String, port: Int) async throws {
    var logger = Logger(label: "skydeck-simulator")
    logger.logLevel = .error
    let application = Application(
      responder: CallbackResponder { (request: Request, connection: Connection) in
        try await respond(to: request, on: connection)
      },
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in
        let name = host.contains(":") ? "[\(host)]" : host
        printNow("listening on http://\(name):\(channel.localAddress?.port ?? port)")
      },
      logger: logger)
    do {
      try await application.run()
    } catch {
      throw ListeningError(host: host, port: port, cause: error)
    }
  }

  private func respond(to request: Request, on connection: Connection) async throws -> Response {
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: Self.bodyLimit)
    } catch is NIOTooManyBytesError {
      return Response(status: .contentTooLarge, headers: [.connection: "close"])
    }
    let answer = await simulator.respond(to: request.head, body: Array(body.readableBytesView))
    let delay = latency + answer.delay
    if delay > .zero { try await Task.sleep(for: delay) }

    switch answer.delivery {
    case .whole:
      return Response(
        status: answer.status, headers: answer.fields,
        body: answer.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    case .truncated(let bytes):
      return Response(
        status: answer.status, headers: answer.fields,
        body: cutBody(answer.body.prefix(max(bytes, 0)), of: answer.body.count, on: connection))
    case .lost, .refused:
      await connection.close()
    case .never:
      try await connection.waitUntilClosed()
    }
    // Goes nowhere, since the connection is closed.
    return Response(status: .internalServerError)
  }

  private func cutBody(_ bytes: ArraySlice<UInt8>, of length: Int, on connection: Connection) -> ResponseBody {
    ResponseBody(contentLength: length) { writer in
      try await writer.write(ByteBuffer(bytes: bytes))
      await connection.close()
    }
  }
}
