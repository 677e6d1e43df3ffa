import CloudAPI
import CloudProfiles

/// Checks what a service takes, from the settings to the answer, one step after the other.
///
/// A step that fails ends those that build on it. What it finds out is printed as it is found out.
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
    for finding in TerminalCheck(environment: session.environment).findings { try add(finding) }
    printer.end(findings)
    if let failure = findings.first(where: { $0.status == .failure }) { throw .reported(failure.exitStatus) }
  }

  private func add(_ finding: Finding) throws(CommandFailure) {
    if Task.isCancelled { throw .api(CloudAPIError(.cancelled, request: "doctor")) }
    findings.append(finding)
    printer.print(finding)
  }

  /// - Returns: whether what builds on it can be tried.
  private func add(_ new: [Finding]) throws(CommandFailure) -> Bool {
    for finding in new { try add(finding) }
    return new.allSatisfy { $0.status != .failure }
  }

  private func settings() throws(CommandFailure) -> Connection? {
    let file = ConfigurationCheck(options: session.service, environment: session.environment)
    guard try add([file.finding]), let configuration = file.configuration else { return nil }
    let settings = SettingsCheck(session.service.connection, environment: session.environment, configuration)
    _ = try add(settings.findings)
    return settings.connection
  }

  private func service(_ connection: Connection) async throws(CommandFailure) {
    let secret = await SecretCheck(connection)
    let hasSecret = try add([secret.finding])
    let place = ServicePlace(connection, environment: session.environment)
    guard try add([place.proxyFinding]) else { return }
    let names = await NameCheck(place.nearest)
    guard try add([names.finding]) else { return }
    guard try add([await ConnectCheck(place.nearest, addresses: names.addresses).finding]) else { return }
    let authorities = AuthoritiesCheck(
      caFile: connection.options.caFile.value, environment: session.environment, isSecure: place.isSecure)
    guard try add(authorities.findings), try add(await TLSCheck(place, authorities).findings) else { return }
    guard hasSecret, let configuration = secret.configuration else {
      return try add(.skipped("sign-in", "There is no key to sign in with."))
    }
    let client: DoctorClient
    do throws(SettingsError) {
      client = try DoctorClient(configuration, connection, lines: session.lines)
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
