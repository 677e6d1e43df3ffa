import FoundationEssentials
import HTTPTypes

/// One use of an operation: what it is about and what it says, before an edition gives it its form.
public struct Call: Hashable, Sendable {
  public let operation: Operation
  /// What goes into the placeholders of the operation's path, in their order.
  public let ids: [String]
  /// What the body says; `nil` for none.
  public let content: Content?

  /// What a body can say.
  public enum Content: Hashable, Sendable {
    case cloud(CloudDraft)
    case cloudPatch(CloudPatch)
    case user(UserCloudUpdate)
    case invitation(CloudInvitationDraft)
    case processor(ProcessorDraft)
    case processorPatch(ProcessorPatch)

    var body: any Encodable & Sendable {
      switch self {
      case .cloud(let draft): draft
      case .cloudPatch(let patch): patch
      case .user(let update): update
      case .invitation(let draft): draft
      case .processor(let draft): draft
      case .processorPatch(let patch): patch
      }
    }
  }

  init(_ operation: Operation, _ ids: [String] = [], _ content: Content? = nil) {
    self.operation = operation
    self.ids = ids
    self.content = content
  }

  /// A call as it was kept somewhere.
  ///
  /// - Returns: `nil` where the operation takes another number of ids, or another kind of content.
  public init?(_ operation: Operation, ids: [String], content: Content?) {
    guard ids.count == operation.pathTemplate.count(where: { $0 == "{" }) else { return nil }
    switch (operation, content) {
    case (.createCloud, .cloud), (.fullUpdateCloud, .cloud), (.updateCloud, .cloudPatch), (.updateCloudUser, .user),
      (.fullUpdateCloudUser, .user), (.inviteCloudUser, .invitation), (.cloudProcessorCreate, .processor),
      (.cloudProcessorUpdate, .processor), (.cloudProcessorPartialUpdate, .processorPatch):
      break
    case (_, nil) where ![.create, .edit, .replace].contains(operation.action): break
    default: return nil
    }
    self.init(operation, ids, content)
  }

  /// The request that makes this call in an edition, for who wants to show it or to send it.
  ///
  /// - Throws: `unsupported` when the edition lacks the operation, or what the call says; `notFound` when an id can't
  ///   stand in a path, so that such a request is never sent.
  public func request(in edition: Edition) throws(CloudAPIError) -> CallRequest {
    try CallRequest(self, in: edition)
  }
}
