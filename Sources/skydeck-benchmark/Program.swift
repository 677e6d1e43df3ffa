import TerminalTestSupport

/// A program to measure, and the text on its screen at each stage.
struct Program {
  let name: String
  let executable: String
  var arguments: [String]
  var environment: [String: String] = [:]
  /// Text of the first frame, before there are any rows.
  let frame: String
  /// Text that appears together with rows.
  let rows: String
  /// Keys that bring the program to the state to measure.
  var preparation = ""

  /// The C list of this repository.
  static func reference(marks: Bool, rows: Int) -> Program {
    Program(
      name: marks ? "C list, mark" : "C list, bar", executable: BuiltProduct.path(of: "curses-reference"),
      arguments: [marks ? "mark" : "bar", String(rows)], frame: "user.000001@", rows: "user.000001@")
  }

  /// The C list with a service's data.
  static func reference(of service: String, rows: String) -> Program {
    Program(
      name: "C list", executable: BuiltProduct.path(of: "curses-reference"), arguments: ["mark", service],
      frame: "@", rows: rows)
  }

  /// The console with its demo, which needs no network.
  static let demo = Program(
    name: "skydeck --demo", executable: BuiltProduct.path(of: "skydeck"), arguments: ["--demo"], frame: "Clouds",
    rows: "▸")

  /// The console with a cloud's users, over HTTP.
  static func users(of service: Service) -> Program {
    console(at: service.address, "--cloud", "1", "--pane", "users", rows: String(service.users))
  }

  /// The console with a service.
  static func console(at address: String, _ arguments: String..., rows: String) -> Program {
    Program(
      name: "skydeck", executable: BuiltProduct.path(of: "skydeck"), arguments: ["--api-url", address] + arguments,
      environment: ["SKYDECK_API_KEY": "benchmark"], frame: "Clouds", rows: rows)
  }

  /// A copy with the pane as wide as the terminal.
  var zoomed: Program {
    var program = self
    program.preparation = "z"
    return program
  }

  /// A copy with the setting for low bandwidth.
  var savingBytes: Program {
    Program(
      name: name, executable: executable, arguments: arguments + ["--low-bandwidth"], environment: environment,
      frame: frame, rows: rows, preparation: preparation)
  }
}
