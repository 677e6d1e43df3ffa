/// Stores detected editions beyond the life of a client, for example in a file.
public struct EditionMemory: Sendable {
  /// The edition remembered for a service, unless it is too old. Called once, when a client is created.
  public var recall: @Sendable (BaseURL) -> Edition?
  /// Called when an edition was detected, or has changed. It runs on a request's own task, and should return soon.
  public var remember: @Sendable (Edition, BaseURL) -> Void

  public init(
    recall: @escaping @Sendable (BaseURL) -> Edition?, remember: @escaping @Sendable (Edition, BaseURL) -> Void
  ) {
    self.recall = recall
    self.remember = remember
  }

  /// Remembers nothing.
  public static let none = EditionMemory(recall: { _ in nil }, remember: { _, _ in })
}
