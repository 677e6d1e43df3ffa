import FoundationEssentials
import HTTPTypes

/// One use of an operation: its ids and its content, before an edition determines the request's form.
public struct Call: Hashable, Sendable {
  public let operation: Operation
  /// The values of the placeholders in the operation's path, in order.
  public let ids: [String]
  /// The content of the body; `nil` for no body.
  public let content: Content?

  /// The kinds of body.
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

  /// Restores a call that was stored.
  ///
  /// - Returns: `nil` if the operation takes another number of ids or another kind of content.
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

  /// The request for this call in an edition, to be shown or sent.
  ///
  /// - Throws: `unsupported` if the edition lacks the operation or part of the content; `notFound` if an id can't be a
  ///   path segment, so that such a request is never sent.
  public func request(in edition: Edition) throws(CloudAPIError) -> CallRequest {
    try CallRequest(self, in: edition)
  }
}
