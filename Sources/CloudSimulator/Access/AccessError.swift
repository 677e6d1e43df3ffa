/// Why a text names no key and no client.
public struct AccessError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what would be right, without the key or the secret.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
