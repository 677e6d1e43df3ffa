/// A cloud and everything in it.
struct CloudState: Sendable {
  var record: CloudRecord
  /// The size of all files, including the demo projects'.
  var bytes: Int
  var quota = Quota()
  var members: Members
  var invitations: [InvitationRecord] = []
  var processors: [ProcessorRecord] = []
  var projects: [ProjectRecord] = []
  /// Whether requests about users are forbidden (403), whatever the key.
  var refusesUsers = false
  /// The same of invitations.
  var refusesInvitations = false
  /// The number of e-mails that invitations to this cloud have sent, by lower-case address.
  var emailsSent: [String: Int] = [:]

  var size: CloudSizeRecord { CloudSizeRecord(bytes: bytes, quota: quota) }
}

/// A cloud's own fields, without its contents.
struct CloudRecord: Hashable, Sendable {
  static let nameLimit = 256

  let id: Int
  var name: String
  var features: [FeatureRecord] = []
  /// Nil if an application, not a person, created the cloud.
  var creator: UserRecord?
  var isDefault = false
  var createdAt: Timestamp
  var updatedAt: Timestamp
}

/// The organization that owns every cloud in the current edition.
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

/// A feature that is enabled for a cloud.
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

/// What a cloud may hold, who manages the limit, and the key's role in the cloud. Only the current edition has it.
struct Quota: Hashable, Sendable {
  enum Manager: String, Sendable {
    case platform = "BIMDATA_PLATFORM"
    case organization = "ORGANIZATION"
  }

  var managedBy = Manager.organization
  /// In bytes; nil for no limit.
  var available: Int?
  /// The role of the key in the cloud.
  var keyRole = RoleNumber.admin

  /// The quota of a free cloud.
  static let free = Quota(managedBy: .platform, available: 1 << 30)
}

/// The size of a cloud, as each edition sends it.
struct CloudSizeRecord: JSONWritable {
  let bytes: Int
  let quota: Quota

  func write(to writer: inout JSONWriter) {
    switch writer.edition {
    case .classic: bytes.write(to: &writer)
    case .current: writeObject(to: &writer)
    }
  }

  /// Tells a user who isn't an administrator what remains, but neither what is used nor the limit.
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
