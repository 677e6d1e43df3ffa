import CloudAPI
import CloudAccess
import CloudChanges
import CloudViewModels

/// A row of `people list`: a membership or a pending invitation.
struct AccessRow: RowRecord {
  /// The cloud, the kind and the record: unique within an output.
  let id: String
  let access: Access

  init(_ access: Access) {
    self.access = access
    let record =
      switch access.record {
      case .user(let user, _): "user \(user.id.rawValue)"
      case .invitation(let invitation): "invitation \(invitation.id.rawValue)"
      }
    id = "\(access.cloud.id.rawValue) \(record)"
  }

  private var user: User? {
    if case .user(let user, _) = access.record { user } else { nil }
  }

  static let names = ResourceNames(singular: "membership", plural: "memberships and invitations", title: "People")

  static let columns: [Column<AccessRow>] = [
    Column("email", .email, leaves: 0) { $0.access.email.map(FieldValue.email) ?? .none },
    Column("name", .name, leaves: 3) { .optional($0.user?.fullName) },
    Column("cloud_id", .id, leaves: 2) { .reference($0.access.cloud.id) },
    Column("cloud", .name, leaves: 0) { .optional($0.access.cloud.name) },
    Column("role", .role, leaves: 5) { .role($0.access.role) },
    Column("state", .state, leaves: 4) { .text($0.access.isInvitation ? "invited" : "member") },
    Column("only_admin", .flag, leaves: 1) { row in
      if case .user(_, let isOnlyAdmin) = row.access.record { .flag(isOnlyAdmin) } else { .flag(false) }
    },
  ]
}

/// A row of `people list --by-person`.
struct PersonRow: RowRecord {
  let summary: PersonSummary

  var id: Person.ID { summary.id }

  static let names = ResourceNames(singular: "person", plural: "people", title: "People")

  static let columns: [Column<PersonRow>] = [
    Column("email", .email, leaves: 0) { $0.summary.email.map(FieldValue.email) ?? .none },
    Column("name", .name, leaves: 3) { .optional($0.summary.name) },
    Column("clouds", .number, leaves: 0) { .number($0.summary.clouds) },
    Column("admin_of", .number, leaves: 4) { .number($0.summary.adminOf) },
    Column("only_admin_of", .number, leaves: 2) { .number($0.summary.onlyAdminOf) },
    Column("invitations", .number, leaves: 2) { .number($0.summary.invitations) },
    Column("state", .state, leaves: 5) { .text($0.summary.state.rawValue) },
    Column("company", .text, leaves: 1) { .optional($0.summary.company) },
  ]
}

extension FieldValue {
  /// The id of another record: a number if it is one, as in the API's JSON.
  static func reference<Record>(_ id: Identifier<Record>) -> FieldValue {
    Int(id.rawValue).map { .number($0) } ?? .text(id.rawValue)
  }
}
