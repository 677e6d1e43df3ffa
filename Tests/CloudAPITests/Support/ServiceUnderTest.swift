import CloudAPI
import CloudSimulator

/// The two ways in which a client reaches the simulator; a test that takes one as its argument runs with both.
enum ServiceUnderTest: CaseIterable, CustomStringConvertible {
  case inProcess, overHTTP

  var description: String {
    switch self {
    case .inProcess: "in process"
    case .overHTTP: "over HTTP"
    }
  }

  /// Runs `body` with a client of a new simulator with the demo data.
  func withClient<Value>(
    key: String = fixtureKey, observer: RequestObserver? = nil, _ body: (CloudAPIClient) async throws -> Value
  ) async throws -> Value {
    switch self {
    case .inProcess:
      let transport = SimulatorTransport(Simulator(key: fixtureKey))
      return try await body(
        CloudAPIClient(
          configuration: try .fixture("http://localhost", key: key).unhurried, transport: transport, observer: observer)
      )
    case .overHTTP:
      let process = try await SimulatorProcess.start("--key", fixtureKey)
      let transport = HTTPTransport()
      let client = CloudAPIClient(
        configuration: try .fixture(process.address, key: key).unhurried, transport: transport, observer: observer)
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
}
