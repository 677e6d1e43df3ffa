/// A project in a cloud. This edition's cloud operations show one only where `create-demo` makes it.
struct ProjectRecord: Hashable, Sendable {
  let id: Int
  var name: String
  /// Documented as a string, so written as one.
  var rootFolderID: String
  var createdAt: Timestamp
  var updatedAt: Timestamp
}

/// A project with the cloud it is in, as the API shows it.
struct ProjectInCloud: JSONWritable {
  let project: ProjectRecord
  let cloud: CloudRecord

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.field("id", project.id)
      object.field("logo", String?.none)
      object.field("cloud", cloud)
      object.field("name", project.name)
      object.field("status", "A")
      object.field("created_at", project.createdAt)
      object.field("updated_at", project.updatedAt)
      object.field("parent_id", Int?.none)
      object.field("root_folder_id", project.rootFolderID)
    }
  }
}
