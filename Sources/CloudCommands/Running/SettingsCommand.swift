import ArgumentParser

/// A command about settings, which needs none that can be used.
protocol SettingsCommand: AsyncParsableCommand, Sendable {
  var service: ServiceOptions { get }
  var output: OutputOptions { get }

  func run(in session: SettingsSession) async throws(CommandFailure)
}

extension SettingsCommand {
  func run() async throws {
    let status = await CommandRun(service: service, options: output, environment: ProcessEnvironment.all)
      .runOnSettings { session async throws(CommandFailure) in try await run(in: session) }
    if status != 0 { throw ExitCode(status) }
  }
}
