/// A service that answers with what the simulator answered once: how long that takes to make its answers is in no figure, and
/// this one tells when each answer began.
struct RecordedService {
  private let source: Service
  private let server: RecordingServer

  /// - Parameter latency: of each answer.
  init(_ source: Service, latency: Duration = .zero) throws {
    self.source = source
    server = try RecordingServer(source: source.address, latency: latency)
  }

  /// `http://127.0.0.1:PORT`.
  var address: String { server.address }

  /// In the order they came.
  var requests: [RecordingServer.Request] { server.requests }

  /// Begins to count anew; what was recorded of the answers stays.
  func forgetRequests() {
    server.forgetRequests()
  }
}
