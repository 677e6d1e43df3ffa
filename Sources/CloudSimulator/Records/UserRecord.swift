/// A member of a cloud, or the creator of one.
struct UserRecord: Hashable, Sendable {
  /// One person has one id in all clouds.
  let id: Int
  var email: String
  var company: String?
  var firstname: String?
  var lastname: String?
  var createdAt: Timestamp
  var updatedAt: Timestamp
  var cloudRole: Int?
}

extension UserRecord: JSONWritable {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.field("id", id)
      object.field("email", email)
      object.field("company", company)
      object.field("firstname", firstname)
      object.field("lastname", lastname)
      object.field("created_at", createdAt)
      object.field("updated_at", updatedAt)
      object.field("cloud_role", cloudRole)
      // Means something in a project alone.
      object.field("project_role", Int?.none)
    }
  }
}
