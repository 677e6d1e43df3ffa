public import FoundationEssentials

/// A cloud, which owns projects, members and stored bytes (a "space" on the web platform).
public struct Cloud: Identifiable, Hashable, Sendable {
  public typealias ID = Identifier<Cloud>

  public let id: ID
  /// 1 to 256 characters.
  public var name: String
  public var features: [Feature]
  /// `nil` for clouds that an application created.
  public var creator: User?
  public var isDefault: Bool?
  public var createdAt: Date?
  public var updatedAt: Date?
  /// Only the current edition sends it.
  public var organization: Organization?
  /// The address of a picture; only the current edition sends it.
  public var image: String?
  public internal(set) var oddities: [FieldOddity] = []

  public init(
    id: ID, name: String, features: [Feature] = [], creator: User? = nil, isDefault: Bool? = nil,
    createdAt: Date? = nil, updatedAt: Date? = nil, organization: Organization? = nil, image: String? = nil
  ) {
    self.id = id
    self.name = name
    self.features = features
    self.creator = creator
    self.isDefault = isDefault
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.organization = organization
    self.image = image
  }
}

/// A feature that is enabled for a cloud.
public struct Feature: Hashable, Sendable {
  /// 1 to 127 characters.
  public var name: String
  public var viewerURL: String?

  public init(name: String, viewerURL: String? = nil) {
    self.name = name
    self.viewerURL = viewerURL
  }
}

/// The body of POST and PUT: every field of a cloud that a person sets.
public struct CloudDraft: Hashable, Sendable, Codable {
  /// 1 to 256 characters.
  public var name: String

  public init(name: String) {
    self.name = name
  }
}

/// The body of PATCH: only the fields that are set are sent.
public struct CloudPatch: Hashable, Sendable, Codable {
  public var name: String?

  public init(name: String? = nil) {
    self.name = name
  }
}

extension Cloud: Decodable {
  private enum CodingKeys: String, CodingKey {
    case id
    case name
    case features
    case creator
    case isDefault = "is_default"
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case organization
    case image
  }

  public init(from decoder: any Decoder) throws {
    var fields = try FieldReader<CodingKeys>(decoder)
    self.init(
      id: try fields.id(.id), name: fields.requiredText(.name), features: fields.list(.features),
      creator: fields.record(.creator), isDefault: fields.flag(.isDefault), createdAt: fields.date(.createdAt),
      updatedAt: fields.date(.updatedAt), organization: fields.record(.organization), image: fields.text(.image))
    oddities = fields.oddities
  }
}

extension Feature: Decodable {
  private enum CodingKeys: String, CodingKey {
    case name
    case viewerURL = "viewer_url"
  }

  public init(from decoder: any Decoder) throws {
    var fields = try FieldReader<CodingKeys>(decoder)
    guard let name = fields.text(.name) else {
      throw InvalidValue(path: decoder.codingPath + [CodingKeys.name], reason: "is missing")
    }
    self.init(name: name, viewerURL: fields.text(.viewerURL))
  }
}

/// The owner of a cloud in the current edition.
public struct Organization: Identifiable, Hashable, Sendable {
  public typealias ID = Identifier<Organization>

  public let id: ID
  public var name: String?

  public init(id: ID, name: String? = nil) {
    self.id = id
    self.name = name
  }
}

extension Organization: Decodable {
  private enum CodingKeys: String, CodingKey {
    case id
    case name
  }

  /// Accepts a bare id, too.
  public init(from decoder: any Decoder) throws {
    if let id = try? ID(from: decoder) {
      self.init(id: id)
      return
    }
    var fields = try FieldReader<CodingKeys>(decoder)
    self.init(id: try fields.id(.id), name: fields.text(.name))
  }
}
