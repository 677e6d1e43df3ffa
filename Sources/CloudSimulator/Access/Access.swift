/// Who may use a simulator, and what for.
///
/// Where there are neither keys nor clients, any key is right and may do everything; no key at all is never right.
public struct Access: Hashable, Sendable {
  public var keys: [AccessKey]
  /// Those that the token endpoint knows.
  public var clients: [AccessClient]
  /// How long a token is good, in seconds.
  public var tokenLifetime: Int

  public init(keys: [AccessKey] = [], clients: [AccessClient] = [], tokenLifetime: Int = 3600) {
    self.keys = keys
    self.clients = clients
    self.tokenLifetime = tokenLifetime
  }
}
