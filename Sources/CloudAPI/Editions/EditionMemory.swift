/// Where what was found out about a service's edition outlives the client: a file of the program's, for one.
public struct EditionMemory: Sendable {
  /// What is remembered of a service, and not for too long. Called once, when a client is made.
  public var recall: @Sendable (BaseURL) -> Edition?
  /// Told when it was found out, or found to have changed. Called on a request's own task, and should return soon.
  public var remember: @Sendable (Edition, BaseURL) -> Void

  public init(
    recall: @escaping @Sendable (BaseURL) -> Edition?, remember: @escaping @Sendable (Edition, BaseURL) -> Void
  ) {
    self.recall = recall
    self.remember = remember
  }

  /// Remembers nothing beyond the client.
  public static let none = EditionMemory(recall: { _ in nil }, remember: { _, _ in })
}
