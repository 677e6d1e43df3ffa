import CloudAPI
import CloudProfiles
import FoundationEssentials
import HTTPTypes
import Synchronization

/// A client that asks once, for ten seconds at most, writes nothing, and notes what time the service has.
struct DoctorClient: Sendable {
  let client: CloudAPIClient
  let dates: ServiceDates

  init(
    _ configuration: CloudAPIClient.Configuration, _ connection: Connection, lines: RequestLines
  ) throws(SettingsError) {
    var configuration = configuration
    configuration.retry = .none
    configuration.isReadOnly = true
    configuration.requestTimeLimit = min(configuration.requestTimeLimit, StepLimit.standard)
    configuration.listTimeLimit = configuration.requestTimeLimit
    let secrets = KnownSecrets()
    let transport = HTTPTransport(configuration: try connection.transportConfiguration())
    dates = ServiceDates(lines.traced(transport, secrets: secrets))
    // What edition is found is not remembered: that would write a file.
    client = CloudAPIClient(
      configuration: configuration, transport: dates, observer: lines.observer, secrets: secrets)
  }
}

/// Passes requests on, and compares what the answers say of the time with this machine's clock.
final class ServiceDates: Transport {
  private let transport: any Transport
  private let latest = Mutex<Duration?>(nil)

  init(_ transport: any Transport) {
    self.transport = transport
  }

  /// How far the service's clock is ahead, to about a second; `nil` where no answer said.
  var skew: Duration? { latest.withLock { $0 } }

  func forgetConnections() { transport.forgetConnections() }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let sent = Date()
    let response = try await transport.send(request)
    if let date = response.head.headerFields[.date].flatMap({ HTTPDate.parse($0) }) {
      // The answer was made somewhere between.
      let middle = sent.addingTimeInterval(Date().timeIntervalSince(sent) / 2)
      latest.withLock { $0 = .seconds(date.timeIntervalSince(middle)) }
    }
    return response
  }
}
