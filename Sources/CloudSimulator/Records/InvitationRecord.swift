/// A pending invitation to a cloud.
struct InvitationRecord: Hashable, Sendable {
  static let emailLimit = 256
  static let redirectLimit = 512

  let id: Int
  var email: String
  var redirectURI: String
  /// The person's role in the cloud; the classic edition's POST can't choose it.
  var role = RoleNumber.admin
  /// The role in each project; nil if none is given. Only the current edition has this field and the next one.
  var projectRole: Int?
  var isInAllProjects = false
}

extension InvitationRecord: JSONWritable {
  func write(to writer: inout JSONWriter) {
    let edition = writer.edition
    writer.object { object in
      object.id(id)
      object.field("email", email)
      object.field("redirect_uri", redirectURI)
      object.field("role", role)
      if edition == .current {
        object.fieldUnlessUnsaid("project_role", projectRole)
        object.field("in_all_projects", isInAllProjects)
      }
    }
  }
}
