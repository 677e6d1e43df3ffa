import CloudAPI

/// Reads what the changes of one cloud concern: their records, the admins that would remain, and who is there already.
struct CloudReview: Sendable {
  let cloud: Cloud.ID?
  let changes: [Change]
  /// The admins; `nil` if no change concerns one, or if the users can't be read.
  private(set) var admins: CloudAdmins?
  private let client: CloudReader
  private var records: [RecordKind: Result<[String: Snapshot], CloudAPIError>] = [:]
  /// The users, if they were read as a list: those that matter here.
  private var users: Result<[Snapshot], CloudAPIError>?

  /// The most records that are read one by one; for more, their list is read once.
  private static let readOneByOne = 8

  /// - Parameters:
  ///   - cloud: `nil` for changes of clouds themselves.
  ///   - changes: changes in that cloud.
  init(_ client: CloudReader, _ cloud: Cloud.ID?, _ changes: [Change]) {
    self.client = client
    self.cloud = cloud
    self.changes = changes
  }

  mutating func read() async {
    if needsUsers { await readUsers() }
    for kind in Set(changes.map(\.kind)) where records[kind] == nil { await read(kind) }
    guard endsAdmin else { return }
    if users == nil { await readUsers() }
    guard case .success(let users)? = users else { return }
    var admins = CloudAdmins(users.compactMap(User.init))
    if let cloud, admins.lastAdmins(changes) != nil {
      let invitations = try? await client.readAll(.invitation, in: cloud)
      admins.invite((invitations ?? []).compactMap(CloudInvitation.init))
    }
    self.admins = admins
  }

  private var invites: Bool { changes.contains { $0.action == .invite } }

  /// Whether it is known before anything is read that the list of users is needed. The current edition has no request
  /// for a single user.
  private var needsUsers: Bool {
    let own = changes.filter { $0.kind == .user }
    return invites || own.contains { $0.mayEndAdmin && $0.before?.isAdmin == true } || own.count > Self.readOneByOne
      || !own.isEmpty && client.knownEdition == .current
  }

  /// Whether an admin is to be removed or to get another role.
  private var endsAdmin: Bool {
    changes.contains { $0.mayEndAdmin && record(of: $0)?.isAdmin == true }
  }

  private mutating func readUsers() async {
    let wanted = Set(changes.filter { $0.kind == .user }.compactMap(\.target.id))
    let people = Set(changes.compactMap(\.invitee))
    let list = await readAll(.user) { record in
      guard case .user(let user) = record else { return false }
      return CloudAdmins.concerns(user) || wanted.contains(record.id)
        || user.email.map { people.contains($0.addressKey) } ?? false
    }
    users = list
    records[.user] = list.map { list in Dictionary(list.map { ($0.id, $0) }) { first, _ in first } }
  }

  private mutating func read(_ kind: RecordKind) async {
    let own = changes.filter { $0.kind == kind }
    let wanted = Set(own.compactMap(\.target.id))
    // The API has no request for a single invitation.
    guard kind != .invitation, wanted.count <= Self.readOneByOne else {
      let all = own.contains { $0.action == .invite }
      records[kind] = await readAll(kind) { all || wanted.contains($0.id) }
        .map { list in Dictionary(list.map { ($0.id, $0) }) { first, _ in first } }
      return
    }
    let results = await withTaskGroup(of: Result<Snapshot?, CloudAPIError>.self) { [client] group in
      for target in Set(own.map(\.target)) {
        group.addTask { await Result.reading { () async throws(CloudAPIError) in try await client.read(target) } }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var found: [String: Snapshot] = [:]
    for result in results {
      switch result {
      case .success(let record): if let record { found[record.id] = record }
      case .failure(let error):
        records[kind] = .failure(error)
        return
      }
    }
    records[kind] = .success(found)
  }

  private func readAll(
    _ kind: RecordKind, where isWanted: @escaping @Sendable (Snapshot) -> Bool
  ) async -> Result<[Snapshot], CloudAPIError> {
    await Result.reading { () async throws(CloudAPIError) in
      try await client.readAll(kind, in: cloud, where: isWanted)
    }
  }

  private func record(of change: Change) -> Snapshot? {
    guard case .success(let found)? = records[change.kind] else { return nil }
    return change.target.id.flatMap { found[$0] }
  }
}

extension CloudReview {
  /// The error that every other cloud would give, too; `nil` if there is none.
  var failureOfAll: CloudAPIError? { failures.first { $0.endsReading } }

  private var failures: [CloudAPIError] {
    records.values.compactMap(\.failure) + [users?.failure].compactMap { $0 }
  }

  /// The ids of the pending invitations, if somebody is to be invited.
  var pending: Set<String> {
    guard invites, case .success(let found)? = records[.invitation] else { return [] }
    return Set(found.keys)
  }

  func finding(of change: Change) -> Reviewed.Finding {
    let lists: [CloudAPIError?] = [
      records[change.kind]?.failure, change.action == .invite ? records[.user]?.failure : nil,
      change.mayEndAdmin && record(of: change)?.isAdmin == true ? users?.failure : nil,
    ]
    if let failure = lists.compactMap({ $0 }).first { return .unread(failure) }
    if let invitee = change.invitee { return finding(ofInvitee: invitee) }
    return record(of: change).map { .now($0) } ?? .none
  }

  private func finding(ofInvitee address: String) -> Reviewed.Finding {
    func holds(_ kind: RecordKind) -> Bool {
      guard case .success(let found)? = records[kind] else { return false }
      return found.values.contains { $0.address?.addressKey == address }
    }
    if holds(.user) { return .already("is a user already") }
    return holds(.invitation) ? .already("is invited already") : .none
  }
}

extension CloudAPIError {
  /// Whether reading in any other cloud would fail, too.
  fileprivate var endsReading: Bool {
    switch code {
    case .unauthorized, .rateLimited, .cancelled: true
    default: false
    }
  }
}

extension Result where Failure == CloudAPIError {
  fileprivate static func reading(_ body: () async throws(CloudAPIError) -> Success) async -> Result {
    do throws(CloudAPIError) {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }

  fileprivate var failure: CloudAPIError? {
    if case .failure(let error) = self { error } else { nil }
  }
}

extension Change {
  /// The address that a new invitation goes to, for comparison; `nil` for other changes.
  var invitee: String? {
    guard action == .invite, case .invitation(let draft)? = call.content else { return nil }
    return draft.email.addressKey
  }

  /// The address of the person that the change is about; `nil` if it isn't known.
  public var address: String? {
    switch (before, call.content) {
    case (let before?, _): before.address
    case (nil, .invitation(let draft)?): draft.email
    default: nil
    }
  }
}

extension Snapshot {
  /// The e-mail address of a user or an invitation; `nil` if there is none.
  public var address: String? {
    let address: String? =
      switch self {
      case .user(let user): user.email
      case .invitation(let invitation): invitation.email
      case .cloud, .processor: nil
      }
    return address.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension String {
  /// An e-mail address for comparison: without blanks at the ends and without case, in every locale.
  package var addressKey: String { trimmingBlanks().lowercased() }
}
