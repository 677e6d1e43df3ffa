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

/// Whom the current edition says a cloud belongs to.
private struct OrganizationRecord: JSONWritable {
  static let only = OrganizationRecord()

  private let since = Timestamp(microseconds: 1_514_764_800_000_000)

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.field("id", 1)
      object.field("name", "Simulated Organization")
      // The service's own spelling.
      object.field("is_personnal", false)
      object.field("created_at", since)
      object.field("updated_at", since)
      object.field("logo", String?.none)
    }
  }
}

extension CloudRecord: JSONWritable {
  func write(to writer: inout JSONWriter) {
    let isCurrent = writer.edition == .current
    writer.object { object in
      object.id(id)
      object.field("name", name)
      object.field("features", features)
      if isCurrent {
        object.field("marketplace_apps", [Int]())
        object.field("organization", OrganizationRecord.only)
      }
      object.field("creator", creator)
      if isCurrent { object.field("creator_app", creator == nil ? "skydeck-simulator" : nil) }
      object.field("is_default", isDefault)
      object.field("created_at", createdAt)
      if isCurrent { object.field("image", String?.none) }
      object.field("updated_at", updatedAt)
    }
  }
}
