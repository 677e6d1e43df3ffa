import CloudAPI
public import CloudChanges
public import FoundationEssentials

/// Who is in which cloud, from the lists that were read so far.
///
/// A person is an e-mail address, compared without case. A record without an address is a person of its own. Readings and
/// the effects of changes can be taken in any order: a list that was requested before a change is not taken.
public struct PeopleIndex: Sendable {
  /// What is known of one list.
  enum ListState: Sendable {
    case unread
    /// It was read, and must be again, because the outcome of a change in it isn't known.
    case outdated
    case read(began: Date)
    case failed(CloudAPIError)

    var isRead: Bool { if case .read = self { true } else { false } }

    /// Whether records of the list are known, though maybe not as they are now.
    var wasRead: Bool {
      switch self {
      case .read, .outdated: true
      case .unread, .failed: false
      }
    }
  }

  struct Entry: Sendable {
    var cloud: CloudReference
    var users = ListState.unread
    var invitations = ListState.unread
    var members = PackedUsers()
    /// The person of each user.
    var people: [Int32] = []
    var pending: [CloudInvitation] = []
    /// The person of each invitation.
    var invited: [Int32] = []
    /// The number of different people who are admins.
    var admins = 0
    /// Whether the role of some user isn't known.
    var hasUnknownRoles = false
    /// Readings that began earlier lack changes of this time.
    var changedAt: [AccessList.Kind: Date] = [:]
    var isGone = false
  }

  /// A record of a person.
  struct Record: Sendable {
    /// The index of the cloud.
    let cloud: Int32
    /// The place in the cloud's list.
    let place: Int32
    let isInvitation: Bool
    let role: Role?

    /// Whether it is of an earlier cloud or earlier in the same cloud: first the users, then the invitations.
    func precedes(_ other: Record) -> Bool {
      if cloud != other.cloud { return cloud < other.cloud }
      return isInvitation == other.isInvitation ? place < other.place : !isInvitation
    }
  }

  struct Slot: Sendable {
    let id: Person.ID
    /// In the order of the clouds, whatever arrived first.
    var records: [Record] = []

    mutating func add(_ record: Record) {
      let place = records.lastIndex { $0.precedes(record) }.map { $0 + 1 } ?? 0
      records.insert(record, at: place)
    }
  }

  private(set) var entries: [Entry] = []
  private var places: [Cloud.ID: Int] = [:]
  private(set) var slots: [Slot] = []
  private(set) var slotsByID: [Person.ID: Int32] = [:]

  public init(_ clouds: [CloudReference] = []) {
    list(clouds)
  }

  /// Takes a list of all clouds: new ones are unread, and those that are missing from it are gone.
  public mutating func list(_ clouds: [CloudReference]) {
    let listed = Set(clouds.map(\.id))
    for entry in entries where !listed.contains(entry.cloud.id) { remove(entry.cloud.id) }
    for cloud in clouds where !cloud.id.isMissing { add(cloud) }
  }

  /// Adds a cloud, or gives one that is known its present name.
  private mutating func add(_ cloud: CloudReference) {
    if let place = places[cloud.id] {
      entries[place].cloud = cloud
      entries[place].isGone = false
    } else {
      places[cloud.id] = entries.count
      entries.append(Entry(cloud: cloud))
    }
  }

  /// The lists that must be read again because of changes.
  public var outdated: [AccessList] {
    lists { if case .outdated = $0 { true } else { false } }
  }

  /// The lists that are not read yet, in the order of the clouds. Those that couldn't be read count, too.
  public var unread: [AccessList] {
    lists { !$0.isRead }
  }

  /// The lists that are not read yet or were read before a time.
  public func lists(readBefore time: Date) -> [AccessList] {
    lists { if case .read(let began) = $0 { began < time } else { true } }
  }

  private func lists(where isWanted: (ListState) -> Bool) -> [AccessList] {
    entries.filter { !$0.isGone }.flatMap { entry in
      (isWanted(entry.users) ? [AccessList(.users, of: entry.cloud.id)] : [])
        + (isWanted(entry.invitations) ? [AccessList(.invitations, of: entry.cloud.id)] : [])
    }
  }

  /// The clouds that are not gone, in order.
  public var clouds: [CloudReference] { entries.lazy.filter { !$0.isGone }.map(\.cloud) }

  /// What is known of a cloud; `nil` if it is gone.
  func entry(of cloud: Cloud.ID) -> Entry? {
    places[cloud].map { entries[$0] }.flatMap { $0.isGone ? nil : $0 }
  }

  // MARK: Readings

  /// Takes a reading.
  ///
  /// - Returns: whether it was taken; if not, something changed after it began and the list is still unread.
  @discardableResult
  public mutating func take(_ reading: AccessReading) -> Bool {
    guard let place = places[reading.list.cloud], !entries[place].isGone else { return true }
    if let changed = entries[place].changedAt[reading.list.kind], reading.began <= changed {
      if case .gone = reading.result { remove(reading.list.cloud) }
      return false
    }
    switch reading.result {
    case .users(let users):
      setUsers(users, of: place)
      entries[place].users = .read(began: reading.began)
    case .invitations(let invitations):
      setInvitations(invitations, of: place)
      entries[place].invitations = .read(began: reading.began)
    case .failed(let error):
      // What was read before stays, as old as it is.
      switch reading.list.kind {
      case .users: entries[place].users = .failed(error)
      case .invitations: entries[place].invitations = .failed(error)
      }
    case .gone: remove(reading.list.cloud)
    }
    return true
  }

