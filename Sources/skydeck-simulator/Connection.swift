import Hummingbird
import NIOCore

/// The connection that a request came on: what Hummingbird calls the request's context.
struct Connection: InitializableFromSource {
  private let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    channel = source.channel
  }

  /// Closes the connection, whatever was still to be sent.
  func close() async {
    // An error says that it is closed already.
    try? await channel.close()
  }

  /// Returns once the connection is closed, by either end.
  func waitUntilClosed() async throws {
    try await channel.closeFuture.get()
  }
}
