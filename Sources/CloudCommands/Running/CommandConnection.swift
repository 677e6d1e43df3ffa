import CloudAPI
import CloudSimulator

/// The service that a command talks to.
struct CommandConnection: Sendable {
  let client: CloudAPIClient
  /// How many requests are sent at once where many are to be sent.
  let concurrency: Int
  /// Where invited people land unless the command says.
  let redirectURI: String?
  /// Whether every deletion is confirmed by typing what it is about.
  let confirmsByTyping: Bool

  init(
    _ options: ServiceOptions, environment: [String: String], observer: RequestObserver?
  ) throws(CommandFailure) {
    let address = options.demo ? "http://localhost" : options.apiURL ?? environment["SKYDECK_API_URL"] ?? ""
    let key = Secret(options.demo ? "demo" : environment["SKYDECK_API_KEY"] ?? "")
    guard !address.isEmpty, !key.isEmpty else { throw .configuration("no address or key") }
    let url: BaseURL
    do {
      url = try BaseURL(address)
    } catch {
      throw .configuration(error.message)
    }
    concurrency = 16
    redirectURI = environment["SKYDECK_REDIRECT_URI"]
    confirmsByTyping = false
    let configuration = CloudAPIClient.Configuration(baseURL: url, authorization: .bearer(key))
    let transport: any Transport = options.demo ? SimulatorTransport(Simulator(data: .demo)) : HTTPTransport()
    client = CloudAPIClient(configuration: configuration, transport: transport, observer: observer)
  }
}
