public import CloudAPI
public import CloudChanges
public import FoundationEssentials

/// The changes for what is asked of people, in the order of the clouds, and within a cloud invitations first: whoever
/// is removed must not come back by an invitation.
public enum PeopleChanges {
  /// The clouds that a change of people is about.
  public enum Clouds: Hashable, Sendable {
    case every
    case some(Set<Cloud.ID>)

    func contains(_ cloud: Cloud.ID) -> Bool {
      switch self {
      case .every: true
      case .some(let clouds): clouds.contains(cloud)
      }
    }
  }

  /// Withdraws their invitations and removes them. A user without an id is left out: nothing can be sent for it.
  public static func removing(
    _ people: [Person], from clouds: Clouds = .every, keepsInvitations: Bool = false
  ) -> [Change] {
    inOrder(
      people.flatMap { person in
        (keepsInvitations ? [] : person.withdrawals(from: clouds)) + person.removals(from: clouds)
      })
  }

  /// Gives them a role wherever they have another one.
  public static func giving(_ role: Role, to people: [Person], in clouds: Clouds = .every) -> [Change] {
    inOrder(people.flatMap { $0.edits(to: role, in: clouds) })
  }

  /// Changes of one cloud together, the clouds in the order of their first change.
  private static func inOrder(_ changes: [Change]) -> [Change] {
    var places: [Cloud.ID?: Int] = [:]
    var groups: [[Change]] = []
    for change in changes {
      if let place = places[change.target.cloud] {
        groups[place].append(change)
      } else {
        places[change.target.cloud] = groups.count
        groups.append([change])
      }
    }
    return groups.flatMap { group in
      group.filter { $0.kind == .invitation } + group.filter { $0.kind != .invitation }
    }
  }
}

extension Person {
  fileprivate func withdrawals(from clouds: PeopleChanges.Clouds) -> [Change] {
    invitations.filter { clouds.contains($0.cloud.id) && !$0.invitation.id.isMissing }.map { invited in
      Change(
        .cancelCloudUserInvitation(invited.cloud.id, invited.invitation.id),
        names: Change.Names(record: invited.invitation.email, cloud: invited.cloud.name),
        before: invited.invitation.snapshot)
    }
  }

  fileprivate func removals(from clouds: PeopleChanges.Clouds) -> [Change] {
    changes(in: clouds) { .deleteCloudUser($0.cloud.id, $0.user.id) }
  }

  fileprivate func edits(to role: Role, in clouds: PeopleChanges.Clouds) -> [Change] {
    changes(in: clouds) { membership in
      membership.user.cloudRole == role
        ? nil : .updateCloudUser(membership.cloud.id, membership.user.id, UserCloudUpdate(role: role))
    }
  }

  private func changes(in clouds: PeopleChanges.Clouds, _ call: (Membership) -> Call?) -> [Change] {
    memberships.filter { clouds.contains($0.cloud.id) && !$0.user.id.isMissing }.compactMap { membership in
      call(membership).map { call in
        Change(
          call, names: Change.Names(record: UserText.title(membership.user), cloud: membership.cloud.name),
          before: membership.user.snapshot)
      }
    }
  }
}

extension PeopleChanges {
  /// Invitations to send, and who needs none.
  public struct Invitations: Sendable {
    public let changes: [Change]
    /// The memberships and invitations of those who were to be invited, as they are.
    public let already: [Access]
  }

  /// Invites people to the clouds of an index, one e-mail for each cloud. Members and people already invited are left
  /// out.
  ///
  /// - Parameters:
  ///   - draft: the content of each invitation except the address and the redirect address.
  ///   - redirect: makes the redirect address for a cloud.
  public static func inviting(
    _ addresses: [String], to index: PeopleIndex, _ clouds: Clouds = .every, draft: CloudInvitationDraft,
    redirect: (Cloud.ID) -> String
  ) -> Invitations {
    var (changes, already): ([Change], [Access]) = ([], [])
    for cloud in index.clouds where clouds.contains(cloud.id) {
      let accesses = Dictionary(
        index.accesses(in: cloud.id).map { (PersonAddress.key($0.email) ?? "", $0) }
      ) { first, _ in first }
      for address in addresses {
        if let access = accesses[PersonAddress.key(address) ?? ""] {
          already.append(access)
          continue
        }
        var draft = draft
        (draft.email, draft.redirectURI) = (address, redirect(cloud.id))
        changes.append(
          Change(.inviteCloudUser(cloud.id, draft), names: Change.Names(record: address, cloud: cloud.name)))
      }
    }
    return Invitations(changes: changes, already: already)
  }
}

extension PeopleIndex {
  /// The invitations that were pending in some clouds; `nil` if not all were read.
  ///
  /// - Parameter began: when the reading began.
  public func baseline(in clouds: Set<Cloud.ID>, began: Date) -> Baseline? {
    var ids: Set<String> = []
    for cloud in clouds {
      guard let entry = entry(of: cloud), entry.invitations.isRead else { return nil }
      ids.formUnion(entry.pending.map(\.id.rawValue))
    }
    return Baseline(ids: ids, asOf: began)
  }

  /// The users of a cloud, as far as they were read.
  public func users(in cloud: Cloud.ID) -> [User] { entry(of: cloud).map { Array($0.members) } ?? [] }
}
