public import CloudAPI
public import CloudAccess
public import CloudChanges

/// One membership or invitation of a person, as a screen shows it.
public struct PersonAccess: Hashable, Sendable {
  public let cloud: CloudReference
  /// `Admin`, or `Role 70`.
  public let roleText: String
  /// `since Mar 2019`, or `invited`.
  public let sinceText: String
  /// Whether the cloud has no other admin; `nil` if that isn't known.
  public let isOnlyAdmin: Bool?
  /// `only admin`, or why nothing can be changed.
  public let remark: String?
  /// The user; `nil` for an invitation.
  public let user: User.ID?
  /// The invitation; `nil` for a user.
  public let invitation: CloudInvitation.ID?
}

extension Person {
  /// The memberships, then the invitations, each in the clouds' order.
  public var accesses: [PersonAccess] {
    memberships.map { membership in
      let user = membership.user
      let remark =
        user.id.isMissing
        ? "has no id: can't be changed"
        : membership.isOnlyAdmin == true
          ? "only admin" : membership.isOnlyAdmin == nil ? "only admin? some roles are unknown" : nil
      return PersonAccess(
        cloud: membership.cloud, roleText: RoleText.title(user.cloudRole),
        sinceText: user.createdAt.map { "since \(LocalTime.monthAndYear($0))" } ?? "",
        isOnlyAdmin: membership.isOnlyAdmin, remark: remark, user: user.id, invitation: nil)
    }
      + invitations.map { invited in
        PersonAccess(
          cloud: invited.cloud, roleText: RoleText.title(invited.invitation.role), sinceText: "invited",
          isOnlyAdmin: false, remark: nil, user: nil, invitation: invited.invitation.id)
      }
  }
}
