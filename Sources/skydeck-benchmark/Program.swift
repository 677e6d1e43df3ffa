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
  /// Keys that bring the program to where it is measured.
  var preparation = ""

  /// The list that the repository brings along.
  static func reference(marks: Bool, rows: Int) -> Program {
    Program(
      name: marks ? "C list, mark" : "C list, bar", executable: BuiltProduct.path(of: "curses-reference"),
      arguments: [marks ? "mark" : "bar", String(rows)], frame: "user.000001@", rows: "user.000001@")
  }

  /// The same list of what a service sends.
  static func reference(of service: String, rows: String) -> Program {
    Program(
      name: "C list", executable: BuiltProduct.path(of: "curses-reference"), arguments: ["mark", service],
      frame: "@", rows: rows)
  }

  /// The console on its demonstration, which needs no network.
  static let demo = Program(
    name: "skydeck --demo", executable: BuiltProduct.path(of: "skydeck"), arguments: ["--demo"], frame: "Clouds",
    rows: "▸")

  /// The console on a cloud's users, over HTTP.
  static func users(of service: Service) -> Program {
    console(at: service.address, "--cloud", "1", "--pane", "users", rows: String(service.users))
  }

  /// The console on a service.
  static func console(at address: String, _ arguments: String..., rows: String) -> Program {
    Program(
      name: "skydeck", executable: BuiltProduct.path(of: "skydeck"), arguments: ["--api-url", address] + arguments,
      environment: ["SKYDECK_API_KEY": "benchmark"], frame: "Clouds", rows: rows)
  }

  /// The same with the pane as wide as the terminal.
  var zoomed: Program {
    var program = self
    program.preparation = "z"
    return program
  }

  /// The same for a line that takes few bytes.
  var savingBytes: Program {
    Program(
      name: name, executable: executable, arguments: arguments + ["--low-bandwidth"], environment: environment,
      frame: frame, rows: rows, preparation: preparation)
  }
}
