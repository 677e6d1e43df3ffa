import TerminalTestSupport

/// Runs `skydeck` as a script does.
enum SkydeckCommand {
  /// Runs it with only these arguments and variables.
  static func run(
    _ arguments: String..., environment: [String: String] = [:], input: String = ""
  ) throws -> ShellCommand.Result {
    try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), arguments, environment: environment, input: input)
  }

  /// Runs it with the demo.
  static func demo(_ arguments: String...) throws -> ShellCommand.Result {
    try ShellCommand.run(BuiltProduct.path(of: "skydeck"), arguments + ["--demo"])
  }

  /// Runs it with a service.
  static func on(
    _ simulator: SimulatorProcess, _ arguments: String..., key: String = SimulatorProcess.key,
    environment: [String: String] = [:]
  ) throws -> ShellCommand.Result {
    try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), arguments,
      environment: variables(simulator, key: key).merging(environment) { $1 })
  }

  /// Starts it with a service, without waiting for its end.
  static func started(on simulator: SimulatorProcess, _ arguments: String...) throws -> ShellCommand {
    try ShellCommand(
      executable: BuiltProduct.path(of: "skydeck"), arguments: arguments,
      environment: variables(simulator, key: SimulatorProcess.key))
  }

  private static func variables(_ simulator: SimulatorProcess, key: String) -> [String: String] {
    ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": key]
  }
}
