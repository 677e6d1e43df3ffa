public import FoundationEssentials

/// A member of a cloud. Everything but the id may be absent or null.
public struct User: Identifiable, Hashable, Sendable {
  public typealias ID = Identifier<User>

  public internal(set) var id: ID
  public var email: String?
  public var company: String?
  public var firstName: String?
  public var lastName: String?
  // Lists hold many users: these optional values need no separate flag.
  var created = PackedDate()
  var updated = PackedDate()
  private var role = PackedRole()
  var rest = Rest()

  public init(
    id: ID, email: String? = nil, company: String? = nil, firstName: String? = nil, lastName: String? = nil,
    createdAt: Date? = nil, updatedAt: Date? = nil, cloudRole: Role? = nil, projectRole: Role? = nil,
    provider: String? = nil, subject: String? = nil, profilePicture: String? = nil, isInAllProjects: Bool? = nil
  ) {
    self.id = id
    self.email = email
    self.company = company
    self.firstName = firstName
    self.lastName = lastName
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.cloudRole = cloudRole
    rest.values = Rest.Values(
      projectRole: projectRole, provider: provider, subject: subject, profilePicture: profilePicture,
      isInAllProjects: isInAllProjects)
  }

  /// First and last name as far as they are known; empty if neither is.
  public var fullName: String {
    switch (firstName ?? "", lastName ?? "") {
    case (let first, ""): first
    case ("", let last): last
    case (let first, let last): "\(first) \(last)"
    }
  }
}

extension User {
  public var createdAt: Date? {
    get { created.date }
    set { created = PackedDate(newValue) }
  }

  public var updatedAt: Date? {
    get { updated.date }
    set { updated = PackedDate(newValue) }
  }

  /// The role in the cloud; the live service has returned null.
  public var cloudRole: Role? {
    get { role.role }
    set { role = PackedRole(newValue) }
  }
}

/// The fields that most responses omit. They take memory only if one is present, because lists hold many users.
extension User {
  public var projectRole: Role? {
    get { rest.values.projectRole }
    set { rest.values.projectRole = newValue }
  }

  /// The service that the person signs in with; only the current edition sends it and the fields below.
  public var provider: String? {
    get { rest.values.provider }
    set { rest.values.provider = newValue }
  }

  /// The person's id at that service.
  public var subject: String? {
    get { rest.values.subject }
    set { rest.values.subject = newValue }
  }

  /// The address of a picture.
  public var profilePicture: String? {
    get { rest.values.profilePicture }
    set { rest.values.profilePicture = newValue }
  }

  /// Whether the person is in every project of the cloud.
  public var isInAllProjects: Bool? {
    get { rest.values.isInAllProjects }
    set { rest.values.isInAllProjects = newValue }
  }

  public var oddities: [FieldOddity] { rest.oddities }

  struct Rest: Hashable, Sendable {
    struct Values: Hashable, Sendable {
      var projectRole: Role?
      var provider: String?
      var subject: String?
      var profilePicture: String?
      var isInAllProjects: Bool?
      var oddities: [FieldOddity] = []
    }

    /// One element or none; an array is the simplest heap box.
    private var box: [Values] = []

    var isEmpty: Bool { box.isEmpty }

    /// Read without copying the other values.
    var oddities: [FieldOddity] { box.isEmpty ? [] : box[0].oddities }

    var values: Values {
      get { box.first ?? Values() }
      set { box = newValue == Values() ? [] : [newValue] }
    }
  }
}

/// The body of PATCH and PUT for a cloud's user.
public struct UserCloudUpdate: Hashable, Sendable, Codable {
  /// Sent as `role`, in the current edition as `cloud_role`.
  public var role: Role?

  public init(role: Role? = nil) {
    self.role = role
  }

  private enum CodingKeys: String, CodingKey {
    case role
    case cloudRole = "cloud_role"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    role = try container.decodeIfPresent(Role.self, forKey: .role)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(role, forKey: encoder.edition == .classic ? .role : .cloudRole)
  }
}

extension User: Decodable {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case id
    case email
    case company
    case firstName = "firstname"
    case lastName = "lastname"
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case cloudRole = "cloud_role"
    case projectRole = "project_role"
    case provider
    case subject = "sub"
    case profilePicture = "profile_picture"
    case isInAllProjects = "in_all_projects"
  }

  public init(from decoder: any Decoder) throws {
    var fields = try FieldReader<CodingKeys>(decoder)
    self.init(
      id: try fields.id(.id), email: fields.text(.email), company: fields.text(.company),
      firstName: fields.text(.firstName), lastName: fields.text(.lastName), createdAt: fields.date(.createdAt),
      updatedAt: fields.date(.updatedAt), cloudRole: fields.role(.cloudRole), projectRole: fields.role(.projectRole),
      provider: fields.text(.provider), subject: fields.text(.subject), profilePicture: fields.text(.profilePicture),
      isInAllProjects: fields.flag(.isInAllProjects))
    rest.values.oddities = fields.oddities
  }
}

/// A member's permissions, as the number that the API uses. Numbers without a name here are kept and shown as they are.
public struct Role: RawRepresentable, Hashable, Sendable, Codable {
  public let rawValue: Int

  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// Manages the cloud and its members.
  public static let admin = Role(rawValue: 100)
  /// Works in the cloud.
  public static let user = Role(rawValue: 50)
  /// Sees individual projects; the API uses it in projects only.
  public static let guest = Role(rawValue: 25)
}

extension Role {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self.init(rawValue: number)
      return
    }
    // For a number that isn't an Int, the decoder would call the whole document invalid.
    _ = try container.decode(Double.self)
    throw InvalidValue(path: container.codingPath, reason: "is not a whole number")
  }
}
