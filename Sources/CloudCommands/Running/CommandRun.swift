import CloudAPI

/// A command about settings, which also runs if they can't be used.
protocol SettingsCommand: EnvironmentCommand {
  var service: ServiceOptions { get }
  var output: OutputOptions { get }

  func run(in session: SettingsSession) async throws(CommandFailure)
}

extension SettingsCommand {
  var saysJSON: Bool { output.output == .json }

  func run(in environment: CommandEnvironment) async -> Int32 {
    let session = SettingsSession(environment, service, output)
    return await session.status { () async throws(CommandFailure) in try await run(in: session) }
  }
}

/// A command that talks to the service.
protocol CloudCommand: EnvironmentCommand {
  var service: ServiceOptions { get }
  var output: OutputOptions { get }

  func run(in session: CommandSession) async throws(CommandFailure)
}

extension CloudCommand {
  var saysJSON: Bool { output.output == .json }

  func run(in environment: CommandEnvironment) async -> Int32 {
    let settings = SettingsSession(environment, service, output)
    let session: CommandSession
    do throws(CommandFailure) {
      session = try await CommandSession(settings)
    } catch {
      settings.report(error)
      return error.status.rawValue
    }
    return await session.status { () async throws(CommandFailure) in try await run(in: session) }
  }
}

extension Session {
  /// Runs the body until it ends, a signal arrives or the reader of the output is gone, and reports its failure.
  ///
  /// - Returns: the exit status of the process.
  fileprivate func status(_ body: @escaping @Sendable () async throws(CommandFailure) -> Void) async -> Int32 {
    let task = Task { () async -> CommandFailure? in
      do throws(CommandFailure) {
        try await body()
        return nil
      } catch {
        return error
      }
    }
    environment.signals.onFirst { task.cancel() }
    output.onClose { task.cancel() }
    let failure = await task.value
    let signal = environment.signals.number

    guard let failure else { return signal.map { 128 + $0 } ?? ExitStatus.done.rawValue }
    let isCancelled = if case .api(let error) = failure { error.code == .cancelled } else { false }
    if let signal {
      // After Ctrl-C a cancelled read isn't reported, but the outcome of a write is.
      if !isCancelled { report(failure) }
      return 128 + signal
    }
    if output.isClosed, isCancelled { return ExitStatus.done.rawValue }
    report(failure)
    return failure.status.rawValue
  }
}
