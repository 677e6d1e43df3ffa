import CloudAPI

/// A write that is to be sent, or was: what it is to do, and to which record.
struct PlannedWrite: Hashable, Sendable {
  /// `edit cloud "Haussmann Tower"`.
  let description: String
  let target: WriteTarget
  let intent: RecordIntent

  /// Whether it changes fields, of which the last that is carried out stays.
  var isEdit: Bool { intent == .edit || intent == .editDocument }
}

/// The record that a write changes or makes.
struct WriteTarget: Hashable, Sendable {
  /// How a record is told from others.
  enum Identity: Hashable, Sendable {
    /// By its id: it may be called otherwise by now, and another one the same.
    case id(String)
    /// It has no id yet: by what is sent for it, a name or an e-mail address.
    case new(String)
  }

  let kind: String
  /// The cloud that it is in; `nil` where it is in none.
  let cloud: Cloud.ID?
  let identity: Identity

  var isNew: Bool {
    if case .new = identity { true } else { false }
  }
}
