/// A project in a cloud. Of the cloud operations, only `create-demo` returns one.
struct ProjectRecord: Hashable, Sendable {
  let id: Int
  var name: String
  var rootFolderID: Int
  var createdAt: Timestamp
  var updatedAt: Timestamp
}

/// A project with its cloud, as the API returns it.
struct ProjectInCloud: JSONWritable {
  let project: ProjectRecord
  let cloud: CloudRecord

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.id(project.id)
      object.field("logo", String?.none)
      object.field("cloud", cloud)
      object.field("name", project.name)
      object.field("status", "A")
      object.field("created_at", project.createdAt)
      object.field("updated_at", project.updatedAt)
      switch object.edition {
      case .classic:
        object.field("parent_id", Int?.none)
        // The documentation has a string here.
        object.field("root_folder_id", String(project.rootFolderID))
      case .current:
        if object.isOdd {
          object.field("root_folder_id", String(project.rootFolderID))
        } else {
          object.field("root_folder_id", project.rootFolderID)
        }
        object.field("description", String?.none)
        object.field("main_model_id", Int?.none)
      }
    }
  }
}
