/// One event of a request, for logs and for counting requests in flight. It carries no secret and no body.
public struct RequestEvent: Hashable, Sendable {
  /// What happened.
  public enum Kind: Hashable, Sendable {
    case started
    /// A readable, successful response; `bytes` is the size of its body, the duration is measured from `started`.
    case finished(status: Int, bytes: Int, Duration)
    case failed(CloudAPIError, Duration)
  }

  /// The number of the attempt in the client: each number has one `started`, then one `finished` or `failed`.
  public let id: Int
  public let method: String
  /// The path below the base URL.
  public let path: String
  /// The number of the attempt at this request, from 1; failed reads may be repeated.
  public let attempt: Int
  /// What the request is sent for; `nil` if nobody said.
  public let purpose: RequestPurpose?
  public let kind: Kind

  public init(id: Int, method: String, path: String, attempt: Int, purpose: RequestPurpose? = nil, kind: Kind) {
    self.id = id
    self.method = method
    self.path = path
    self.attempt = attempt
    self.purpose = purpose
    self.kind = kind
  }
}

/// Is called for every event of a request, on the request's own task, and should return at once.
public typealias RequestObserver = @Sendable (RequestEvent) -> Void
