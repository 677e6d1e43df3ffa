/// What a request is sent for, so that a log can say more than its path.
public enum RequestPurpose: Hashable, Sendable {
  /// A change, in words: `Users · Haussmann Tower: Ada Lovelace: Role: User → Admin`.
  case change(String)
  /// One of many requests that belong together.
  case sweep(RequestSweep)
}

/// Many requests of one kind that a log shows on one line.
public struct RequestSweep: Hashable, Sendable {
  /// The kind and the number tell sweeps apart.
  public struct ID: Hashable, Sendable {
    /// What is read: `sizes`.
    public let kind: String
    public let number: Int

    public init(kind: String, number: Int) {
      self.kind = kind
      self.number = number
    }
  }

  public let id: ID
  /// How many clouds it is about, as far as is known when the request is sent.
  public let clouds: Int
  /// How many requests each cloud takes.
  public let requestsPerCloud: Int

  public init(id: ID, clouds: Int, requestsPerCloud: Int = 1) {
    self.id = id
    self.clouds = clouds
    self.requestsPerCloud = requestsPerCloud
  }
}

extension CloudAPIClient {
  /// A copy whose requests are reported with that purpose.
  package func labelled(_ purpose: RequestPurpose) -> CloudAPIClient {
    var client = self
    client.purpose = purpose
    return client
  }
}
