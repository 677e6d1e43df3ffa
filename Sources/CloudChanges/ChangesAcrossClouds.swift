import CloudAPI

/// The texts of a question about people's access to several clouds: changes that may be of several kinds.
struct ChangesAcrossClouds: Sendable {
  /// What the changes do together.
  private enum Subject: Sendable {
    /// Removes people, and withdraws invitations of theirs.
    case remove
    case withdraw
    /// Gives all the same role.
    case role(Role)
    case roles
    case invite
    case several
  }

  /// The changes of one part, at most.
  static let partSize = 1_000

  private let changes: [Change]
  private let subject: Subject
  /// The names of the people, each once.
  private let people: [String]
  private let clouds: [CloudReference]

  /// - Parameter changes: at least one, all of users and invitations.
  init(_ changes: [Change]) {
    self.changes = changes
    subject = Self.subject(of: changes)
    var names: [String: String] = [:]
    var keys: [String] = []
    var clouds: [CloudReference] = []
    var seen: Set<Cloud.ID> = []
    for change in changes {
      let key = change.personKey
      if names[key] == nil { keys.append(key) }
      // The record of a user has the name, an invitation only the address.
      if names[key] == nil || change.kind == .user { names[key] = change.names.record }
      if let cloud = change.target.cloud, seen.insert(cloud).inserted {
        clouds.append(CloudReference(id: cloud, name: change.cloudName))
      }
    }
    people = keys.map { names[$0] ?? "" }
    self.clouds = clouds
  }

  private static func subject(of changes: [Change]) -> Subject {
    if changes.allSatisfy({ $0.action == .remove }) {
      return changes.contains { $0.kind == .user } ? .remove : .withdraw
    }
    if changes.allSatisfy(\.sendsEmail) { return .invite }
    let roles = changes.map(\.newRole)
    guard !roles.contains(nil), let first = roles.first ?? nil else { return .several }
    return roles.allSatisfy { $0 == first } ? .role(first) : .roles
  }

  /// The action: `remove`, `withdraw`, `change`, `invite`.
  var verb: String {
    switch subject {
    case .remove: "remove"
    case .withdraw: "withdraw"
    case .role, .roles, .several: "change"
    case .invite: "invite"
    }
  }

  var isDestructive: Bool { changes.contains { $0.action == .remove } }

  /// The question: `Remove Ada Lovelace from 14 clouds?`
  var title: String { phrase(isDone: false) + "?" }

  /// The action with the number that ends the title, also to be typed: `remove 14`.
  var words: String { "\(verb) \(clouds.count > 1 ? clouds.count : people.count > 1 ? people.count : changes.count)" }

  /// What happens to whom, before the list of clouds.
  var preface: String {
    let who = people.count == 1 ? changes.lazy.compactMap(\.address).first ?? people[0] : nil
    switch subject {
    case .remove:
      let (one, several) = ("\(place) and all its projects", "\(place) and all their projects")
      let what = clouds.count == 1 ? one : several
      return who.map { "\($0) loses access to \(what):" } ?? "\(whom) lose access to \(what):"
    case .withdraw:
      return changes.count == 1 ? "The link in the e-mail stops working:" : "The links in the e-mails stop working:"
    case .role, .roles: return who.map { "The role of \($0) changes:" } ?? "The roles of \(whom) change:"
    case .invite: return who.map { "\($0) is invited:" } ?? "\(whom) are invited, with one e-mail for each cloud:"
    case .several: return "These changes are made:"
    }
  }

  /// One change in the list of the question: the cloud, and the person if there are several.
  func title(of change: Change) -> String {
    people.count == 1 ? change.cloudName : "\(change.cloudName) · \(change.names.record)"
  }

  /// What the list says about a change besides its title.
  func details(of change: Change) -> [String] {
    switch (change.action, change.kind) {
    case (.remove, .invitation): if case .withdraw = subject { [] } else { ["invitation"] }
    case (.remove, _): if case .several = subject { ["removed"] } else { [] }
    case (.edit, _), (.replace, _): [change.roleText].compactMap { $0 }
    case (.invite, _): [change.invitedAs].compactMap { $0 }
    case (.resend, _): ["invited again"]
    case (.create, _), (.createDemo, _): []
    }
  }

