public import FoundationEssentials

/// A project of a cloud, as `createDemo` returns one.
public struct Project: Identifiable, Hashable, Sendable {
  public typealias ID = Identifier<Project>

  /// Whether a project is in use.
  public enum Status: Hashable, Sendable {
    case active
    case deleted
    /// A status that this client has no name for, as it was sent.
    case other(String)
  }

  public let id: ID
  /// 1 to 256 characters.
  public var name: String
  public var logo: String?
  public var cloud: Cloud?
  public var status: Status?
  public var createdAt: Date?
  public var updatedAt: Date?
  public var parentID: ID?
  /// The API documents a string and has sent an integer.
  public var rootFolderID: String?

  public init(
    id: ID, name: String, logo: String? = nil, cloud: Cloud? = nil, status: Status? = nil,
    createdAt: Date? = nil, updatedAt: Date? = nil, parentID: ID? = nil, rootFolderID: String? = nil
  ) {
    self.id = id
    self.name = name
    self.logo = logo
    self.cloud = cloud
    self.status = status
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.parentID = parentID
    self.rootFolderID = rootFolderID
  }
}
