public import CloudAPI
public import CloudChanges

/// Somebody who is a member of clouds or invited to some: all records with one e-mail address, or one record without.
public struct Person: Identifiable, Hashable, Sendable {
  public typealias ID = Identifier<PersonSummary>

  /// The user of one cloud.
  public struct Membership: Hashable, Sendable {
    public let cloud: CloudReference
    public let user: User
    /// Whether the cloud has no other admin; `nil` if it has users whose role isn't known.
    public let isOnlyAdmin: Bool?
  }

  /// A pending invitation to one cloud.
  public struct Invitation: Hashable, Sendable {
    public let cloud: CloudReference
    public let invitation: CloudInvitation
  }

  public let id: ID
  /// The address as the first record writes it; `nil` if the record has none.
  public let email: String?
  /// The different names in the clouds, in the clouds' order; empty if there are none.
  public let names: [String]
  /// The first company that a record names.
  public let company: String?
  /// In the clouds' order.
  public let memberships: [Membership]
  public let invitations: [Invitation]

  /// The first name, else the address, else `user 12`.
  public var title: String {
    names.first ?? email ?? memberships.first.map { UserText.title($0.user) } ?? "?"
  }
}

/// What a list of people says about each.
public struct PersonSummary: Identifiable, Hashable, Sendable {
  public typealias ID = Person.ID

  public enum State: String, Hashable, Sendable {
    /// A member of at least one cloud.
    case member
    /// Invited, and member of no cloud.
    case invited
  }

  public let id: Person.ID
  public let name: String
  public let email: String?
  public let company: String?
  /// The number of clouds with the person as a member or invited.
  public let clouds: Int
  /// The number of clouds with the person as an admin.
  public let adminOf: Int
  /// The number of clouds without another admin.
  public let onlyAdminOf: Int
  /// The number of clouds with a pending invitation.
  public let invitations: Int
  public let state: State
}

/// People are packed: there may be hundreds of thousands, and their list is made again and again while a sweep runs.
extension PersonSummary: PackedRecord {
  public static func id(from reader: inout RecordReader) -> Person.ID {
    Person.ID(rawValue: reader.text() ?? "")
  }

  public init(from reader: inout RecordReader) {
    id = Self.id(from: &reader)
    name = reader.text() ?? ""
    email = reader.text()
    company = reader.text()
    clouds = reader.integer() ?? 0
    adminOf = reader.integer() ?? 0
    onlyAdminOf = reader.integer() ?? 0
    invitations = reader.integer() ?? 0
    state = reader.text().flatMap(State.init) ?? .member
  }

  public func write(to writer: inout RecordWriter) {
    writer.write(id.rawValue)
    writer.write(name)
    writer.write(email)
    writer.write(company)
    writer.write(clouds)
    writer.write(adminOf)
    writer.write(onlyAdminOf)
    writer.write(invitations)
    writer.write(state.rawValue)
  }
}

/// E-mail addresses as they identify people.
public enum PersonAddress {
  /// The address without case, and without blanks at its ends; `nil` if nothing is left. Neither the locale nor accents
  /// matter to the service, and accents tell people apart.
  public static func key(_ email: String?) -> String? {
    email.map(\.addressKey).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The domain after the last `@`, without case; `nil` if there is none.
  public static func domain(_ email: String?) -> String? {
    guard let key = key(email), let at = key.lastIndex(of: "@") else { return nil }
    return String(key[key.index(after: at)...])
  }
}
