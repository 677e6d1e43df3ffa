import CloudAPI
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import Synchronization

/// TLS handshakes with a service.
struct TLSInspection: Sendable {
  let endpoint: ServicePlace.Endpoint

  /// What the service presents, whether it is trusted or not.
  struct Presented: Sendable {
    let version: TLSVersion?
    /// The certificates, starting with the service's own.
    let chain: [NIOSSLCertificate]
  }

  /// Does a handshake with any server to get its certificates; sends nothing else.
  func presented() async throws -> Presented {
    let seen = SeenCertificates()
    // Accepts any version, name and authority.
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.certificateVerification = .noHostnameVerification
    let context = try NIOSSLContext(configuration: configuration)
    let version = try await handshake { [host = serverName] in
      try NIOSSLClientHandler(context: context, serverHostname: host) { certificates, promise in
        seen.certificates.withLock { $0 = certificates }
        promise.succeed(.certificateVerified)
      }
    }
    return Presented(version: version, chain: seen.certificates.withLock { $0 })
  }

  /// Does a handshake as the client does.
  ///
  /// - Throws: the error of NIOSSL, if it rejects the service's certificates.
  func verify(authorities: CertificateAuthorities?) async throws {
    let context = try NIOSSLContext(configuration: .client(trusting: authorities))
    _ = try await handshake { [host = serverName] in try NIOSSLClientHandler(context: context, serverHostname: host) }
  }

  /// The server name to send; `nil` for an address, which is not allowed there (RFC 6066, section 3).
  private var serverName: String? {
    (try? SocketAddress(ipAddress: endpoint.host, port: 0)) == nil ? endpoint.host : nil
  }

  private func handshake(_ handler: @escaping @Sendable () throws -> NIOSSLClientHandler) async throws -> TLSVersion? {
    let outcome = DoctorEventLoops.group.any().makePromise(of: TLSVersion?.self)
    let channel: any Channel
    do {
      channel = try await ClientBootstrap(group: DoctorEventLoops.group)
        .connectTimeout(TimeAmount(StepLimit.standard))
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(handler())
            try channel.pipeline.syncOperations.addHandler(HandshakeWatcher(outcome))
          }
        }
        .connect(host: endpoint.host, port: endpoint.port).get()
    } catch {
      outcome.fail(error)
      throw error
    }
    return try await withTaskCancellationHandler {
      defer { channel.close(promise: nil) }
      return try await outcome.futureResult.get()
    } onCancel: {
      channel.close(promise: nil)
    }
  }
}

private final class SeenCertificates: Sendable {
  let certificates = Mutex<[NIOSSLCertificate]>([])
}

/// Reports how a handshake ends.
private final class HandshakeWatcher: ChannelInboundHandler {
  typealias InboundIn = Any

  private let outcome: EventLoopPromise<TLSVersion?>

  init(_ outcome: EventLoopPromise<TLSVersion?>) {
    self.outcome = outcome
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent {
      outcome.succeed((try? context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self))?.tlsVersion)
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    outcome.fail(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    outcome.fail(ChannelError.eof)
    context.fireChannelInactive()
  }
}
