public import CloudAPI

/// One write as a value: the call to send, its target, and the record before.
///
/// All texts about the change are computed from these.
public struct Change: Hashable, Sendable {
  /// The action of a change.
  public enum Action: String, Hashable, Sendable {
    case create, edit, replace, remove, invite, resend
    /// Creates a demo project in a cloud.
    case createDemo
  }

  /// The names of the record, its cloud and the records that it refers to.
  public struct Names: Hashable, Sendable, Codable {
    /// The name of the record; for a new record, its future name.
    public var record: String
    /// The name of its cloud; `nil` if the record is a cloud.
    public var cloud: String?
    /// The names of other records, by id.
    public var others: [String: String]

    public init(record: String, cloud: String? = nil, others: [String: String] = [:]) {
      self.record = record
      self.cloud = cloud
      self.others = others
    }
  }

  public let call: Call
  public let target: ChangeTarget
  public let names: Names
  /// The record before the change; `nil` for a new record, or if it isn't known.
  public let before: Snapshot?

  /// - Parameters:
  ///   - call: a call that writes.
  ///   - before: the record before; for an invitation that is sent again, the pending invitation.
  public init(_ call: Call, names: Names, before: Snapshot? = nil) {
    precondition(call.operation.isWrite, "A change writes.")
    self.call = call
    self.names = names
    self.before = before
    let target = ChangeTarget(call)
    self.target = before.map { ChangeTarget($0, in: target.cloud) } ?? target
  }
}

extension Change {
  public var action: Action {
    switch call.operation.action {
    case .create where call.operation.kind == .invitation: before == nil ? .invite : .resend
    case .create: .create
    case .edit: .edit
    case .replace: .replace
    case .createDemo: .createDemo
    case .remove, .list, .read, .readSize: .remove
    }
  }

  public var kind: RecordKind { target.kind }

  /// Whether it sets fields, so that of two changes the last one to be applied wins.
  var isEdit: Bool { action == .edit || action == .replace }

  /// Whether it creates a record.
  var isNew: Bool { action == .create || action == .invite }

  /// Whether a read can tell if it was applied.
  var isReadable: Bool { action != .resend && action != .createDemo }

  /// The targets that it affects. Sending an invitation again also affects the target of a new invitation to the
  /// address.
  var touched: [ChangeTarget] {
    action == .resend ? [target, ChangeTarget(call)] : [target]
  }

  /// The change with another reading of its record before.
  public func with(before: Snapshot) -> Change { Change(call, names: names, before: before) }

  /// Why nothing is to be done for a record that is so already: `is Admin already`; `nil` if there is something to do.
  public func already(_ record: Snapshot) -> String? {
    guard isEdit, let content = call.content, record.holds(content) else { return nil }
    return newRole.map { "is \(RoleText.title($0)) already." } ?? "is so already."
  }

  /// Whether the difference between two readings of the record doesn't matter for the change: a removal concerns the
  /// whole record, an edit the fields that it sets.
  public func isUnaffected(by before: Snapshot, _ now: Snapshot) -> Bool {
    guard action == .edit, let content = call.content else { return before.isSame(as: now) }
    let (old, new) = (before.contents, now.contents)
    return content.fields.keys.allSatisfy { old[$0] == new[$0] }
  }
}

extension Change {
  /// Whether it changes the access of the user with that e-mail address.
  ///
  /// - Parameter address: compared without case; `nil` for nobody.
  public func isAboutUser(at address: String?) -> Bool {
    kind == .user && UserText.isMe(before?.address, address)
  }
}
