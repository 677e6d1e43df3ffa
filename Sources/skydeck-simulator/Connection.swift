import CloudSimulator
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

extension ResponseBody {
  /// The body of an answer as it is to be delivered: whole, cut off, slowly or for ever; nil where nothing is.
  init?(of answer: SimulatorResponse, on connection: Connection) {
    let bytes = answer.body
    switch answer.delivery {
    case .whole:
      self.init(bytes)
    case .truncated(let count):
      self.init(contentLength: bytes.count) { writer in
        try await writer.write(ByteBuffer(bytes: bytes.prefix(max(count, 0))))
        await connection.close()
      }
    case .dripping(let count, let pause):
      self.init(contentLength: bytes.count) { writer in
        var left = bytes[...]
        while !left.isEmpty {
          try await Task.sleep(for: pause)
          try await writer.write(ByteBuffer(bytes: left.prefix(count)))
          left = left.dropFirst(count)
        }
        try await writer.finish(nil)
      }
    case .endless:
      self.init { writer in
        try await writer.write(ByteBuffer(bytes: bytes.dropLast()))
        let filler = ByteBuffer(repeating: UInt8(ascii: " "), count: 64 * 1024)
        // Ends when the other end closes the connection: writing throws then.
        while true { try await writer.write(filler) }
      }
    case .lost, .never, .refused:
      return nil
    }
  }

  /// A body that is there already.
  init(_ bytes: [UInt8]) {
    self = bytes.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
  }
}
