/// A cloud's own fields, without what is in it.
struct CloudRecord: Hashable, Sendable {
  static let nameLimit = 256

  let id: Int
  var name: String
  var features: [FeatureRecord] = []
  /// Nil where an app, not a person, made the cloud.
  var creator: UserRecord?
  var isDefault = false
  var createdAt: Timestamp
  var updatedAt: Timestamp
}

extension CloudRecord: JSONWritable {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.field("id", id)
      object.field("name", name)
      object.field("features", features)
      object.field("creator", creator)
      object.field("is_default", isDefault)
      object.field("created_at", createdAt)
      object.field("updated_at", updatedAt)
    }
  }
}
