public import HTTPTypes

/// The 22 operations of the classic cloud API, each under the name that the API's documentation gives it.
///
/// This is their only table: the client's methods, its errors and its tests all read it.
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

  public var method: HTTPRequest.Method { entry.method }

  /// The path below the base URL, with the placeholders `{cloud_pk}` and `{id}`.
  public var pathTemplate: String { entry.path }

  /// The scope that a key needs according to the documentation; `nil` if it states none.
  public var scope: String? { entry.scope }

  /// What the response holds, as errors about its fields name it: `users`, `cloud`; `nil` if it is empty.
  public var answerName: String? { entry.answer }

  /// Whether it may change something, and so is sent at most once.
  public var isWrite: Bool { method != .get }

  /// Whether the response holds all records of a kind, in one list of any length.
  public var isList: Bool {
    switch self {
    case .getClouds, .getCloudUsers, .getCloudInvitations, .cloudProcessorList: true
    default: false
    }
  }
}

extension Operation {
  private struct Entry {
    let method: HTTPRequest.Method
    let path: String
    let scope: String?
    let answer: String?

    init(_ method: HTTPRequest.Method, _ path: String, scope: String? = nil, answer: String? = nil) {
      self.method = method
      self.path = path
      self.scope = scope
      self.answer = answer
    }
  }

  private var entry: Entry {
    let (cloud, user) = ("/cloud/{id}", "/cloud/{cloud_pk}/user")
    let (invitation, processor) = ("/cloud/{cloud_pk}/invitation", "/cloud/{cloud_pk}/processor")
    return switch self {
    case .getClouds: Entry(.get, "/cloud", answer: "clouds")
    case .createCloud: Entry(.post, "/cloud", scope: "cloud:manage", answer: "cloud")
    case .getCloud: Entry(.get, cloud, answer: "cloud")
    case .updateCloud: Entry(.patch, cloud, scope: "cloud:manage", answer: "cloud")
    case .fullUpdateCloud: Entry(.put, cloud, scope: "cloud:manage", answer: "cloud")
    case .deleteCloud: Entry(.delete, cloud, scope: "cloud:manage")
    case .getCloudSize: Entry(.get, cloud + "/size", answer: "size")
    case .createDemo: Entry(.post, cloud + "/create-demo", scope: "cloud:manage", answer: "project")
    case .getCloudUsers: Entry(.get, user, scope: "cloud:read", answer: "users")
    case .getCloudUser: Entry(.get, user + "/{id}", scope: "cloud:read", answer: "user")
    case .updateCloudUser: Entry(.patch, user + "/{id}", scope: "cloud:manage", answer: "user")
    case .fullUpdateCloudUser: Entry(.put, user + "/{id}", scope: "cloud:manage", answer: "user")
    case .deleteCloudUser: Entry(.delete, user + "/{id}", scope: "cloud:manage")
    case .getCloudInvitations: Entry(.get, invitation, scope: "org:manage", answer: "invitations")
    case .inviteCloudUser: Entry(.post, invitation, scope: "org:manage", answer: "invitation")
    case .cancelCloudUserInvitation: Entry(.delete, invitation + "/{id}", scope: "org:manage")
    case .cloudProcessorList: Entry(.get, processor, answer: "processors")
    case .cloudProcessorCreate: Entry(.post, processor, answer: "processor")
    case .cloudProcessorRead: Entry(.get, processor + "/{id}", answer: "processor")
    case .cloudProcessorPartialUpdate: Entry(.patch, processor + "/{id}", answer: "processor")
    case .cloudProcessorUpdate: Entry(.put, processor + "/{id}", answer: "processor")
    case .cloudProcessorDelete: Entry(.delete, processor + "/{id}")
    }
  }
}
