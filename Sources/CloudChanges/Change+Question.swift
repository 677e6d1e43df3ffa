import CloudAPI

extension Change {
  /// A consequence of a change.
  public enum Consequence: Hashable, Sendable {
    /// A consequence that is known from the change itself.
    case text(String)
    /// What is lost with a cloud; each is read separately.
    case files, users, invitations
    /// The processors that lose a parent.
    case orphans
  }

  /// The consequences that a question lists.
  ///
  /// - Parameter isAlone: whether the question is about this change only, so that there is room for more details.
  public func consequences(isAlone: Bool) -> [Consequence] {
    switch (action, kind) {
    case (.remove, .cloud): return [.files, .users, .invitations]
    case (.remove, .user):
      return [.text(email)] + (isAlone ? [.text("\(names.cloud ?? "the cloud") and all its projects")] : [])
    case (.remove, .invitation): return isAlone ? [.text("the link in the e-mail stops working")] : []
    case (.remove, .processor): return [.orphans]
    case (.resend, _): return (isAlone ? [.text("to \(names.record)")] : []) + [.text(leadingTo)]
    case (.createDemo, _): return [.text("a project with example models"), .text("their bytes to its size")]
    case (.create, _), (.edit, _), (.replace, _), (.invite, _): return []
    }
  }

  private var email: String {
    guard case .user(let user)? = before, let email = user.email else { return "no e-mail address is known" }
    return email
  }

  private var leadingTo: String {
    guard case .invitation(let draft)? = call.content, !draft.redirectURI.isEmpty else {
      return "without a redirect address"
    }
    return "redirecting to \(draft.redirectURI)"
  }
}

/// The texts of a question whether to send changes: one or more with the same action.
public struct ChangeQuestion: Sendable {
  public let changes: [Change]
  private let first: Change

  /// - Returns: `nil` if there are no changes.
  public init?(_ changes: [Change]) {
    guard let first = changes.first else { return nil }
    self.changes = changes
    self.first = first
  }

  public var isAlone: Bool { changes.count == 1 }
  /// The action of the question, such as `delete`, `withdraw` or `send`.
  public var verb: String { first.verb }
  /// Whether it destroys data.
  public var isDestructive: Bool { first.action == .remove }
  public var kind: RecordKind { first.kind }
  /// The number of records, with their kind: `3 users`.
  public var number: String { Count.text(changes.count, kind.rawValue, kind.plural) }

  /// The question: `Remove Ada Lovelace from Haussmann Tower?`
  public var title: String {
    let (what, cloud) = (isAlone ? first.names.record : number, first.names.cloud ?? "its cloud")
    switch (first.action, kind) {
    case (.remove, .cloud): return "Delete \(what)?"
    case (.remove, .user): return "Remove \(what) from \(cloud)?"
    case (.remove, .invitation) where isAlone: return "Withdraw the invitation of \(what) to \(cloud)?"
    case (.remove, .invitation): return "Withdraw \(what) to \(cloud)?"
    case (.remove, .processor): return "Delete \(what) from \(cloud)?"
    case (.resend, _) where isAlone: return "Send the invitation of \(what) again?"
    case (.resend, _): return "Send \(what) to \(cloud) again?"
    case (.createDemo, _): return "Create a demo project in \(what)?"
    case (.create, _), (.edit, _), (.replace, _), (.invite, _): return "\(first.description)?"
    }
  }

  /// The text before the list of consequences.
  public var preface: String {
    switch (first.action, kind, isAlone) {
    case (.remove, .cloud, _): "This permanently deletes, for everyone:"
    case (.remove, .user, true): "This person loses access:"
    case (.remove, .user, false): "These people lose access to the cloud and all its projects:"
    case (.remove, .invitation, true): "Nobody is told, but:"
    case (.remove, .invitation, false): "Nobody is told, but the links in their e-mails stop working:"
    case (.remove, .processor, true): "It no longer runs on new models:"
    case (.remove, .processor, false): "They no longer run on new models:"
    case (.resend, _, true): "Another e-mail goes out:"
    case (.resend, _, false): "Another e-mail goes out to each:"
    case (.createDemo, _, _): "This adds to the cloud:"
    default: ""
    }
  }

  /// The result without a full stop: `Removed 2 of 3 users`.
  ///
  /// - Parameter number: the number of records, in words.
  public func done(_ number: String) -> String {
    switch (first.action, kind) {
    case (.remove, .cloud), (.remove, .processor): "Deleted \(number)"
    case (.remove, .user): "Removed \(number)"
    case (.remove, .invitation): "Withdrew \(number)"
    case (.resend, _): "Sent \(number) again"
    default: "Did \(number)"
    }
  }
}
