public import CloudAPI
import CloudChanges

/// The people that the lists hold.
extension PeopleIndex {
  /// The person with an id; `nil` if no list has them.
  public func person(_ id: Person.ID) -> Person? {
    guard let slot = slotsByID[id], !slots[Int(slot)].records.isEmpty else { return nil }
    return person(slots[Int(slot)])
  }

  /// The person with an e-mail address, compared without case.
  public func person(email: String) -> Person? {
    PersonAddress.key(email).flatMap { person(Person.ID(rawValue: $0)) }
  }

  /// All people, in the order in which they were found.
  public var people: some Sequence<Person> {
    slots.lazy.filter { !$0.records.isEmpty }.map { person($0) }
  }

  private func person(_ slot: Slot) -> Person {
    var names: [String] = []
    var identity = Identity()
    var memberships: [Person.Membership] = []
    var invitations: [Person.Invitation] = []
    for record in slot.records {
      let entry = entries[Int(record.cloud)]
      guard !record.isInvitation else {
        let invitation = entry.pending[Int(record.place)]
        invitations.append(Person.Invitation(cloud: entry.cloud, invitation: invitation))
        identity.take(invitation)
        continue
      }
      let user = entry.members[Int(record.place)]
      let name = user.fullName
      if !name.isEmpty, !names.contains(name) { names.append(name) }
      identity.take(user)
      memberships.append(Person.Membership(cloud: entry.cloud, user: user, isOnlyAdmin: entry.isOnlyAdmin(record.role)))
    }
    return Person(
      id: slot.id, email: identity.email, names: names, company: identity.company, memberships: memberships,
      invitations: invitations)
  }

  /// What a list says about each person, in the order in which they were found: while lists arrive, nobody's place
  /// changes.
  public func summariesAsFound() -> some RandomAccessCollection<PersonSummary> {
    slots.indices.filter { !slots[$0].records.isEmpty }.lazy.map { summary(slots[$0]) }
  }

  /// What a list says about each person, in the order of the clouds, whatever arrived first.
  public func summaries() -> some RandomAccessCollection<PersonSummary> {
    var isTaken = [Bool](repeating: false, count: slots.count)
    var order: [Int32] = []
    for entry in entries {
      for people in [entry.people, entry.invited] {
        for slot in people where !isTaken[Int(slot)] {
          isTaken[Int(slot)] = true
          order.append(slot)
        }
      }
    }
    return order.lazy.map { summary(slots[Int($0)]) }
  }

  /// What a list says about one person; `nil` if no list has them.
  public func summary(_ id: Person.ID) -> PersonSummary? {
    guard let slot = slotsByID[id], !slots[Int(slot)].records.isEmpty else { return nil }
    return summary(slots[Int(slot)])
  }

  private func summary(_ slot: Slot) -> PersonSummary {
    var identity = Identity()
    // A person has few clouds: arrays are quicker than sets.
    var (clouds, adminOf, onlyAdminOf, invitedTo): ([Int32], [Int32], [Int32], [Int32]) = ([], [], [], [])
    func add(_ cloud: Int32, to list: inout [Int32]) {
      if list.last != cloud, !list.contains(cloud) { list.append(cloud) }
    }
    for record in slot.records {
      let entry = entries[Int(record.cloud)]
      add(record.cloud, to: &clouds)
      guard !record.isInvitation else {
        add(record.cloud, to: &invitedTo)
        identity.take(entry.pending[Int(record.place)])
        continue
      }
      if record.role == .admin {
        add(record.cloud, to: &adminOf)
        if entry.isOnlyAdmin(record.role) == true { add(record.cloud, to: &onlyAdminOf) }
      }
      if !identity.isComplete { identity.take(entry.members[Int(record.place)]) }
    }
    let isMember = slot.records.contains { !$0.isInvitation }
    return PersonSummary(
      id: slot.id, name: identity.name ?? "", email: identity.email, company: identity.company,
      clouds: clouds.count, adminOf: adminOf.count, onlyAdminOf: onlyAdminOf.count, invitations: invitedTo.count,
      state: isMember ? .member : .invited)
  }
}

/// Who a person is: the first name, company and address in their records.
private struct Identity {
  private(set) var name: String?
  private(set) var company: String?
  private var memberEmail: String?
  private var invitedEmail: String?

  /// The address as a membership writes it, else as an invitation does; `nil` if there is none.
  var email: String? { memberEmail ?? invitedEmail }
  /// Whether further memberships add nothing.
  var isComplete: Bool { name != nil && company != nil && memberEmail != nil }

  mutating func take(_ user: User) {
    if name == nil, !user.fullName.isEmpty { name = user.fullName }
    if company == nil, let its = user.company, !its.isEmpty { company = its }
    if memberEmail == nil, PersonAddress.key(user.email) != nil { memberEmail = user.email }
  }

  mutating func take(_ invitation: CloudInvitation) {
    if invitedEmail == nil, PersonAddress.key(invitation.email) != nil { invitedEmail = invitation.email }
  }
}

extension PeopleIndex.Entry {
  /// Whether somebody with this role is the cloud's only admin; `nil` if roles are unknown.
  func isOnlyAdmin(_ role: Role?) -> Bool? {
    if role == nil { return hasUnknownRoles && admins == 0 ? nil : false }
    guard role == .admin, admins == 1 else { return false }
    return hasUnknownRoles ? nil : true
  }
}
