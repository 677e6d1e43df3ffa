/// A pending invitation to a cloud.
public struct CloudInvitation: Identifiable, Hashable, Sendable {
  public typealias ID = Identifier<CloudInvitation>

  public let id: ID
  /// 1 to 256 characters.
  public var email: String
  /// Where the person lands after accepting, 1 to 512 characters.
  public var redirectURI: String?
  public var role: Role?

  public init(id: ID, email: String, redirectURI: String? = nil, role: Role? = nil) {
    self.id = id
    self.email = email
    self.redirectURI = redirectURI
    self.role = role
  }
}

/// What an invitation takes. Sending it sends an e-mail; sending it again sends another and makes no second invitation.
public struct CloudInvitationDraft: Hashable, Sendable, Codable {
  /// 1 to 256 characters.
  public var email: String
  /// 1 to 512 characters.
  public var redirectURI: String

  public init(email: String, redirectURI: String) {
    self.email = email
    self.redirectURI = redirectURI
  }

  enum CodingKeys: String, CodingKey {
    case email
    case redirectURI = "redirect_uri"
  }
}

extension CloudInvitation: Decodable {
  private enum CodingKeys: String, CodingKey {
    case id
    case email
    case redirectURI = "redirect_uri"
    case role
  }
}
