/// A cloud and all that is in it.
struct CloudState: Sendable {
  var record: CloudRecord
  /// Of all files, the demo projects' included.
  var bytes: Int
  var quota = Quota()
  var members: Members
  var invitations: [InvitationRecord] = []
  var processors: [ProcessorRecord] = []
  var projects: [ProjectRecord] = []
  /// E-mails sent by invitations to this cloud, by lowercased address.
  var emailsSent: [String: Int] = [:]

  var size: CloudSizeRecord { CloudSizeRecord(bytes: bytes, quota: quota) }
}

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

/// Something a cloud has been given beyond the ordinary.
struct FeatureRecord: Hashable, Sendable, JSONWritable {
  var name: String
  var viewerURL: String?

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.field("name", name)
      object.field("viewer_url", viewerURL)
    }
  }
}

/// What a cloud may hold, who answers for it, and what the asking key is in it. Only the current edition knows of it.
struct Quota: Hashable, Sendable {
  enum Manager: String, Sendable {
    case platform = "BIMDATA_PLATFORM"
    case organization = "ORGANIZATION"
  }

  var managedBy = Manager.organization
  /// In bytes; nil where there is no limit.
  var available: Int?
  /// The role of whoever the key stands for.
  var keyRole = RoleNumber.admin

  /// That of a cloud that nobody pays for.
  static let free = Quota(managedBy: .platform, available: 1 << 30)
}

/// How much is in a cloud, as each edition says it.
struct CloudSizeRecord: JSONWritable {
  let bytes: Int
  let quota: Quota

  func write(to writer: inout JSONWriter) {
    switch writer.edition {
    case .classic: bytes.write(to: &writer)
    case .current: writeObject(to: &writer)
    }
  }

  /// Somebody who is no administrator is told what is left, and neither what is used nor what there could be.
  private func writeObject(to writer: inout JSONWriter) {
    let isAdmin = quota.keyRole == RoleNumber.admin
    let remaining = quota.available.map { max($0 - bytes, 0) }
    writer.object { object in
      object.field("managed_by", quota.managedBy.rawValue)
      object.field("role", quota.keyRole)
      object.field("total_size", isAdmin ? bytes : nil)
      object.field("total_size_available", isAdmin ? quota.available : nil)
      object.field("remaining_total_size", remaining)
      object.field("remaining_total_size_percent", percent(remaining))
    }
  }

  private func percent(_ remaining: Int?) -> Int? {
    guard let remaining, let available = quota.available, available > 0 else { return nil }
    return Int((Double(remaining) / Double(available) * 100).rounded())
  }
}
