import CloudAPI

/// A write that is to be sent, or was: what it is to do, and to which record.
struct PlannedWrite: Hashable, Sendable {
  /// `edit cloud "Haussmann Tower"`.
  let description: String
  /// `nil` where it makes a record, which has no id yet.
  let target: WriteTarget?

  init(_ description: String, to target: WriteTarget? = nil) {
    self.description = description
    self.target = target
  }
}

/// The record that a write changes, told by its id: it may be called otherwise by now, and another one the same.
struct WriteTarget: Hashable, Sendable {
  let kind: String
  /// The cloud that it is in; `nil` where it is in none.
  let cloud: Cloud.ID?
  let id: String
}
