/// A pending invitation to a cloud.
struct InvitationRecord: Hashable, Sendable {
  static let emailLimit = 256
  static let redirectLimit = 512

  let id: Int
  var email: String
  var redirectURI: String
  /// The role the person gets; this edition's POST can't choose it.
  var role = RoleNumber.admin
}

extension InvitationRecord: JSONWritable {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.field("id", id)
      object.field("email", email)
      object.field("redirect_uri", redirectURI)
      object.field("role", role)
    }
  }
}
