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
    let cloud = call.ids.first.map(Cloud.ID.init(rawValue:))
    let record = call.ids.last ?? ""
    switch (call.operation, call.content) {
    case (.createCloud, .cloud(let draft)): self.init(.cloud, in: nil, .new(draft.name.trimmingBlanks()))
    case (.updateCloudUser, _), (.fullUpdateCloudUser, _), (.deleteCloudUser, _):
      self.init(.user, in: cloud, .id(record))
    case (.inviteCloudUser, .invitation(let draft)):
      self.init(.invitation, in: cloud, .new(draft.email.trimmingBlanks().lowercased()))
    case (.cancelCloudUserInvitation, _): self.init(.invitation, in: cloud, .id(record))
    case (.cloudProcessorCreate, .processor(let draft)):
      self.init(.processor, in: cloud, .new(draft.name.trimmingBlanks()))
    case (.cloudProcessorPartialUpdate, _), (.cloudProcessorUpdate, _), (.cloudProcessorDelete, _):
      self.init(.processor, in: cloud, .id(record))
    default: self.init(.cloud, in: nil, .id(record))
    }
  }
}
