public import CloudAPI

/// One write as a value: what is to be sent, about which record, and how that record was before.
///
/// Everything that is said of it is computed from that.
public struct Change: Hashable, Sendable {
  /// What a change does.
  public enum Action: String, Hashable, Sendable {
    case create, edit, replace, remove, invite, resend
    /// Makes a demo project in a cloud.
    case createDemo
  }

  /// What the record, its cloud and the records that it refers to are called.
  public struct Names: Hashable, Sendable, Codable {
    /// The record; for one that is made, what it will be called.
    public var record: String
    /// The cloud that it is in; `nil` for a cloud itself.
    public var cloud: String?
    /// Other records by their id.
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
  /// The record before; `nil` for one that is made, or where it isn't known.
  public let before: Snapshot?

  /// - Parameters:
  ///   - call: one that writes.
  ///   - before: of an invitation that is sent again, that invitation.
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

  /// Whether it changes fields, of which the last that is carried out stays.
  var isEdit: Bool { action == .edit || action == .replace }

  /// Whether it makes a record.
  var isNew: Bool { action == .create || action == .invite }

  /// Whether something that can be read tells if it was carried out.
  var isReadable: Bool { action != .resend && action != .createDemo }

  /// The records that it touches: an invitation is sent again to an address, too.
  var touched: [ChangeTarget] {
    action == .resend ? [target, ChangeTarget(call)] : [target]
  }
}
