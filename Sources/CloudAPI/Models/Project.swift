public import FoundationEssentials

/// A project of a cloud, as `createDemo` returns one.
public struct Project: Identifiable, Hashable, Sendable {
  public typealias ID = Identifier<Project>

  /// Whether a project is in use.
  public enum Status: Hashable, Sendable {
    case active
    case deleted
    /// A status that this client doesn't know, as it was sent.
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
  /// The API documents a string, but has sent an integer.
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

extension Project: Decodable {
  private enum CodingKeys: String, CodingKey {
    case id
    case name
    case logo
    case cloud
    case status
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case parentID = "parent_id"
    case rootFolderID = "root_folder_id"
  }

  public init(from decoder: any Decoder) throws {
    var fields = try FieldReader<CodingKeys>(decoder)
    self.init(
      id: try fields.id(.id), name: fields.requiredText(.name), logo: fields.text(.logo), cloud: fields.record(.cloud),
      status: fields.text(.status).map(Status.init(wire:)), createdAt: fields.date(.createdAt),
      updatedAt: fields.date(.updatedAt), parentID: fields.text(.parentID).map(ID.init(rawValue:)),
      rootFolderID: fields.text(.rootFolderID))
  }
}

extension Project.Status {
  fileprivate init(wire text: String) {
    self =
      switch text {
      case "A": .active
      case "D": .deleted
      default: .other(text)
      }
  }
}
