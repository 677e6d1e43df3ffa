import ArgumentParser
import CloudSimulator

/// `skydeck-simulator`: the simulator behind a real HTTP server, for tests, benchmarks and anyone writing a client.
@main
struct SimulatorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skydeck-simulator",
    abstract: "Serves the BIMData cloud API from memory.",
    discussion: """
      Prints "listening on http://HOST:PORT" when it is ready, and ends on SIGTERM or SIGINT with status 0. What \
      clients change is gone with it.

      Requests carry "Authorization: Bearer KEY", "Authorization: ApiKey KEY" or the bare key. With --key only that key \
      is right; without it any key is, but no key is not.
      """)

  @Option(help: ArgumentHelp("The port to listen on; 0 picks a free one.", valueName: "n"))
  var port: Int

  @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The only key that is right. (default: any)", valueName: "key"))
  var key: String?

  @Option(help: "What is there at the start. (default: demo)")
  var data: StartingData?

  @Option(help: ArgumentHelp("Start with this many generated clouds instead.", valueName: "n"))
  var clouds: Int?

  @Option(help: ArgumentHelp("Users in each generated cloud. (default: 50)", valueName: "n"))
  var users: Int?

  @Option(help: ArgumentHelp("Generates other data from another number. (default: 1)", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Milliseconds between carrying a request out and answering it.", valueName: "ms"))
  var latency = 0

  func validate() throws {
    try check("--port", port, 0...65_535)
    try check("--clouds", clouds ?? 0, 0...100_000)
    try check("--users", users ?? 0, 0...10_000_000)
    try check("--latency", latency, 0...86_400_000)
    if key?.isEmpty == true { throw ValidationError("'--key' must not be empty.") }
    if data != nil, clouds != nil { throw ValidationError("'--data' and '--clouds' exclude each other.") }
    if clouds == nil, users != nil || seed != nil {
      throw ValidationError("'--users' and '--seed' need '--clouds'.")
    }
  }

  func run() async throws {
    exitOnSignals()
    let simulator = Simulator(data: dataSet, key: key)
    try await SimulatorServer(simulator, latency: .milliseconds(latency)).run(host: host, port: port)
  }

  private var dataSet: DataSet {
    if let clouds { return .generated(clouds: clouds, users: users ?? 50, seed: seed ?? 1) }
    return data == .empty ? .empty : .demo
  }

  private func check(_ option: String, _ value: Int, _ range: ClosedRange<Int>) throws {
    guard range.contains(value) else {
      throw ValidationError("'\(option)' must be from \(range.lowerBound) to \(range.upperBound).")
    }
  }
}

/// The data sets that have a name.
enum StartingData: String, CaseIterable, ExpressibleByArgument {
  case demo, empty
}
