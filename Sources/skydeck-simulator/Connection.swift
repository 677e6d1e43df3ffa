import Hummingbird
import NIOCore
import NIOSSL

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The connection that a request came on: what Hummingbird calls the request's context.
struct Connection: InitializableFromSource {
  private let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    channel = source.channel
  }

  /// Whether the other end is on this machine.
  var isLoopback: Bool {
    guard let address = channel.remoteAddress?.ipAddress else { return false }
    return address.hasPrefix("127.") || address == "::1" || address.hasPrefix("::ffff:127.")
  }

  /// The port that the other end connected to.
  var port: Int? { channel.localAddress?.port }

  /// Closes the connection, whatever was still to be sent.
  func close() async {
    // An error says that it is closed already.
    try? await channel.close()
  }

  /// Ends the connection with a TCP reset, and without TLS's good-bye.
  func reset() async {
    let channel = channel
    // An error says that it is closed already.
    try? await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    try? await channel.eventLoop.submit {
      let tls = try? channel.pipeline.syncOperations.context(handlerType: NIOSSLHandler.self)
      // From the TLS handler's place on, so that it isn't asked itself.
      if let tls { tls.close(promise: nil) } else { channel.close(promise: nil) }
    }.get()
  }

  /// Returns once the connection is closed, by either end.
  func waitUntilClosed() async throws {
    try await channel.closeFuture.get()
  }
}
