import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A TLS server on this machine that responds to every request with an empty list. As a proxy, it starts TLS after the
/// tunnel (CONNECT).
final class TLSServer: Sendable {
  private static let eventLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  let port: Int
  private let listener: any Channel
  private let heard: Heads

  /// The heads of the received requests, to the proxy and inside TLS.
  var heads: [String] { heard.heads.withLock { $0 } }

  static func run<Value>(
    _ certificate: TestCertificate, isProxy: Bool = false, upTo version: TLSVersion? = nil,
    _ body: (TLSServer) async throws -> Value
  ) async throws -> Value {
    let server = try await TLSServer(certificate, isProxy: isProxy, upTo: version)
    let result: Result<Value, any Error>
    do {
      result = .success(try await body(server))
    } catch {
      result = .failure(error)
    }
    try await server.listener.close()
    return try result.get()
  }

  /// - Parameter version: the latest TLS version that it supports; `nil` for any.
  private init(_ certificate: TestCertificate, isProxy: Bool, upTo version: TLSVersion?) async throws {
    var tls = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.certificate.utf8))
        .map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(certificate.key.utf8), format: .pem)))
    tls.maximumTLSVersion = version
    let context = try NIOSSLContext(configuration: tls)
    let heads = Heads()
    heard = heads
    listener = try await ServerBootstrap(group: Self.eventLoops)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if !isProxy { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context)) }
          try channel.pipeline.syncOperations.addHandler(
            Answers(heads, tunnel: isProxy ? context : nil))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = listener.localAddress?.port ?? 0
  }
}

/// The heads received on all connections.
private final class Heads: Sendable {
  let heads = Mutex<[String]>([])
}

/// Responds to each head of a request; a proxy starts TLS after the first one.
private final class Answers: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let heads: Heads
  private var tunnel: NIOSSLContext?
  private var received = ""

  init(_ heads: Heads, tunnel: NIOSSLContext?) {
    self.heads = heads
    self.tunnel = tunnel
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += String(buffer: unwrapInboundIn(data))
    guard let end = received.firstRange(of: "\r\n\r\n") else { return }
    let head = String(received[..<end.lowerBound])
    received = ""
    heads.heads.withLock { $0.append(head) }
    guard let tls = tunnel else {
      send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", context)
      return
    }
    tunnel = nil
    send("HTTP/1.1 200 OK\r\n\r\n", context)
    do {
      try context.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls), position: .first)
    } catch {
      context.close(promise: nil)
    }
  }

  private func send(_ text: String, _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }

  /// A client that refuses the certificate ends the connection with an error.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
