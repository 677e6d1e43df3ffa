import CloudSimulator
import Hummingbird
import NIOCore
import NIOSSL

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The connection of a request, which Hummingbird calls the request's context.
struct Connection: InitializableFromSource {
  private let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    channel = source.channel
  }

  /// Whether the client is on this machine.
  var isLoopback: Bool {
    guard let address = channel.remoteAddress?.ipAddress else { return false }
    return address.hasPrefix("127.") || address == "::1" || address.hasPrefix("::ffff:127.")
  }

  /// The port to which the client connected.
  var port: Int? { channel.localAddress?.port }

  /// Closes the connection, even with data still to send.
  func close() async {
    // An error means that it is closed already.
    try? await channel.close()
  }

  /// Ends the connection with a TCP reset, without TLS's close_notify.
  func reset() async {
    let channel = channel
    // An error means that it is closed already.
    try? await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    try? await channel.eventLoop.submit {
      let tls = try? channel.pipeline.syncOperations.context(handlerType: NIOSSLHandler.self)
      // Starts at the TLS handler's context, so that the handler itself is bypassed.
      if let tls { tls.close(promise: nil) } else { channel.close(promise: nil) }
    }.get()
  }

  /// Returns when either end has closed the connection.
  func waitUntilClosed() async throws {
    try await channel.closeFuture.get()
  }
}

extension ResponseBody {
  /// The body of a response in the form of its delivery: complete, cut off, slow or endless; nil if nothing is
  /// delivered.
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
        // Ends when the client closes the connection: then writing throws.
        while true { try await writer.write(filler) }
      }
    case .lost, .never, .refused:
      return nil
    }
  }

  /// A body that is already complete.
  init(_ bytes: [UInt8]) {
    self = bytes.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
  }
}