  /// What the user must know besides the list, as sentences.
  ///
  /// - Parameter sent: the changes that are sent.
  func facts(of sent: [Change]) -> [String] {
    let withdrawn = sent.count { $0.action == .remove && $0.kind == .invitation }
    let mails = sent.count(where: \.sendsEmail)
    var facts: [String] = []
    if withdrawn > 0, case .remove = subject {
      facts.append("\(Count.text(withdrawn, "invitation is", "invitations are")) withdrawn.")
    }
    if case .invite = subject { facts += invitationFacts }
    facts.append(mails == 0 ? "No e-mail goes out." : "\(Count.text(mails, "e-mail goes", "e-mails go")) out.")
    facts.append("There is no undo.")
    if isDestructive { facts.append("Invitations by other applications can't be seen or withdrawn.") }
    let parts = (sent.count + Self.partSize - 1) / Self.partSize
    if parts > 1 {
      facts.append(
        "The \(Count.grouped(sent.count)) changes are sent in \(parts) parts of at most \(Count.grouped(Self.partSize))."
      )
    }
    return facts
  }

  /// What invited people become, unless each line says it, and the page that they come to.
  private var invitationFacts: [String] {
    let drafts = changes.compactMap { change in
      if case .invitation(let draft)? = change.call.content { draft } else { nil }
    }
    guard let first = drafts.first else { return [] }
    let becoming = drafts.allSatisfy { $0.role == nil } ? ["Each becomes an administrator."] : []
    let pages = Set(drafts.map(\.redirectURI))
    return becoming + ["Accepting opens \(first.redirectURI)\(pages.count > 1 ? ", likewise for each cloud" : "")."]
  }

  /// The result without a full stop: `Removed Ada Lovelace from 14 clouds`.
  ///
  /// - Parameter count: the number of changes that were done.
  func done(_ count: Int) -> String {
    guard count < changes.count else { return phrase(isDone: true) }
    return "Done \(Count.grouped(count)) of \(Count.text(changes.count, "change", "changes")): \(phrase(isDone: false))"
  }

  private var whom: String { people.count == 1 ? people[0] : "\(Count.grouped(people.count)) people" }
  private var place: String { clouds.count == 1 ? clouds[0].name : "\(Count.grouped(clouds.count)) clouds" }

  private func phrase(isDone: Bool) -> String {
    switch subject {
    case .remove: return "\(isDone ? "Removed" : "Remove") \(whom) from \(place)"
    case .withdraw:
      let whose = people.count == 1 ? " of \(whom)" : ""
      let name = changes.count == 1 ? "the invitation" : "\(Count.grouped(changes.count)) invitations"
      return "\(isDone ? "Withdrew" : "Withdraw") \(name)\(whose) to \(place)"
    case .role(let role):
      let named = [Role.admin, .user, .guest].contains(role)
      if named { return "\(isDone ? "Made" : "Make") \(whom) \(RoleText.word(role)) of \(place)" }
      return "\(isDone ? "Gave" : "Give") \(whom) role \(RoleText.word(role)) in \(place)"
    case .roles: return "\(isDone ? "Changed" : "Change") the role of \(whom) in \(place)"
    case .invite: return "\(isDone ? "Invited" : "Invite") \(whom) to \(place)"
    case .several:
      return "\(isDone ? "Made" : "Make") \(Count.text(changes.count, "change", "changes")) in \(place)"
    }
  }
}

extension Change {
  /// Whether it sends an e-mail.
  public var sendsEmail: Bool { action == .invite || action == .resend }

  /// The name of its cloud, else `cloud 3`.
  public var cloudName: String { names.cloud ?? "cloud \(target.cloud?.rawValue ?? "")" }

  /// What tells the person that it is about from others: the address, else the record.
  fileprivate var personKey: String {
    address?.addressKey ?? "\(target.cloud?.rawValue ?? "")/\(target.id ?? names.record)"
  }

  /// `invited as Admin`; `nil` if the invitation sets no role.
  fileprivate var invitedAs: String? {
    guard case .invitation(let draft)? = call.content else { return nil }
    return draft.role.map { "invited as \(RoleText.title($0))" }
  }

  /// `User → Admin`; `nil` if it sets no role.
  fileprivate var roleText: String? {
    guard let role = newRole else { return nil }
    guard case .user(let user)? = before else { return RoleText.title(role) }
    return "\(RoleText.title(user.cloudRole)) → \(RoleText.title(role))"
  }
}
