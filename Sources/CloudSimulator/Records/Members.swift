/// The users of a cloud, listed or generated on demand, and the changes to them.
struct Members: Sendable {
  /// The source of the users before any change.
  enum Origin: Sendable {
    case listed([UserRecord])
    case generated(GeneratedUsers)
  }

  private let origin: Origin
  private var changed: [Int: UserRecord] = [:]
  private var removed: Set<Int> = []

  init(_ origin: Origin) {
    self.origin = origin
  }

  subscript(id: Int) -> UserRecord? {
    if removed.contains(id) { return nil }
    return changed[id] ?? original(id)
  }

  /// Whether a member has the address, ignoring case.
  func contain(email: String) -> Bool {
    let wanted = email.lowercased()
    switch origin {
    case .listed(let users): return users.contains { $0.email?.lowercased() == wanted && !removed.contains($0.id) }
    case .generated(let users): return users.ids(ofEmail: wanted).contains { !removed.contains($0) }
    }
  }

  /// Calls `body` with each user in turn: a hundred thousand generated users never exist at the same time.
  func visit(_ body: (UserRecord) -> Void) {
    switch origin {
    case .listed(let users):
      for user in users where !removed.contains(user.id) { body(changed[user.id] ?? user) }
    case .generated(let users):
      for index in 0..<users.count {
        let id = users.id(at: index)
        if !removed.contains(id) { body(changed[id] ?? users[index]) }
      }
    }
  }

  /// Replaces the member with the same id.
  mutating func update(_ user: UserRecord) {
    changed[user.id] = user
  }

  mutating func remove(_ id: Int) {
    removed.insert(id)
    changed[id] = nil
  }

  private func original(_ id: Int) -> UserRecord? {
    switch origin {
    case .listed(let users): users.first { $0.id == id }
    case .generated(let users): users[id: id]
    }
  }
}

extension Members: JSONWritable {
  func write(to writer: inout JSONWriter) {
    writer.array { array in
      visit { array.element($0) }
    }
  }
}

/// The filter in the current edition's query: all given conditions must hold. Comparison is case-sensitive, as in the
/// framework's lookups with these names.
struct EmailFilter: Sendable {
  private let exact: String?
  private let part: String?
  private let start: String?
  private let end: String?

  init(_ query: URLEncodedForm) {
    exact = query["email"]
    part = query["email__contains"]
    start = query["email__startswith"]
    end = query["email__endswith"]
  }

  /// An absent address meets no condition.
  func matches(_ address: String?) -> Bool {
    guard let email = address else { return exact == nil && part == nil && start == nil && end == nil }
    if let exact, email != exact { return false }
    if let part, !email.contains(part) { return false }
    if let start, !email.hasPrefix(start) { return false }
    if let end, !email.hasSuffix(end) { return false }
    return true
  }
}

/// The users that match a filter.
struct FilteredMembers: JSONWritable {
  let members: Members
  let filter: EmailFilter

  func write(to writer: inout JSONWriter) {
    writer.array { array in
      members.visit { if filter.matches($0.email) { array.element($0) } }
    }
  }
}