  private mutating func remove(_ cloud: Cloud.ID) {
    guard let place = places[cloud] else { return }
    setUsers(PackedUsers(), of: place)
    setInvitations([], of: place)
    entries[place].isGone = true
    (entries[place].users, entries[place].invitations) = (.unread, .unread)
  }

  private mutating func setUsers(_ users: PackedUsers, of cloud: Int) {
    removeRecords(of: entries[cloud].people, cloud, areInvitations: false)
    var people: [Int32] = []
    people.reserveCapacity(users.count)
    var admins: Set<Int32> = []
    var hasUnknownRoles = false
    let id = entries[cloud].cloud.id.rawValue
    for (place, user) in users.enumerated() {
      let slot = slot(PersonAddress.key(user.email), orRecord: "\(id)/\(user.id.rawValue)")
      slots[Int(slot)].add(
        Record(cloud: Int32(cloud), place: Int32(place), isInvitation: false, role: user.cloudRole))
      people.append(slot)
      if user.cloudRole == .admin { admins.insert(slot) }
      if user.cloudRole == nil { hasUnknownRoles = true }
    }
    entries[cloud].members = users
    entries[cloud].people = people
    entries[cloud].admins = admins.count
    entries[cloud].hasUnknownRoles = hasUnknownRoles
  }

  private mutating func setInvitations(_ invitations: [CloudInvitation], of cloud: Int) {
    removeRecords(of: entries[cloud].invited, cloud, areInvitations: true)
    entries[cloud].pending = invitations
    var people: [Int32] = []
    let id = entries[cloud].cloud.id.rawValue
    for (place, invitation) in invitations.enumerated() {
      let slot = slot(
        PersonAddress.key(invitation.email), orRecord: "\(id)/invitation/\(invitation.id.rawValue)")
      slots[Int(slot)].add(
        Record(cloud: Int32(cloud), place: Int32(place), isInvitation: true, role: invitation.role))
      people.append(slot)
    }
    entries[cloud].invited = people
  }

  private mutating func removeRecords(of people: [Int32], _ cloud: Int, areInvitations: Bool) {
    for slot in people {
      slots[Int(slot)].records.removeAll { $0.cloud == Int32(cloud) && $0.isInvitation == areInvitations }
    }
  }

  /// - Parameter record: identifies a record without an address; no address begins with a control character.
  private mutating func slot(_ key: String?, orRecord record: @autoclosure () -> String) -> Int32 {
    let id = Person.ID(rawValue: key ?? "\u{1}" + record())
    if let slot = slotsByID[id] { return slot }
    let slot = Int32(slots.count)
    slotsByID[id] = slot
    slots.append(Slot(id: id))
    return slot
  }

  // MARK: Changes

  /// Takes the effects of changes, those of one list that follow each other at once. Lists that were requested before are
  /// not taken any more.
  public mutating func apply(_ effects: [Effect], at now: Date) {
    var rest = effects[...]
    while let first = rest.first {
      let part = rest.prefix { $0.target.kind == first.target.kind && $0.target.cloud == first.target.cloud }
      rest = rest.dropFirst(part.count)
      switch (first.target.kind, first.target.cloud) {
      case (.cloud, _): for effect in part { apply(toClouds: effect) }
      case (.user, let cloud?): apply(part, to: .users, of: cloud, at: now)
      case (.invitation, let cloud?): apply(part, to: .invitations, of: cloud, at: now)
      case (.processor, _), (.user, nil), (.invitation, nil): break
      }
    }
  }

  private mutating func apply(toClouds effect: Effect) {
    switch effect.state {
    case .gone: effect.target.id.map { remove(Cloud.ID(rawValue: $0)) }
    case .now(.cloud(let cloud)): add(CloudReference(id: cloud.id, name: cloud.name))
    case .now, .readAgain: break
    }
  }

  private mutating func apply(
    _ effects: ArraySlice<Effect>, to kind: AccessList.Kind, of cloud: Cloud.ID, at now: Date
  ) {
    guard let place = places[cloud], !entries[place].isGone else { return }
    entries[place].changedAt[kind] = now
    let mustBeRead = effects.contains { $0.state == .readAgain }
    switch kind {
    // What isn't read yet is read with the changes in it.
    case .users where entries[place].users.wasRead:
      if let users = Array(entries[place].members).applying(effects, User.init) {
        setUsers(PackedUsers(users), of: place)
      }
      if mustBeRead { entries[place].users = .outdated }
    case .invitations where entries[place].invitations.wasRead:
      if let invitations = entries[place].pending.applying(effects, CloudInvitation.init) {
        setInvitations(invitations, of: place)
      }
      if mustBeRead { entries[place].invitations = .outdated }
    case .users, .invitations: break
    }
  }
}

extension Array where Element: Identifiable {
  /// The elements after changes of them, new ones at the end; `nil` if they are the same.
  fileprivate func applying<Name>(_ effects: ArraySlice<Effect>, _ record: (Snapshot) -> Element?) -> [Element]?
  where Element.ID == Identifier<Name> {
    var elements: [Element?] = self
    var places = Dictionary(
      enumerated().map { ($1.id.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
    var isChanged = false
    for effect in effects {
      switch effect.state {
      case .now(let snapshot):
        guard let fresh = record(snapshot) else { continue }
        if let place = places[fresh.id.rawValue] {
          elements[place] = fresh
        } else {
          places[fresh.id.rawValue] = elements.count
          elements.append(fresh)
        }
      case .gone:
        guard let place = effect.target.id.flatMap({ places.removeValue(forKey: $0) }) else { continue }
        elements[place] = nil
      case .readAgain: continue
      }
      isChanged = true
    }
    return isChanged ? elements.compactMap { $0 } : nil
  }
}
