import ArgumentParser
import CloudSimulator

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `skydeck-simulator`: the simulator as an HTTP server, for tests, benchmarks and authors of clients.
@main
struct SimulatorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skydeck-simulator",
    abstract: "Serves the BIMData cloud API from memory.",
    discussion: """
      Prints "listening on http://HOST:PORT" when it is ready, and ends on SIGTERM or SIGINT with status 0. What \
      clients change is gone with it.

      Requests carry "Authorization: Bearer KEY_OR_TOKEN", "Authorization: ApiKey KEY" or the bare key. With --key or \
      --client only those keys and those clients' tokens are right; without them any key is, but no key is not.

      Faults, each given to --fault once, are written

      \(FaultSpec.grammar)
      """)

  @Option(help: ArgumentHelp("The port to listen on; 0 picks a free one.", valueName: "n"))
  var port: Int

  @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: "The edition of the API that it speaks.")
  var edition = Simulator.Edition.classic

  @Option(
    help: ArgumentHelp(
      "A key that is right, and with scopes, all that it may do; may be repeated. (default: any key, everything)",
      valueName: "key[:scope+…]"),
    transform: AccessKey.init(parsing:))
  var key: [AccessKey] = []

  @Option(
    help: ArgumentHelp(
      "A client that \(Simulator.tokenPath) gives tokens to; may be repeated.", valueName: "id:secret[:scope+…]"),
    transform: AccessClient.init(parsing:))
  var client: [AccessClient] = []

  @Option(help: ArgumentHelp("Seconds for which a token is good.", valueName: "seconds"))
  var tokenLifetime = 3600

  @Option(
    help: ArgumentHelp(
      "How many clouds without an organization there may be before 402, the demo's one included. (default: any)",
      valueName: "n"))
  var freeClouds: Int?

  @Option(help: "What is there at the start. (default: demo)")
  var data: StartingData?

  @Option(help: ArgumentHelp("Start with this many generated clouds instead.", valueName: "n"))
  var clouds: Int?

  @Option(help: ArgumentHelp("Users in each generated cloud. (default: 50)", valueName: "n"))
  var users: Int?

  @Option(
    help: ArgumentHelp(
      "Let the users of the generated clouds be this many people, each in several clouds. (default: in one each)",
      valueName: "n"))
  var people: Int?

  @Option(
    help: ArgumentHelp(
      "How many of the generated clouds refuse their users, their invitations or both. (default: 0)", valueName: "n"))
  var closed: Int?

  @Option(help: ArgumentHelp("Generates other data from another number. (default: 1)", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Milliseconds between carrying a request out and answering it.", valueName: "ms"))
  var latency = 0

  @Option(
    help: ArgumentHelp("What goes wrong with which requests; may be repeated.", valueName: "fault"),
    transform: FaultSpec.init)
  var fault: [FaultSpec] = []

  @Option(help: ArgumentHelp("Lets the probabilities of faults fall otherwise. (default: 1)", valueName: "n"))
  var faultSeed: UInt64?

  @Flag(
    help: """
      Answer, to this machine alone and without a key, /_simulator/requests, /_simulator/emails and /_simulator/tokens.
      """)
  var control = false

  @OptionGroup(title: "TLS options")
  var tls: TLSOptions

  func validate() throws {
    try check("--port", port, 0...65_535)
    try check("--clouds", clouds ?? 0, 0...100_000)
    try check("--users", users ?? 0, 0...10_000_000)
    try check("--latency", latency, 0...86_400_000)
    try check("--token-lifetime", tokenLifetime, 0...86_400_000)
    try check("--free-clouds", freeClouds ?? 0, 0...100_000)
    if freeClouds != nil, edition == .classic { throw ValidationError("'--free-clouds' needs '--edition current'.") }
    if faultSeed != nil, fault.isEmpty { throw ValidationError("'--fault-seed' needs '--fault'.") }
    if data != nil, clouds != nil { throw ValidationError("'--data' and '--clouds' exclude each other.") }
    if clouds == nil, users != nil || seed != nil || people != nil || closed != nil {
      throw ValidationError("'--users', '--seed', '--people' and '--closed' need '--clouds'.")
    }
    if let people { try check("--people", people, userCount + 1...1_000_000_000) }
    if let closed, let clouds { try check("--closed", closed, 0...clouds) }
  }

  func run() async throws {
    exitOnSignals()
    let simulator = Simulator(
      data: dataSet, access: Access(keys: key, clients: client, tokenLifetime: tokenLifetime), edition: edition,
      freeClouds: freeClouds)
    await simulator.setFaultPlan(FaultPlan(fault, seed: faultSeed ?? 1))
    let configuration = SimulatorServer.Configuration(
      host: host, port: port, certificate: try tls.certificate(), latency: .milliseconds(latency),
      isControlled: control)
    try await SimulatorServer(simulator, configuration).run()
  }

  private var dataSet: DataSet {
    if let clouds {
      return .generated(clouds: clouds, users: userCount, seed: seed ?? 1, people: people, closed: closed ?? 0)
    }
    return (data ?? .demo).dataSet
  }

  private var userCount: Int { users ?? 50 }

  private func check(_ option: String, _ value: Int, _ range: ClosedRange<Int>) throws {
    guard range.contains(value) else {
      throw ValidationError("'\(option)' must be from \(range.lowerBound) to \(range.upperBound).")
    }
  }
}

/// The named data sets.
enum StartingData: String, CaseIterable, ExpressibleByArgument {
  case demo, odd, empty

  var dataSet: DataSet {
    switch self {
    case .demo: .demo
    case .odd: .odd
    case .empty: .empty
    }
  }
}

extension Simulator.Edition: ExpressibleByArgument {}

/// The options for HTTPS.
struct TLSOptions: ParsableArguments {
  @Flag(help: "Serve HTTPS, with a certificate for localhost from a private authority, both made at the start.")
  var tls = false

  @Option(
    help: ArgumentHelp("Write the authority's certificate there as PEM, for clients to trust.", valueName: "path"))
  var tlsCaFile: String?

  @Option(help: ArgumentHelp("Make the certificate for this name instead.", valueName: "name"))
  var tlsHost: String?

  @Flag(help: "Make a certificate that ended yesterday.")
  var tlsExpired = false

  func validate() throws {
    if !tls, tlsCaFile != nil || tlsHost != nil || tlsExpired {
      throw ValidationError("'--tls-ca-file', '--tls-host' and '--tls-expired' need '--tls'.")
    }
    if tlsHost?.isEmpty == true { throw ValidationError("'--tls-host' must not be empty.") }
  }

  /// The server's certificate, whose authority is written to its file by then; nil for plain HTTP.
  func certificate() throws -> ServerCertificate? {
    guard tls else { return nil }
    let certificate = try ServerCertificate(host: tlsHost, isExpired: tlsExpired)
    if let tlsCaFile { try write(certificate.authority, to: tlsCaFile) }
    return certificate
  }

  private func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w"), fputs(text, file) >= 0, fclose(file) == 0 else {
      throw ValidationError("'--tls-ca-file': can't write \(path): \(String(cString: strerror(errno))).")
    }
  }
}

/// Ends the process with status 0 at once on SIGTERM and SIGINT: there is nothing to save, and requests that are
/// delayed on purpose must not delay it. SIGQUIT ends it, too, instead of starting Swift's backtracer, which would ask
/// what to do.
func exitOnSignals() {
  for number in [SIGTERM, SIGINT] {
    signal(number) { _ in _exit(0) }
  }
  signal(SIGQUIT, SIG_DFL)
}

/// Prints a line that a waiting process receives at once, also through a pipe.
func printNow(_ line: String) {
  print(line)
  fflush(nil)
}
