public import CloudAPI

/// The record that a change creates or changes; it identifies changes that must not be sent at the same time.
public struct ChangeTarget: Hashable, Sendable, Codable {
  /// The identity of a record among others of its kind.
  public enum Identity: Hashable, Sendable, Codable {
    /// By id: names may change and may be used twice.
    case id(String)
    /// A record without an id yet: by the name or e-mail address that is sent.
    case new(String)
  }

  public let kind: RecordKind
  /// The cloud of the record; `nil` if the record is a cloud.
  public let cloud: Cloud.ID?
  public let identity: Identity

  public init(_ kind: RecordKind, in cloud: Cloud.ID?, _ identity: Identity) {
    self.kind = kind
    self.cloud = cloud
    self.identity = identity
  }

  /// The target for an existing record.
  public init(_ snapshot: Snapshot, in cloud: Cloud.ID?) {
    self.init(snapshot.kind, in: cloud, .id(snapshot.id))
  }

  /// The id of the record; `nil` if it has none yet.
  public var id: String? {
    if case .id(let id) = identity { id } else { nil }
  }

  /// The lane of the change. Changes of one lane are sent one after the other: those within a cloud, and those of
  /// clouds.
  var lane: Cloud.ID? { cloud }
}

extension ChangeTarget {
  /// The target of a call that writes.
  init(_ call: Call) {
    let kind = call.operation.kind
    let identity: Identity =
      switch (call.operation.action, call.content) {
      case (.create, .cloud(let draft)): .new(draft.name.trimmingBlanks())
      case (.create, .processor(let draft)): .new(draft.name.trimmingBlanks())
      case (.create, .invitation(let draft)): .new(draft.email.addressKey)
      default: .id(call.ids.last ?? "")
      }
    self.init(kind, in: kind == .cloud ? nil : call.ids.first.map(Cloud.ID.init(rawValue:)), identity)
  }
}
