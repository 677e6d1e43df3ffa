import ArgumentParser

/// A command that talks to the service: it is given a session and ends with a status.
protocol CloudCommand: AsyncParsableCommand, Sendable {
  var service: ServiceOptions { get }
  var output: OutputOptions { get }

  func run(in session: CommandSession) async throws(CommandFailure)
}

extension CloudCommand {
  func run() async throws {
    let status = await CommandRun(service: service, options: output, environment: ProcessEnvironment.all).run {
      session async throws(CommandFailure) in try await run(in: session)
    }
    if status != 0 { throw ExitCode(status) }
  }
}
