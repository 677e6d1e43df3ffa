import CloudAPI
import CloudProfiles
import CloudSimulator

/// The settings and the key from which the console's client is created.
struct ServiceClient {
  private let configuration: CloudAPIClient.Configuration
  /// `nil` for the demo.
  private let http: HTTPTransport.Configuration?
  private let memory: EditionMemory

  /// Reads the key from its source, which may be a slow program.
  init(_ service: Settings.Service, retry: RetryPolicy = .standard) async throws(SettingsError) {
    switch service {
    case .remote(let connection):
      var configuration = try await connection.clientConfiguration()
      configuration.retry = retry
      self.configuration = configuration
      http = try connection.transportConfiguration()
      memory = connection.editionMemory
    case .demo(let options):
      let url: BaseURL
      do throws(BaseURLError) {
        url = try BaseURL("http://localhost")
      } catch {
        throw SettingsError(error.message)
      }
      var configuration = CloudAPIClient.Configuration(baseURL: url, authorization: .bearer(Secret("demo")))
      configuration.isReadOnly = options.isReadOnly.value
      self.configuration = configuration
      http = nil
      memory = .none
    }
  }

  /// - Parameter traced: wraps the transport to keep its exchanges, given the secrets that the client uses.
  func client(
    clock: TimerClock, observer: @escaping RequestObserver,
    traced: (any Transport, KnownSecrets) -> any Transport = { transport, _ in transport }
  ) -> CloudAPIClient {
    let secrets = KnownSecrets()
    let transport: any Transport =
      if let http { HTTPTransport(configuration: http) } else {
        SimulatorTransport(Simulator(data: .demo, key: "demo"), clock: clock)
      }
    return CloudAPIClient(
      configuration: configuration, transport: traced(transport, secrets), clock: clock, observer: observer,
      memory: memory, secrets: secrets)
  }
}
