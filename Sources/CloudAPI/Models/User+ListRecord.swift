import FoundationEssentials

extension User: ListRecord {
  private static let members = MemberNames(CodingKeys.self)

  /// Clouds have up to a hundred thousand members and more.
  public static let plainReading: PlainReading<User>? = PlainReading { json in
    var user = User(id: User.ID(rawValue: ""))
    var hasID = false
    let isPlain = json.members(members) { key, json in
      switch key {
      case .id:
        guard let id: User.ID = json.identifier() else { return false }
        user.id = id
        hasID = true
        return true
      case .email: return json.read(&user.email)
      case .company: return json.readShared(&user.company)
      case .firstName: return json.read(&user.firstName)
      case .lastName: return json.read(&user.lastName)
      case .createdAt: return json.read(&user.createdAt)
      case .updatedAt: return json.read(&user.updatedAt)
      case .cloudRole: return json.read(&user.cloudRole)
      case .projectRole: return json.read(&user.projectRole)
      case .provider: return json.read(&user.provider)
      case .subject: return json.read(&user.subject)
      case .profilePicture: return json.read(&user.profilePicture)
      case .isInAllProjects: return json.read(&user.isInAllProjects)
      }
    }
    return isPlain && hasID ? user : nil
  }
}
