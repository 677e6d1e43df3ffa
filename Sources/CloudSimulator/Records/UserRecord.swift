/// A member of a cloud, or the creator of one.
struct UserRecord: Hashable, Sendable {
  /// A person has the same id in all clouds.
  let id: Int
  /// Nil for some accounts of services.
  var email: String?
  var company: String?
  var firstname: String?
  var lastname: String?
  var createdAt: Timestamp
  var updatedAt: Timestamp
  var cloudRole: Int?
  /// Whether the current edition, where ids are documented as nullable, writes null in place of the id.
  var hidesID = false
}

extension UserRecord {
  /// True for administrators, as on the platform.
  var isInAllProjects: Bool { cloudRole == RoleNumber.admin }

  /// The identity provider's id of the person: a UUID, the same in every cloud.
  fileprivate var subject: String {
    var random = SeededGenerator(seed: 6749, stream: id)
    let digits = (0..<32).map { _ in String(random.next(below: 16), radix: 16) }
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { digits[$0].joined() }.joined(separator: "-")
  }
}

extension UserRecord: JSONWritable {
  func write(to writer: inout JSONWriter) {
    writer.object(writeFields)
  }

  fileprivate func writeFields(to object: inout JSONWriter) {
    if hidesID, object.edition == .current { object.field("id", Int?.none) } else { object.id(id) }
    object.field("email", email)
    if object.edition == .classic { object.field("company", company) }
    object.field("firstname", firstname)
    object.field("lastname", lastname)
    object.field("created_at", createdAt)
    object.field("updated_at", updatedAt)
    object.fieldUnlessUnsaid("cloud_role", cloudRole)
    switch object.edition {
    case .classic:
      // Has a meaning only in a project.
      object.field("project_role", Int?.none)
    case .current:
      object.field("in_all_projects", isInAllProjects)
      object.field("provider", "bimdataconnect")
      object.field("sub", subject)
      object.field("profile_picture", String?.none)
    }
  }
}

/// A member in the response to a change: in the current edition with a project role, which the list of members doesn't
/// have.
struct ChangedUser: JSONWritable {
  let user: UserRecord

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      user.writeFields(to: &object)
      if object.edition == .current { object.fieldUnlessUnsaid("project_role", user.cloudRole) }
    }
  }
}

/// The roles that the API accepts for a member of a cloud.
enum RoleNumber {
  static let admin = 100
  static let user = 50
  static let guest = 25
  static let choices = [admin, user]
  /// The roles in a project.
  static let projectChoices = [admin, user, guest]
}
