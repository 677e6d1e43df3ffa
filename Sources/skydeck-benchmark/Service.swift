import TerminalTestSupport
import TerminalUI

/// The simulator of the API behind HTTP, on a free port of this machine, as long as this lives.
final class Service {
  /// `http://127.0.0.1:PORT`.
  let address: String
  /// In each of its clouds.
  let users: Int
  private let session: TerminalSession

  /// - Parameters:
  ///   - latency: of each answer, in milliseconds.
  ///   - faults: what goes wrong, as `skydeck-simulator --fault` takes it.
  init(clouds: Int, users: Int, latency: Int = 0, faults: [String] = []) throws {
    let data = ["--clouds", String(clouds), "--users", String(users), "--latency", String(latency)]
    session = try TerminalSession(
      executable: BuiltProduct.path(of: "skydeck-simulator"),
      arguments: ["--port", "0"] + data + faults.flatMap { ["--fault", $0] })
    let introduction = "listening on "
    let screen = try session.waitFor(introduction)
    address = screen.row(containing: introduction).map { String($0.dropFirst(introduction.count)) } ?? ""
    self.users = users
  }
}

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
