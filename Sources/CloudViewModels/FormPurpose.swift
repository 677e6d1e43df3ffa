import CloudAPI

/// What a form is for: one and the same each time it is opened, whatever the records are called by then.
public struct FormPurpose: Hashable, Sendable {
  /// What it is done with, such as `cloud`.
  let kind: String
  /// The cloud that it is done in; `nil` where in none.
  let cloud: Cloud.ID?
  /// The records that are edited; none where one is made.
  let records: Set<String>
}
