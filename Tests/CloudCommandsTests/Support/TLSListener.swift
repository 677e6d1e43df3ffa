import CloudAPI
import CloudProfiles
import NIOCore
import NIOPosix
import NIOSSL

@testable import CloudCommands

/// A local server that does TLS handshakes and sends nothing else.
enum TLSListener {
  private static let eventLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  /// - Parameters:
  ///   - chain: the certificates that it presents, its own first.
  ///   - version: the latest version that it accepts; `nil` for any.
  static func run<Value>(
    _ chain: [TestCertificate], upTo version: TLSVersion?, _ body: (Int) async throws -> Value
  ) async throws -> Value {
    var tls = TLSConfiguration.makeServerConfiguration(
      certificateChain: try chain.map { .certificate(try $0.forServer) },
      privateKey: .privateKey(try chain[0].keyForServer))
    tls.maximumTLSVersion = version
    let context = try NIOSSLContext(configuration: tls)
    let listener = try await ServerBootstrap(group: eventLoops)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let result: Result<Value, any Error>
    do {
      result = .success(try await body(listener.localAddress?.port ?? 0))
    } catch {
      result = .failure(error)
    }
    try await listener.close()
    return try result.get()
  }
}

extension ServicePlace {
  /// The service at a port of localhost.
  init(port: Int) throws {
    let environment = ["SKYDECK_API_URL": "https://localhost:\(port)", "SKYDECK_API_KEY": "any"]
    self.init(
      try Connection(ConnectionArguments(), environment: environment, configuration: .empty), environment: environment)
  }
}
