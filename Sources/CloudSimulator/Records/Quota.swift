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
