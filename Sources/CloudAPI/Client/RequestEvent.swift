/// One step in the life of a request, for logs and for counting those in flight. It carries no secret and no body.
public struct RequestEvent: Hashable, Sendable {
  /// What happened.
  public enum Kind: Hashable, Sendable {
    case started
    /// A readable answer of success; `bytes` counts its body, the duration runs from `started`.
    case finished(status: Int, bytes: Int, Duration)
    case failed(CloudAPIError, Duration)
  }

  /// The attempt's own number: each number has one `started`, and then one `finished` or `failed`.
  public let id: Int
  public let method: String
  /// Below the base URL.
  public let path: String
  /// From 1; reads that failed may be sent again.
  public let attempt: Int
  public let kind: Kind

  public init(id: Int, method: String, path: String, attempt: Int, kind: Kind) {
    self.id = id
    self.method = method
    self.path = path
    self.attempt = attempt
    self.kind = kind
  }
}

/// What is told of every request. It is called on the request's own task and should return at once.
public typealias RequestObserver = @Sendable (RequestEvent) -> Void
