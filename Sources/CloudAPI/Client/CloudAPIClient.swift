public import FoundationEssentials
import Synchronization

/// The cloud API of BIMData: one method for each of its 22 operations, under the operation's name.
///
/// Methods run off the caller's actor, throw only `CloudAPIError`, and end their request when the calling task is
/// cancelled. Reads may be repeated (`RetryPolicy`) and follow redirects. Writes are sent once; a second time only
/// after a 401, which refused them before anything was done, with another token.
public struct CloudAPIClient: Sendable {
  /// The service's address, the credential, and the limits for time and size.
  public struct Configuration: Sendable {
    public var baseURL: BaseURL
    public var credential: Credential
    /// Which edition of the API the service speaks.
    public var edition = EditionSetting.classic
    /// Whether every write is refused (`readOnly`) before anything is sent.
    public var isReadOnly = false
    /// The limit for one attempt, from connecting to the last byte, redirects included.
    public var requestTimeLimit: Duration = .seconds(30)
    /// The limit for lists, which may be long.
    public var listTimeLimit: Duration = .seconds(120)
    public var retry: RetryPolicy = .standard
    /// The largest body that is read, in bytes.
    public var bodyLimit: Int = 1 << 20
    /// The largest list that is read, in bytes.
    public var listBodyLimit: Int = 256 << 20
    /// The `User-Agent` header field.
    public var userAgent: String = "skydeck"

    public init(baseURL: BaseURL, credential: Credential) {
      self.baseURL = baseURL
      self.credential = credential
    }

    /// Uses a fixed key for every request.
    public init(baseURL: BaseURL, authorization: Authorization) {
      self.init(baseURL: baseURL, credential: .fixed(authorization))
    }
  }

  public private(set) var configuration: Configuration
  let transport: any Transport
  let clock: any Clock<Duration>
  let observer: RequestObserver?
  /// Called when a request that writes is handed to a connection.
  private(set) var onSend: (@Sendable () -> Void)?
  /// What its requests are sent for.
  var purpose: RequestPurpose?
  let now: @Sendable () -> Date
  let random: @Sendable () -> Double
  let attemptNumbers: AttemptNumbers
  /// The secrets that are masked in everything the client returns or reports.
  let secrets: KnownSecrets
  /// `nil` for a fixed key.
  let tokens: TokenSource?
  /// `nil` for a fixed edition.
  let editions: EditionFinder?

  /// - Parameters:
  ///   - clock: measures time limits and the waits between attempts.
  ///   - observer: is called for every attempt.
  ///   - now: the time of day, to which a `Retry-After` date is compared.
  ///   - random: from 0 to 1, spreads the waits between attempts.
  ///   - memory: stores the edition that the client detects, unless it is configured.
  ///   - secrets: is given every secret that the client has or obtains, for masking elsewhere.
  public init(
    configuration: Configuration, transport: any Transport, clock: any Clock<Duration> = ContinuousClock(),
    observer: RequestObserver? = nil, now: @escaping @Sendable () -> Date = { Date() },
    random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
    memory: EditionMemory = .none, secrets: KnownSecrets = KnownSecrets()
  ) {
    self.configuration = configuration
    self.transport = transport
    self.clock = clock
    self.observer = observer
    self.now = now
    self.random = random
    self.secrets = secrets
    attemptNumbers = AttemptNumbers()
    editions =
      configuration.edition == .auto
      ? EditionFinder(baseURL: configuration.baseURL, memory: memory, now: now) : nil
    switch configuration.credential {
    case .fixed(let authorization):
      secrets.insert(authorization.secret)
      tokens = nil
    case .clientCredentials(let credentials):
      secrets.insert(credentials.secret)
      tokens = TokenSource(
        TokenRequest(
          credentials: credentials, transport: transport, clock: clock, timeLimit: configuration.requestTimeLimit,
          userAgent: configuration.userAgent, observer: observer, attemptNumbers: attemptNumbers, secrets: secrets,
          now: now))
    }
  }
}

extension CloudAPIClient {
  /// A copy that tells when a write is handed to a connection, each time that it is: with another token once more.
  package func telling(whenSent onSend: @escaping @Sendable () -> Void) -> CloudAPIClient {
    var client = self
    client.onSend = onSend
    return client
  }

  /// A copy that sends each read once.
  public var withoutRetries: CloudAPIClient {
    var client = self
    client.configuration.retry = .none
    return client
  }
}

/// Numbers the attempts of a client and of its copies.
final class AttemptNumbers: Sendable {
  private let last = Atomic<Int>(0)

  func next() -> Int {
    last.add(1, ordering: .relaxed).newValue
  }
}
