import ArgumentParser
import CloudAPI
import CloudProfiles

/// `skydeck doctor`
struct DoctorCommand: SettingsCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check settings, network, certificates, sign-in and terminal, and say what to do.",
    discussion: """
      It only reads: nothing is written here or at the service. Each step takes ten seconds at most. The status is 0 \
      where all is well or only warned of; else that of the first failure: 78 settings, 69 network, 77 sign-in.

      Example:
        skydeck doctor --profile live
      """)

  @OptionGroup var service: ServiceOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if service.demo { throw ValidationError("The demo needs no checks: remove --demo.") }
  }

  func run(in session: SettingsSession) async throws(CommandFailure) {
    try await Doctor(session).run()
  }
}

/// Checks what a service needs, from the settings to the response, one step after the other.
///
/// If a step fails, the steps that depend on it are left out. Each finding is printed as soon as it is known.
final class Doctor {
  private let session: SettingsSession
  private let printer: FindingPrinter
  private var findings: [Finding] = []

  init(_ session: SettingsSession) throws(CommandFailure) {
    self.session = session
    printer = try FindingPrinter(session)
  }

  /// - Throws: the status of the first failure; `cancelled` after Ctrl-C.
  func run() async throws(CommandFailure) {
    if let connection = try settings() {
      try await service(connection)
    }
    for finding in TerminalCheck(session.environment).findings { try add(finding) }
    printer.end(findings)
    if let failure = findings.first(where: { $0.status == .failure }) { throw .reported(failure.exitStatus) }
  }

  private func add(_ finding: Finding) throws(CommandFailure) {
    if Task.isCancelled { throw .api(CloudAPIError(.cancelled, request: "doctor")) }
    findings.append(finding)
    printer.print(finding)
  }

  /// - Returns: whether the steps that depend on these findings can be tried.
  private func add(_ new: [Finding]) throws(CommandFailure) -> Bool {
    for finding in new { try add(finding) }
    return new.allSatisfy { $0.status != .failure }
  }

  private func settings() throws(CommandFailure) -> Connection? {
    let file = ConfigurationCheck(options: session.service, environment: session.environment.variables)
    guard try add([file.finding]), let configuration = file.configuration else { return nil }
    let settings = SettingsCheck(session.service.connection, environment: session.environment.variables, configuration)
    _ = try add(settings.findings)
    return settings.connection
  }

  private func service(_ connection: Connection) async throws(CommandFailure) {
    let secret = await SecretCheck(connection)
    let hasSecret = try add([secret.finding])
    let place = ServicePlace(connection, environment: session.environment.variables)
    guard try add([place.proxyFinding]) else { return }
    let names = await NameCheck(place.nearest)
    guard try add([names.finding]) else { return }
    guard try add([await ConnectCheck(place.nearest, addresses: names.addresses).finding]) else { return }
    let authorities = AuthoritiesCheck(
      caFile: connection.options.caFile.value, environment: session.environment.variables, isSecure: place.isSecure)
    guard try add(authorities.findings), try add(await TLSCheck(place, authorities, now: session.now).findings) else {
      return
    }
    guard hasSecret, let configuration = secret.configuration else {
      return try add(.skipped("sign-in", "There is no key to sign in with."))
    }
    let client: DoctorClient
    do throws(SettingsError) {
      client = try DoctorClient(configuration, connection, session)
    } catch {
      return try add(.failure("sign-in", error.line, advice: nil, .configuration))
    }
    try await service(client)
  }

  private func service(_ client: DoctorClient) async throws(CommandFailure) {
    let signIn = await SignInCheck(client)
    let isSignedIn = try add([signIn.finding])
    try add(ClockCheck(client.dates.skew).finding)
    guard isSignedIn else { return }
    try add(await RightsCheck(client, clouds: signIn.clouds).finding)
    try add(await EditionCheck(client).finding)
    try add(await RoundTripCheck(client, clouds: signIn.clouds).finding)
  }
}

/// A time limit for a step, even for a system call that can't be cancelled.
enum StepLimit {
  static let standard: Duration = .seconds(10)

  /// - Returns: `nil` if the limit passed or the task was cancelled; the step is then cancelled without waiting for it.
  static func value<Value: Sendable>(
    within limit: Duration = standard, _ step: @escaping @Sendable () async -> Value
  ) async -> Value? {
    let first = AsyncStream<Value?>.makeStream()
    let work = Task { first.continuation.yield(await step()) }
    let timer = Task {
      try? await ContinuousClock().sleep(for: limit)
      first.continuation.yield(nil)
    }
    defer {
      work.cancel()
      timer.cancel()
    }
    for await value in first.stream { return value }
    return nil
  }
}
