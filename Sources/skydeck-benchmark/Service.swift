import TerminalTestSupport
import TerminalUI

/// The simulator of the API behind HTTP, on a free port of this machine, as long as this lives.
final class Service {
  /// `http://127.0.0.1:PORT`.
  let address: String
  /// In each of its clouds.
  let users: Int
  private let session: TerminalSession

  /// - Parameter latency: of each answer, in milliseconds.
  init(clouds: Int, users: Int, latency: Int = 0) throws {
    session = try TerminalSession(
      executable: BuiltProduct.path(of: "skydeck-simulator"),
      arguments: ["--port", "0", "--clouds", String(clouds), "--users", String(users), "--latency", String(latency)])
    let introduction = "listening on "
    let screen = try session.waitFor(introduction)
    address = screen.row(containing: introduction).map { String($0.dropFirst(introduction.count)) } ?? ""
    self.users = users
  }
}
