import TerminalTestSupport

/// A program to measure, and what its screen says when it is how far.
struct Program {
  let name: String
  let executable: String
  let arguments: [String]
  var environment: [String: String] = [:]
  /// Stands in the first frame, before there are any rows.
  let frame: String
  /// Stands on the screen as soon as there are rows.
  let rows: String

  /// The list that the repository brings along.
  static func reference(marks: Bool, rows: Int) -> Program {
    Program(
      name: marks ? "C list, mark" : "C list, bar", executable: BuiltProduct.path(of: "curses-reference"),
      arguments: [marks ? "mark" : "bar", String(rows)], frame: "user.000001@", rows: "user.000001@")
  }

  /// The console on its demonstration, which needs no network.
  static let demo = Program(
    name: "skydeck --demo", executable: BuiltProduct.path(of: "skydeck"), arguments: ["--demo"], frame: "Clouds",
    rows: "▸")

  /// The console on a cloud's users, over HTTP.
  static func users(of service: Service) -> Program {
    Program(
      name: "skydeck", executable: BuiltProduct.path(of: "skydeck"),
      arguments: ["--api-url", service.address, "--cloud", "1", "--pane", "users"],
      environment: ["SKYDECK_API_KEY": "benchmark"], frame: "Clouds", rows: String(service.users))
  }
}
