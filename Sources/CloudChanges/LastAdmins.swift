public import CloudAPI

/// The admins of one cloud, as its users were read.
public struct CloudAdmins: Hashable, Sendable {
  /// The names of the admins, by id.
  private(set) var names: [User.ID: String] = [:]
  /// Whether an admin has no id, and so stays whatever is changed.
  private var hasUnchangeable = false
  /// The number of users whose role isn't known; they don't count as admins.
  private(set) var withoutRole = 0
  /// The addresses of those who are only invited as admins; they don't count. Empty if the invitations weren't read.
  private(set) var invited: [String] = []

  /// - Parameter users: the users of the cloud; those who are no admins may be left out.
  public init(_ users: some Sequence<User>) {
    for user in users {
      switch user.cloudRole {
      case .admin?: if user.id.isMissing { hasUnchangeable = true } else { names[user.id] = UserText.title(user) }
      case nil: withoutRole += 1
      default: break
      }
    }
  }

  /// Whether the user's record matters for the rule.
  static func concerns(_ user: User) -> Bool { user.cloudRole == .admin || user.cloudRole == nil }

  mutating func invite(_ invitations: [CloudInvitation]) {
    invited = invitations.filter { $0.role == .admin }.map(\.email)
  }

  /// Takes over a change that was applied.
  mutating func apply(_ change: Change) {
    guard change.kind == .user, let id = change.target.id.map(User.ID.init(rawValue:)) else { return }
    if change.makesAdmin { names[id] = change.names.record } else if change.mayEndAdmin { names[id] = nil }
  }

  func lastAdmins(_ changes: [Change]) -> LastAdmins? {
    lastAdmins(changes.enumerated().map { ($0.offset, $0.element) })
  }

  /// The changes that would together leave the cloud without an admin.
  ///
  /// - Parameter changes: all changes of the cloud that are to be applied, each with its index.
  /// - Returns: `nil` if an admin remains, or if no change concerns one.
  func lastAdmins(_ changes: [(index: Int, change: Change)]) -> LastAdmins? {
    var made: Set<User.ID> = []
    var ended: Set<User.ID> = []
    var ending: [(index: Int, name: String)] = []
    for (index, change) in changes {
      guard let id = change.target.id.map(User.ID.init(rawValue:)), change.kind == .user else { continue }
      if change.makesAdmin { made.insert(id) }
      guard change.mayEndAdmin else { continue }
      ended.insert(id)
      if let name = names[id] { ending.append((index, name)) }
    }
    // New admins are made first, so that one who is to be removed, too, doesn't stay.
    guard made.union(names.keys).isSubset(of: ended), !hasUnchangeable, !ending.isEmpty,
      let cloud = changes.first?.change.target.cloud
    else {
      return nil
    }
    let name = changes.lazy.compactMap(\.change.names.cloud).first ?? "cloud \(cloud)"
    return LastAdmins(
      cloud: CloudReference(id: cloud, name: name), changes: ending.map(\.index), people: ending.map(\.name),
      withoutRole: withoutRole, invited: invited)
  }
}

/// The last admins of a cloud, whom changes would remove or give another role: the cloud would have no admin left.
///
/// All changes of a run are judged together, for each cloud: of two admins neither may go if both are to go, and a new
/// admin counts. Users whose role isn't known and people who are only invited as admins don't count.
public struct LastAdmins: Hashable, Sendable {
  public let cloud: CloudReference
  /// The changes that concern them, by index.
  public let changes: [Int]
  public let people: [String]
  /// The number of users of the cloud whose role isn't known.
  public let withoutRole: Int
  /// The addresses of those who are only invited as admins.
  public let invited: [String]

  /// The words to type so that such changes are sent, too.
  public static let words = "leave no admin"

  /// Judges changes by the admins of their clouds.
  ///
  /// - Parameters:
  ///   - changes: all changes of a run.
  ///   - admins: the admins of the clouds where one is removed or gets another role.
  public static func found(in changes: [Change], admins: [Cloud.ID: CloudAdmins]) -> [LastAdmins] {
    var byCloud: [Cloud.ID: [(index: Int, change: Change)]] = [:]
    var clouds: [Cloud.ID] = []
    for (index, change) in changes.enumerated() {
      guard let cloud = change.target.cloud, admins[cloud] != nil else { continue }
      if byCloud[cloud] == nil { clouds.append(cloud) }
      byCloud[cloud, default: []].append((index, change))
    }
    return clouds.compactMap { cloud in admins[cloud]?.lastAdmins(byCloud[cloud] ?? []) }
  }

  /// The same with other indices of the changes.
  ///
  /// - Parameter indices: the new index for each old one.
  public func at(_ indices: [Int]) -> LastAdmins {
    LastAdmins(
      cloud: cloud, changes: changes.map { indices[$0] }, people: people, withoutRole: withoutRole, invited: invited)
  }

  /// `Ada Lovelace is the only admin of Harbour Lab`, without a full stop.
  public var text: String { [self].text }

  /// Who doesn't count: `1 user's role isn't known`; `nil` if nobody is left out.
  var remark: String? {
    var parts: [String] = []
    if withoutRole > 0 {
      parts.append(withoutRole == 1 ? "one user's role isn't known" : "the roles of \(withoutRole) users aren't known")
    }
    if let first = invited.first {
      parts.append(
        invited.count == 1
          ? "\(first) is only invited as admin" : "\(invited.count) people are only invited as admins")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", and ")
  }
}

extension [LastAdmins] {
  /// Who is the last admin of what, without a full stop.
  public var text: String {
    var groups: [(people: [String], clouds: [String])] = []
    for found in self {
      if let place = groups.firstIndex(where: { $0.people == found.people }) {
        groups[place].clouds.append(found.cloud.name)
      } else {
        groups.append((found.people, [found.cloud.name]))
      }
    }
    var parts = groups.prefix(3).map { people, clouds in
      "\(people.listed) \(people.count == 1 ? "is the only admin" : "are the only admins") of \(clouds.listed)"
    }
    let more = groups.dropFirst(3).reduce(0) { $0 + $1.clouds.count }
    if more > 0 { parts.append("\(Count.text(more, "more cloud", "more clouds")) would have no admin left") }
    let remarks = count == 1 ? self[0].remark : nil
    return parts.joined(separator: "; ") + (remarks.map { " (\($0))" } ?? "")
  }
}

extension [String] {
  /// `A`, `A and B`, `A, B and C`, or `A, B and 12 more`.
  package var listed: String {
    guard count > 3 else {
      return count < 2 ? first ?? "" : dropLast().joined(separator: ", ") + " and " + self[count - 1]
    }
    return prefix(2).joined(separator: ", ") + " and \(count - 2) more"
  }
}

extension Change {
  /// The role that the change gives a user; `nil` if it gives none.
  var newRole: Role? {
    guard kind == .user, case .user(let update)? = call.content else { return nil }
    return update.role
  }

  /// Whether it makes a user an admin.
  public var makesAdmin: Bool { newRole == .admin }

  /// Whether a user who is an admin would be none afterwards. A replacement without a role may set any.
  public var mayEndAdmin: Bool {
    guard kind == .user else { return false }
    switch action {
    case .remove: return true
    case .edit: return newRole.map { $0 != .admin } ?? false
    case .replace: return newRole != .admin
    case .create, .invite, .resend, .createDemo: return false
    }
  }
}

extension Snapshot {
  /// Whether it is a user who is an admin.
  public var isAdmin: Bool {
    if case .user(let user) = self { user.cloudRole == .admin } else { false }
  }
}
