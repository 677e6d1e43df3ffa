import FoundationEssentials

/// One use of an operation: what it is about and what it says, before an edition gives it its form.
public struct Call: Sendable {
  public let operation: Operation
  /// What goes into the placeholders of the operation's path, in their order.
  let ids: [String]
  /// What the body says; `nil` for none.
  let content: (any Encodable & Sendable)?

  init(_ operation: Operation, _ ids: [String] = [], _ content: (any Encodable & Sendable)? = nil) {
    self.operation = operation
    self.ids = ids
    self.content = content
  }

  /// The request that makes this call in an edition, for who wants to show it or to send it.
  ///
  /// - Throws: `unsupported` when the edition lacks the operation, or what the call says; `notFound` when an id can't
  ///   stand in a path, so that such a request is never sent.
  public func request(in edition: Edition) throws(CloudAPIError) -> CallRequest {
    try CallRequest(self, in: edition)
  }
}
