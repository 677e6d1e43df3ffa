import CloudAPI
import FoundationEssentials

/// The file format of changes, independent of the API's JSON in either edition.
extension Change: Codable {
  private enum CodingKeys: String, CodingKey {
    case operation, ids, sets, names, before
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(call.operation.rawValue, forKey: .operation)
    try container.encode(call.ids, forKey: .ids)
    try container.encodeIfPresent(call.content.map(ContentForm.init), forKey: .sets)
    try container.encode(names, forKey: .names)
    try container.encodeIfPresent(before.map(RecordForm.init), forKey: .before)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func wrong(_ key: CodingKeys, _ reason: String) -> DecodingError {
      .dataCorruptedError(forKey: key, in: container, debugDescription: reason)
    }
    guard let operation = Operation(rawValue: try container.decode(String.self, forKey: .operation)),
      operation.isWrite
    else { throw wrong(.operation, "This is no operation that writes.") }
    let ids = try container.decode([String].self, forKey: .ids)
    let sets = try container.decodeIfPresent(ContentForm.self, forKey: .sets)
    guard let call = Call(operation, ids: ids, content: try sets?.content(of: operation)) else {
      throw wrong(.ids, "\(operation.rawValue) takes other ids or sets other fields.")
    }
    let before = try container.decodeIfPresent(RecordForm.self, forKey: .before)?.snapshot
    self.init(call, names: try container.decode(Names.self, forKey: .names), before: before)
  }
}

/// The fields that a change sets; missing ones stay unchanged.
private struct ContentForm: Codable {
  var name: String?
  var email: String?
  var redirectURI: String?
  var role: Role?
  var projectRole: Role?
  var inAllProjects: Bool?
  var parents: [Processor.ID]?

  init(_ content: Call.Content) {
    switch content {
    case .cloud(let draft): name = draft.name
    case .cloudPatch(let patch): name = patch.name
    case .user(let update): role = update.role
    case .invitation(let draft):
      (email, redirectURI, role) = (draft.email, draft.redirectURI, draft.role)
      (projectRole, inAllProjects) = (draft.projectRole, draft.inAllProjects)
    case .processor(let draft): (name, parents) = (draft.name, draft.parentProcessors)
    case .processorPatch(let patch): (name, parents) = (patch.name, patch.parentProcessors)
    }
  }

  func content(of operation: Operation) throws -> Call.Content? {
    func needed<Value>(_ value: Value?, _ field: String) throws -> Value {
      guard let value else {
        throw DecodingError.dataCorrupted(
          DecodingError.Context(codingPath: [], debugDescription: "\(operation.rawValue) needs \(field)."))
      }
      return value
    }
    switch operation {
    case .createCloud, .fullUpdateCloud: return .cloud(CloudDraft(name: try needed(name, "name")))
    case .updateCloud: return .cloudPatch(CloudPatch(name: name))
    case .updateCloudUser, .fullUpdateCloudUser: return .user(UserCloudUpdate(role: role))
    case .inviteCloudUser:
      return .invitation(
        CloudInvitationDraft(
          email: try needed(email, "email"), redirectURI: try needed(redirectURI, "redirectURI"), role: role,
          projectRole: projectRole, inAllProjects: inAllProjects))
    case .cloudProcessorCreate, .cloudProcessorUpdate:
      return .processor(
        ProcessorDraft(name: try needed(name, "name"), parentProcessors: try needed(parents, "parents")))
    case .cloudProcessorPartialUpdate: return .processorPatch(ProcessorPatch(name: name, parentProcessors: parents))
    default: return nil
    }
  }
}

/// A record with all its known fields. Dates are seconds since 2001-01-01, as in `Date`.
private final class RecordForm: Codable {
  let kind: RecordKind
  let id: String
  var name: String?
  var email: String?
  var company: String?
  var firstName: String?
  var lastName: String?
  var createdAt: Double?
  var updatedAt: Double?
  var role: Role?
  var projectRole: Role?
  var provider: String?
  var subject: String?
  var picture: String?
  var isInAllProjects: Bool?
  var redirectURI: String?
  var parents: [Processor.ID]?
  var isDefault: Bool?
  var features: [[String: String]]?
  var creator: RecordForm?
  var organization: [String: String]?

  init(_ snapshot: Snapshot) {
    kind = snapshot.kind
    id = snapshot.id
    switch snapshot {
    case .cloud(let cloud):
      (name, isDefault, picture) = (cloud.name, cloud.isDefault, cloud.image)
      (createdAt, updatedAt) = (Self.seconds(cloud.createdAt), Self.seconds(cloud.updatedAt))
      creator = cloud.creator.map { RecordForm($0.snapshot) }
      features = cloud.features.map { feature in
        ["name": feature.name].merging(feature.viewerURL.map { ["viewerURL": $0] } ?? [:]) { $1 }
      }
      organization = cloud.organization.map { organization in
        ["id": organization.id.rawValue].merging(organization.name.map { ["name": $0] } ?? [:]) { $1 }
      }
    case .user(let user):
      (email, company, firstName, lastName) = (user.email, user.company, user.firstName, user.lastName)
      (createdAt, updatedAt) = (Self.seconds(user.createdAt), Self.seconds(user.updatedAt))
      (role, projectRole, provider, subject) = (user.cloudRole, user.projectRole, user.provider, user.subject)
      (picture, isInAllProjects) = (user.profilePicture, user.isInAllProjects)
    case .invitation(let invitation):
      (email, redirectURI, role) = (invitation.email, invitation.redirectURI, invitation.role)
      (projectRole, isInAllProjects) = (invitation.projectRole, invitation.isInAllProjects)
    case .processor(let processor): (name, parents) = (processor.name, processor.parentProcessors)
    }
  }

  private static func seconds(_ date: Date?) -> Double? { date?.timeIntervalSinceReferenceDate }

  private static func date(_ seconds: Double?) -> Date? { seconds.map(Date.init(timeIntervalSinceReferenceDate:)) }

  var snapshot: Snapshot {
    switch kind {
    case .cloud:
      .cloud(
        Cloud(
          id: Cloud.ID(rawValue: id), name: name ?? "",
          features: (features ?? []).map { Feature(name: $0["name"] ?? "", viewerURL: $0["viewerURL"]) },
          creator: creator.flatMap { User($0.snapshot) }, isDefault: isDefault, createdAt: Self.date(createdAt),
          updatedAt: Self.date(updatedAt),
          organization: organization.map {
            Organization(id: Organization.ID(rawValue: $0["id"] ?? ""), name: $0["name"])
          }, image: picture))
    case .user:
      .user(
        User(
          id: User.ID(rawValue: id), email: email, company: company, firstName: firstName, lastName: lastName,
          createdAt: Self.date(createdAt), updatedAt: Self.date(updatedAt), cloudRole: role, projectRole: projectRole,
          provider: provider, subject: subject, profilePicture: picture, isInAllProjects: isInAllProjects))
    case .invitation:
      .invitation(
        CloudInvitation(
          id: CloudInvitation.ID(rawValue: id), email: email ?? "", redirectURI: redirectURI, role: role,
          projectRole: projectRole, isInAllProjects: isInAllProjects))
    case .processor:
      .processor(Processor(id: Processor.ID(rawValue: id), name: name ?? "", parentProcessors: parents ?? []))
    }
  }
}
