import CloudAPI
import FoundationEssentials
import Synchronization

extension CloudAPIClient.Configuration {
  /// A service that doesn't exist, and a key whose text must never be shown.
  static func fixture(
    _ address: String = "https://api.example.com", key: String = fixtureKey, retry: RetryPolicy = .none
  ) throws -> CloudAPIClient.Configuration {
    var configuration = CloudAPIClient.Configuration(
      baseURL: try BaseURL(address), authorization: .bearer(Secret(key)))
    configuration.retry = retry
    return configuration
  }

  /// A copy that allows a request as much time as a test, so that a slow machine doesn't matter.
  var unhurried: CloudAPIClient.Configuration {
    var configuration = self
    configuration.requestTimeLimit = .seconds(300)
    configuration.listTimeLimit = .seconds(300)
    return configuration
  }
}

let fixtureKey = "k3y-that-must-stay-hidden"

extension Credential {
  /// Client credentials whose secret must never be shown.
  static func clientCredentials(
    secret: String = fixtureKey, scope: String? = nil, audience: String? = nil
  ) throws -> Credential {
    .clientCredentials(
      ClientCredentials(
        id: "me & you", secret: Secret(secret), tokenURL: try TokenURL(TokenService.tokenURL), scope: scope,
        audience: audience))
  }
}

extension CloudAPIClient {
  /// A client that signs in with client credentials, with fixed time and randomness.
  static func signingIn(
    _ transport: any Transport, retry: RetryPolicy = .none, clock: any Clock<Duration> = HandClock(),
    observer: RequestObserver? = nil, secrets: KnownSecrets = KnownSecrets()
  ) throws -> CloudAPIClient {
    var configuration = CloudAPIClient.Configuration(
      baseURL: try BaseURL("https://api.example.com"), credential: try .clientCredentials())
    configuration.retry = retry
    return CloudAPIClient(
      configuration: configuration, transport: transport, clock: clock, observer: observer, now: { fixtureNow },
      random: { 1 }, secrets: secrets)
  }

  /// A client of a scripted service, with fixed time and randomness.
  static func fixture(
    _ transport: any Transport, retry: RetryPolicy = .none, clock: any Clock<Duration> = ContinuousClock(),
    observer: RequestObserver? = nil
  ) throws -> CloudAPIClient {
    CloudAPIClient(
      configuration: try .fixture(retry: retry), transport: transport, clock: clock, observer: observer,
      now: { fixtureNow }, random: { 1 })
  }
}

/// 2026-01-02T03:04:05Z.
let fixtureNow = Date(timeIntervalSince1970: 1_767_323_045)

/// Keeps the events of an observer.
final class EventLog: Sendable {
  private let kept = Mutex<[RequestEvent]>([])

  var events: [RequestEvent] { kept.withLock { $0 } }

  var observer: RequestObserver {
    { event in self.kept.withLock { $0.append(event) } }
  }
}
