public import HTTPTypes

/// The 22 operations of the classic cloud API, with their names in the API's documentation.
///
/// This is the only table of operations: the client's methods, errors and tests all use it.
public enum Operation: String, CaseIterable, Hashable, Sendable {
  case getClouds = "get_clouds"
  case createCloud = "create_cloud"
  case getCloud = "get_cloud"
  case updateCloud = "update_cloud"
  case fullUpdateCloud = "full_update_cloud"
  case deleteCloud = "delete_cloud"
  case getCloudSize = "get_cloud_size"
  case createDemo = "create_demo"
  case getCloudUsers = "get_cloud_users"
  case getCloudUser = "get_cloud_user"
  case updateCloudUser = "update_cloud_user"
  case fullUpdateCloudUser = "full_update_cloud_user"
  case deleteCloudUser = "delete_cloud_user"
  case getCloudInvitations = "get_cloud_invitations"
  case inviteCloudUser = "invite_cloud_user"
  case cancelCloudUserInvitation = "cancel_cloud_user_invitation"
  case cloudProcessorList = "cloud_processor_list"
  case cloudProcessorCreate = "cloud_processor_create"
  case cloudProcessorRead = "cloud_processor_read"
  case cloudProcessorPartialUpdate = "cloud_processor_partial_update"
  case cloudProcessorUpdate = "cloud_processor_update"
  case cloudProcessorDelete = "cloud_processor_delete"

  /// The name in the API's documentation, such as `get_cloud_size`.
  public var documentedName: String { rawValue }

  /// The action of the operation.
  public var action: Action { entry.action }

  /// The kind of record that the operation concerns.
  public var kind: RecordKind { entry.kind }

  /// The scope that a key needs according to the documentation; `nil` if it states none.
  public var scope: String? { entry.scope }

  public var method: HTTPRequest.Method {
    switch action {
    case .list, .read, .readSize: .get
    case .create, .createDemo: .post
    case .edit: .patch
    case .replace: .put
    case .remove: .delete
    }
  }

  /// The path below the base URL, with the placeholders `{cloud_pk}` and `{id}`.
  public var pathTemplate: String {
    let list = kind == .cloud ? "/cloud" : "/cloud/{cloud_pk}/\(kind.rawValue)"
    return switch action {
    case .list, .create: list
    case .read, .edit, .replace, .remove: list + "/{id}"
    case .readSize: list + "/{id}/size"
    case .createDemo: list + "/{id}/create-demo"
    }
  }

  /// The contents of the response as errors name them: `users`, `cloud`; `nil` if the response is empty.
  public var answerName: String? {
    switch action {
    case .list: kind.plural
    case .read, .create, .edit, .replace: kind.rawValue
    case .remove: nil
    case .readSize: "size"
    case .createDemo: "project"
    }
  }

  /// Whether the operation may change something, and so is sent at most once.
  public var isWrite: Bool { method != .get }

  /// Whether the response contains all records of a kind.
  public var isList: Bool { action == .list }

  /// Whether the operation creates a record, which has no id until then.
  var isNew: Bool { action == .create || action == .createDemo }

  /// The operation with that action on records of a kind; `nil` if the API has none.
  public init?(_ action: Action, _ kind: RecordKind) {
    guard let operation = Self.allCases.first(where: { $0.action == action && $0.kind == kind }) else { return nil }
    self = operation
  }
}

/// The kinds of record in the API. The raw value is the kind's name in texts and paths: `cloud`.
public enum RecordKind: String, CaseIterable, Hashable, Sendable, Codable {
  case cloud, user, invitation, processor

  /// The plural, which is also the noun of the kind's shell commands: `clouds`.
  public var plural: String { rawValue + "s" }
}

extension Operation {
  /// The action of an operation, which determines its method and path.
  public enum Action: Hashable, Sendable {
    case list, read, create, edit, replace, remove
    /// For clouds only: reads the size in bytes; creates a demo project in the cloud.
    case readSize, createDemo
  }

  private var entry: (action: Action, kind: RecordKind, scope: String?) {
    switch self {
    case .getClouds: (.list, .cloud, nil)
    case .createCloud: (.create, .cloud, "cloud:manage")
    case .getCloud: (.read, .cloud, nil)
    case .updateCloud: (.edit, .cloud, "cloud:manage")
    case .fullUpdateCloud: (.replace, .cloud, "cloud:manage")
    case .deleteCloud: (.remove, .cloud, "cloud:manage")
    case .getCloudSize: (.readSize, .cloud, nil)
    case .createDemo: (.createDemo, .cloud, "cloud:manage")
    case .getCloudUsers: (.list, .user, "cloud:read")
    case .getCloudUser: (.read, .user, "cloud:read")
    case .updateCloudUser: (.edit, .user, "cloud:manage")
    case .fullUpdateCloudUser: (.replace, .user, "cloud:manage")
    case .deleteCloudUser: (.remove, .user, "cloud:manage")
    case .getCloudInvitations: (.list, .invitation, "org:manage")
    case .inviteCloudUser: (.create, .invitation, "org:manage")
    case .cancelCloudUserInvitation: (.remove, .invitation, "org:manage")
    case .cloudProcessorList: (.list, .processor, nil)
    case .cloudProcessorCreate: (.create, .processor, nil)
    case .cloudProcessorRead: (.read, .processor, nil)
    case .cloudProcessorPartialUpdate: (.edit, .processor, nil)
    case .cloudProcessorUpdate: (.replace, .processor, nil)
    case .cloudProcessorDelete: (.remove, .processor, nil)
    }
  }
}
