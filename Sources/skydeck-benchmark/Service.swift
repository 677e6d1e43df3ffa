import TerminalTestSupport
import TerminalUI

/// Runs the API simulator over HTTP, on a free port of this machine, as long as the object exists.
final class Service {
  /// `http://127.0.0.1:PORT`.
  let address: String
  /// The number of users in each cloud.
  let users: Int
  private let session: TerminalSession

  /// - Parameters:
  ///   - people: how many people the users of all clouds are; nil if each user is in one cloud only.
  ///   - latency: the delay of each response, in milliseconds.
  ///   - faults: the faults, in the form of `skydeck-simulator --fault`.
  init(clouds: Int, users: Int, people: Int? = nil, latency: Int = 0, faults: [String] = []) throws {
    let data =
      ["--clouds", String(clouds), "--users", String(users), "--latency", String(latency)]
      + (people.map { ["--people", String($0)] } ?? [])
    session = try TerminalSession(
      executable: BuiltProduct.path(of: "skydeck-simulator"),
      arguments: ["--port", "0"] + data + faults.flatMap { ["--fault", $0] })
    let introduction = "listening on "
    let screen = try session.waitFor(introduction)
    address = screen.row(containing: introduction).map { String($0.dropFirst(introduction.count)) } ?? ""
    self.users = users
  }
}

/// A service that repeats the simulator's recorded responses, so that the time for creating them isn't measured. It
/// also reports when each response began.
struct RecordedService {
  private let source: Service
  private let server: RecordingServer

  /// - Parameter latency: the delay of each response.
  init(_ source: Service, latency: Duration = .zero) throws {
    self.source = source
    server = try RecordingServer(source: source.address, latency: latency)
  }

  /// `http://127.0.0.1:PORT`.
  var address: String { server.address }

  /// In the order in which they arrived.
  var requests: [RecordingServer.Request] { server.requests }

  /// Clears the requests; recorded responses are kept.
  func forgetRequests() {
    server.forgetRequests()
  }
}
