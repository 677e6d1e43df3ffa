import CloudAPI
import CloudProfiles
import CloudSimulator

/// What the console's client is made from: what is set, with the key.
struct ServiceClient {
  private let configuration: CloudAPIClient.Configuration
  /// `nil` for the demo.
  private let http: HTTPTransport.Configuration?
  private let memory: EditionMemory

  /// Reads the key where it is, which may be a program that takes its time.
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

  func client(clock: TimerClock, observer: @escaping RequestObserver) -> CloudAPIClient {
    let transport: any Transport =
      if let http { HTTPTransport(configuration: http) } else {
        SimulatorTransport(Simulator(data: .demo, key: "demo"), clock: clock)
      }
    return CloudAPIClient(
      configuration: configuration, transport: transport, clock: clock, observer: observer, memory: memory)
  }
}
