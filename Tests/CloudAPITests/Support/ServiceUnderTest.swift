import CloudAPI
import CloudSimulator

/// The two ways in which a client reaches the simulator; a test that takes one as its argument runs over both.
enum ServiceUnderTest: CaseIterable, CustomStringConvertible {
  case inProcess, overHTTP

  var description: String {
    switch self {
    case .inProcess: "in process"
    case .overHTTP: "over HTTP"
    }
  }

  /// Runs `body` with a client of a fresh simulator that holds the demo data.
  func withClient<Value>(
    key: String = fixtureKey, observer: RequestObserver? = nil, _ body: (CloudAPIClient) async throws -> Value
  ) async throws -> Value {
    switch self {
    case .inProcess:
      let transport = SimulatorTransport(Simulator(key: fixtureKey))
      return try await body(
        CloudAPIClient(
          configuration: try Self.configuration("http://localhost", key: key), transport: transport, observer: observer)
      )
    case .overHTTP:
      let process = try await SimulatorProcess.start("--key", fixtureKey)
      let transport = HTTPTransport()
      let client = CloudAPIClient(
        configuration: try Self.configuration(process.address, key: key), transport: transport, observer: observer)
      let result: Result<Value, any Error>
      do {
        result = .success(try await body(client))
      } catch {
        result = .failure(error)
      }
      await transport.shutdown()
      try await process.stop()
      return try result.get()
    }
  }

  /// With as much time for a request as the test may take: all others run beside it.
  private static func configuration(_ address: String, key: String) throws -> CloudAPIClient.Configuration {
    var configuration = try CloudAPIClient.Configuration.fixture(address, key: key)
    configuration.requestTimeLimit = .seconds(300)
    return configuration
  }
}
