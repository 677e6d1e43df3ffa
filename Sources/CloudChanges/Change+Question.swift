import CloudAPI

extension Change {
  /// A consequence of a change.
  public enum Consequence: Hashable, Sendable {
    /// A consequence that is known from the change itself.
    case text(String)
    /// What is lost with a cloud; each is read separately.
    case files, users, invitations, processors
    /// The processors that lose a parent.
    case orphans

    /// What a consequence is found to be.
    public enum Finding: Hashable, Sendable {
      case known(String)
      /// Nothing is lost of it, so that there is nothing to say.
      case nothing
      /// How much it is couldn't be read; says so.
      case unread(String)

      /// `nil` if there is nothing to say.
      public var text: String? {
        switch self {
        case .known(let text), .unread(let text): text
        case .nothing: nil
        }
      }
    }

    /// What is known without reading.
    public var known: Finding? {
      if case .text(let text) = self { .known(text) } else { nil }
    }

    /// What can't be read, and why: `users' access (could not be read)`.
    public func unread(because reason: String = "could not be read") -> Finding {
      let what =
        switch self {
        case .text(let text): text
        case .files: "files: the size"
        case .users: "users' access: the number"
        case .invitations: "invitations: the number"
        case .processors: "processors: the number"
        case .orphans: "processors that run after it: the list"
        }
      return .unread("\(what) \(reason)")
    }
  }

  /// The consequences that a question lists.
  ///
  /// - Parameter isAlone: whether the question is about this change only, so that there is room for more details.
  public func consequences(isAlone: Bool) -> [Consequence] {
    switch (action, kind) {
    case (.remove, .cloud): return [.files, .users, .invitations, .processors]
    case (.remove, .user):
      return [.text(email)] + (isAlone ? [.text("\(names.cloud ?? "the cloud") and all its projects")] : [])
    case (.remove, .invitation): return isAlone ? [.text("the link in the e-mail stops working")] : []
    case (.remove, .processor): return [.orphans]
    case (.resend, _): return (isAlone ? [.text("to \(names.record)")] : []) + [.text(leadingTo)]
    case (.createDemo, _): return [.text("a project with example models"), .text("the size of these models")]
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

/// The texts of a question whether to send changes: one or more of a list with the same action, or changes of people's
/// access to several clouds.
public struct ChangeQuestion: Sendable {
  public let changes: [Change]
  private let first: Change
  /// The texts for changes of several kinds or in several clouds; `nil` for those of one list.
  private let across: ChangesAcrossClouds?

  /// - Parameter acrossClouds: whether the changes may be of several kinds and in several clouds.
  /// - Returns: `nil` if there are no changes.
  public init?(_ changes: [Change], acrossClouds: Bool = false) {
    guard let first = changes.first else { return nil }
    self.changes = changes
    self.first = first
    across = acrossClouds ? ChangesAcrossClouds(changes) : nil
  }

  /// Whether the changes may be of several kinds and in several clouds.
  public var isAcrossClouds: Bool { across != nil }
  /// Whether it is about one record of a list.
  public var isAlone: Bool { changes.count == 1 && across == nil }
  /// The action of the question, such as `delete`, `withdraw` or `send`.
  public var verb: String { across?.verb ?? first.verb }
  /// Whether it destroys data.
  public var isDestructive: Bool { across?.isDestructive ?? (first.action == .remove) }
  /// The words to type: `delete cloud 3`, `delete 3 clouds`, `remove 14`.
  public var words: String {
    across?.words ?? (isAlone ? "\(verb) \(kind.rawValue) \(first.target.id ?? "")" : "\(verb) \(number)")
  }
  public var kind: RecordKind { first.kind }
  /// The number of records, with their kind: `3 users`.
  public var number: String { Count.text(changes.count, kind.rawValue, kind.plural) }

  /// What to type for confirmation: the words, or what identifies the one record best for the user.
  public var typed: TypedText {
    TypedText(isAlone ? first.before.map(TypedText.Name.init) : nil, words: words)
  }

  /// The question: `Remove Ada Lovelace from Haussmann Tower?`
  public var title: String {
    if let across { return across.title }
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
    if let across { return across.preface }
    return switch (first.action, kind, isAlone) {
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

  /// What is said instead of consequences where nothing else is lost; `nil` where they are never empty.
  public var emptyText: String? {
    first.action == .remove && kind == .cloud ? "the cloud, which is empty" : nil
  }

  /// The id of a change among those of the question.
  public func id(of change: Change) -> String {
    guard across != nil else { return change.target.id ?? "" }
    let target = change.target
    return [target.cloud?.rawValue ?? "", target.kind.rawValue, target.id ?? change.names.record].joined(separator: "/")
  }

  /// What the list of the question calls a change: its record, or its cloud.
  public func title(of change: Change) -> String { across?.title(of: change) ?? change.names.record }

  /// What the list says about a change: the consequences, or the role that it sets.
  public func consequences(of change: Change) -> [Change.Consequence] {
    across.map { $0.details(of: change).map { .text($0) } } ?? change.consequences(isAlone: isAlone)
  }

  /// What the user must know besides the list, as sentences; none for the changes of one list.
  ///
  /// - Parameter sent: the changes that are to be sent.
  public func facts(of sent: [Change]) -> [String] { across?.facts(of: sent) ?? [] }

  /// What is said of a change in the log: `remove user "Ada Lovelace" from Haussmann Tower`.
  public func subject(of change: Change) -> String { change.description }

  /// The parts in which changes are sent, by index: at most 1,000 each.
  public static func parts(_ indices: [Int]) -> [[Int]] {
    stride(from: 0, to: indices.count, by: ChangesAcrossClouds.partSize).map {
      Array(indices[$0..<min($0 + ChangesAcrossClouds.partSize, indices.count)])
    }
  }

  /// The result without a full stop: `Removed 2 of 3 users`.
  ///
  /// - Parameter count: the number of changes that were done.
  public func done(_ count: Int) -> String {
    if let across { return across.done(count) }
    let number = count == changes.count ? number : "\(count) of \(number)"
    func place(_ word: String) -> String { first.names.cloud.map { " \(word) \($0)" } ?? "" }
    return switch (first.action, kind) {
    case (.remove, .cloud), (.remove, .processor): "Deleted \(number)\(place("from"))"
    case (.remove, .user): "Removed \(number)\(place("from"))"
    case (.remove, .invitation): "Withdrew \(number)\(place("to"))"
    case (.resend, _): "Sent \(number)\(place("to")) again"
    default: "Did \(number)"
    }
  }
}

extension TypedText.Name {
  /// The value that identifies a record best for the user.
  init(_ record: Snapshot) {
    switch record {
    case .cloud(let cloud): self.init(title: "name", text: cloud.name)
    case .user(let user):
      let email = user.email ?? ""
      self = email.isEmpty ? Self(title: "name", text: user.fullName) : Self(title: "e-mail", text: email)
    case .invitation(let invitation): self.init(title: "e-mail", text: invitation.email)
    case .processor(let processor): self.init(title: "name", text: processor.name)
    }
  }
}
