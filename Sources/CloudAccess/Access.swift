public import CloudAPI
public import CloudChanges

/// That somebody is a member of one cloud or invited to it.
public struct Access: Hashable, Sendable {
  public enum Record: Hashable, Sendable {
    /// - Parameter isOnlyAdmin: as in ``Person/Membership``.
    case user(User, isOnlyAdmin: Bool?)
    case invitation(CloudInvitation)
  }

  public let cloud: CloudReference
  public let record: Record

  public var email: String? {
    switch record {
    case .user(let user, _): user.email
    case .invitation(let invitation): invitation.email.isEmpty ? nil : invitation.email
    }
  }

  /// The role as it is: of an invitation, the one that the person will have.
  public var role: Role? {
    switch record {
    case .user(let user, _): user.cloudRole
    case .invitation(let invitation): invitation.role
    }
  }

  public var isInvitation: Bool {
    if case .invitation = record { true } else { false }
  }
}

extension PeopleIndex {
  /// Who is in a cloud, as far as its lists were read: its users, then its invitations, in the order of the API.
  public func accesses(in cloud: Cloud.ID, _ kinds: [AccessList.Kind] = AccessList.Kind.allCases) -> [Access] {
    guard let entry = entry(of: cloud) else { return [] }
    return kinds.flatMap { kind -> [Access] in
      switch kind {
      case .users:
        entry.members.map { user in
          Access(cloud: entry.cloud, record: .user(user, isOnlyAdmin: entry.isOnlyAdmin(user.cloudRole)))
        }
      case .invitations: entry.pending.map { Access(cloud: entry.cloud, record: .invitation($0)) }
      }
    }
  }

  /// Whether a list was read, or couldn't be; also for a cloud that is gone.
  public func isSettled(_ list: AccessList) -> Bool {
    guard let entry = entry(of: list.cloud) else { return true }
    switch list.kind == .users ? entry.users : entry.invitations {
    case .unread, .outdated: return false
    case .read, .failed: return true
    }
  }

  /// The number of people.
  public var count: Int { slots.reduce(0) { $0 + ($1.records.isEmpty ? 0 : 1) } }
}
