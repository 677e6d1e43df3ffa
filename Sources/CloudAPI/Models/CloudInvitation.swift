/// A pending invitation to a cloud.
public struct CloudInvitation: Identifiable, Hashable, Sendable {
  public typealias ID = Identifier<CloudInvitation>

  public let id: ID
  /// 1 to 256 characters.
  public var email: String
  /// Where the person is redirected after accepting, 1 to 512 characters.
  public var redirectURI: String?
  public var role: Role?
  /// The role in projects; only the current edition sends it, and only if a role was chosen.
  public var projectRole: Role?
  /// Whether the person joins every project of the cloud; only the current edition sends it.
  public var isInAllProjects: Bool?
  public internal(set) var oddities: [FieldOddity] = []

  public init(
    id: ID, email: String, redirectURI: String? = nil, role: Role? = nil, projectRole: Role? = nil,
    isInAllProjects: Bool? = nil
  ) {
    self.id = id
    self.email = email
    self.redirectURI = redirectURI
    self.role = role
    self.projectRole = projectRole
    self.isInAllProjects = isInAllProjects
  }
}

/// The body of an invitation. Sending it sends an e-mail; sending it again sends another but creates no second
/// invitation.
public struct CloudInvitationDraft: Hashable, Sendable, Encodable {
  /// 1 to 256 characters.
  public var email: String
  /// 1 to 512 characters.
  public var redirectURI: String
  /// The role in the cloud; if `nil`, the service decides. Only the current edition takes one.
  public var role: Role?
  /// The role in projects: `admin`, `user` or `guest`. Only the current edition takes one.
  public var projectRole: Role?
  /// Whether the person joins every project of the cloud, which requires a ``projectRole``. Only the current
  /// edition takes it.
  public var inAllProjects: Bool?

  public init(
    email: String, redirectURI: String, role: Role? = nil, projectRole: Role? = nil, inAllProjects: Bool? = nil
  ) {
    self.email = email
    self.redirectURI = redirectURI
    self.role = role
    self.projectRole = projectRole
    self.inAllProjects = inAllProjects
  }

  private enum CodingKeys: String, CodingKey {
    case email
    case redirectURI = "redirect_uri"
    case role
    case projectRole = "project_role"
    case inAllProjects = "in_all_projects"
  }

  public func encode(to encoder: any Encoder) throws {
    if encoder.edition == .classic, role != nil || projectRole != nil || inAllProjects != nil {
      throw UnsupportedContent(
        reason: "its invitations have no role and no projects, and everyone invited becomes an administrator")
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(email, forKey: .email)
    try container.encode(redirectURI, forKey: .redirectURI)
    try container.encodeIfPresent(role, forKey: .role)
    try container.encodeIfPresent(projectRole, forKey: .projectRole)
    try container.encodeIfPresent(inAllProjects, forKey: .inAllProjects)
  }
}

extension CloudInvitation: Decodable {
  private enum CodingKeys: String, CodingKey {
    case id
    case email
    case redirectURI = "redirect_uri"
    case role
    case projectRole = "project_role"
    case isInAllProjects = "in_all_projects"
  }

  public init(from decoder: any Decoder) throws {
    var fields = try FieldReader<CodingKeys>(decoder)
    self.init(
      id: try fields.id(.id), email: fields.requiredText(.email), redirectURI: fields.text(.redirectURI),
      role: fields.role(.role), projectRole: fields.role(.projectRole), isInAllProjects: fields.flag(.isInAllProjects))
    oddities = fields.oddities
  }
}
