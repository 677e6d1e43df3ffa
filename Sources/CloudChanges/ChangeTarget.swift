public import CloudAPI

/// The record that a change makes or changes: what may not be sent twice at once is known by it.
public struct ChangeTarget: Hashable, Sendable, Codable {
  /// How a record is told from others of its kind.
  public enum Identity: Hashable, Sendable, Codable {
    /// By its id: it may be called otherwise by now, and another one the same.
    case id(String)
    /// It has no id yet: by what is sent for it, a name or an e-mail address.
    case new(String)
  }

  public let kind: RecordKind
  /// The cloud that it is in; `nil` for a cloud itself.
  public let cloud: Cloud.ID?
  public let identity: Identity

  public init(_ kind: RecordKind, in cloud: Cloud.ID?, _ identity: Identity) {
    self.kind = kind
    self.cloud = cloud
    self.identity = identity
  }

  /// The target of one of a record's kind.
  public init(_ snapshot: Snapshot, in cloud: Cloud.ID?) {
    self.init(snapshot.kind, in: cloud, .id(snapshot.id))
  }

  /// The record's id; `nil` where it has none yet.
  public var id: String? {
    if case .id(let id) = identity { id } else { nil }
  }

  /// Changes of one lane are sent one after the other: those within a cloud, and those of clouds themselves.
  var lane: Cloud.ID? { cloud }
}

extension ChangeTarget {
  /// What a call writes to.
  init(_ call: Call) {
    let kind = call.operation.kind
    let identity: Identity =
      switch (call.operation.action, call.content) {
      case (.create, .cloud(let draft)): .new(draft.name.trimmingBlanks())
      case (.create, .processor(let draft)): .new(draft.name.trimmingBlanks())
      case (.create, .invitation(let draft)): .new(draft.email.trimmingBlanks().lowercased())
      default: .id(call.ids.last ?? "")
      }
    self.init(kind, in: kind == .cloud ? nil : call.ids.first.map(Cloud.ID.init(rawValue:)), identity)
  }
}
