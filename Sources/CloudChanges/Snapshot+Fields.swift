import CloudAPI

/// The fields of a record that the user sees, and the differences between two readings.
extension Snapshot {
  /// A field that the user sees: its label, its JSON name and its value as text.
  struct Field {
    let label: String
    let name: FieldName
    let value: String

    init(_ label: String, _ name: FieldName, _ value: String?) {
      self.label = label
      self.name = name
      self.value = value.flatMap { $0.isEmpty ? nil : $0 } ?? "—"
    }
  }

  /// - Parameter title: returns the title of another record, given its id.
  private func fields(title: (String) -> String) -> [Field] {
    switch self {
    case .cloud(let cloud):
      [
        Field("Name", .name, cloud.name), Field("Default", .other, cloud.isDefault.map(Self.yesOrNo)),
        Field("Creator", .other, cloud.creator.map(UserText.nameAndEmail)),
        Field("Organization", .other, cloud.organization.map { $0.name ?? $0.id.description }),
        Field("Features", .other, cloud.features.map(\.name).joined(separator: ", ")),
      ]
    case .user(let user):
      [
        Field("First name", .other, user.firstName), Field("Last name", .other, user.lastName),
        Field("E-mail", .email, user.email), Field("Role", .role, RoleText.title(user.cloudRole)),
        Field("Company", .other, user.company), Field("Project role", .other, RoleText.title(user.projectRole)),
        Field("In all projects", .other, user.isInAllProjects.map(Self.yesOrNo)),
        Field("Signs in with", .other, user.provider),
      ]
    case .invitation(let invitation):
      [
        Field("E-mail", .email, invitation.email), Field("Role", .role, RoleText.title(invitation.role)),
        Field("In all projects", .other, invitation.isInAllProjects.map(Self.yesOrNo)),
        Field("In projects", .other, RoleText.title(invitation.projectRole)),
        Field("Redirect", .redirectURI, invitation.redirectURI),
      ]
    case .processor(let processor):
      [
        Field("Name", .name, processor.name),
        Field(
          "Runs after", .parentProcessors,
          processor.parentProcessors.map { title($0.rawValue) }.joined(separator: ", ")),
      ]
    }
  }

  private static func yesOrNo(_ flag: Bool) -> String { flag ? "yes" : "no" }

  /// The differences in words, `Role: User → Admin; Company: — → ACME`; the time of the update is ignored.
  ///
  /// - Parameters:
  ///   - now: a later reading of the same record.
  ///   - title: returns the title of another record, given its id.
  public func difference(to now: Snapshot, title: (String) -> String) -> String {
    let changes = differences(to: now, title: title).map(\.text)
    return changes.isEmpty ? "a field that isn't shown" : changes.joined(separator: "; ")
  }

  /// The fields that differ, each with `Role: User → Admin`.
  func differences(to now: Snapshot, title: (String) -> String) -> [(name: FieldName, text: String)] {
    zip(fields(title: title), now.fields(title: title)).filter { $0.value != $1.value }.map { old, new in
      (old.name, "\(old.label): \(old.value) → \(new.value)")
    }
  }

  /// Whether both are equal except for the time of the update.
  func isSame(as other: Snapshot) -> Bool { withoutUpdateTime == other.withoutUpdateTime }

  private var withoutUpdateTime: Snapshot {
    switch self {
    case .cloud(var cloud):
      cloud.updatedAt = nil
      return .cloud(cloud)
    case .user(var user):
      user.updatedAt = nil
      return .user(user)
    case .invitation, .processor: return self
    }
  }
}

/// The fields that a write can set, by JSON name.
enum FieldName: String, Hashable, Sendable {
  case name
  case email
  case redirectURI = "redirect_uri"
  case role
  case parentProcessors = "parent_processors"
  /// A field that no write sets.
  case other
}

/// The value of a field in a write or a record, for comparison. Surrounding blanks and the order of ids don't matter.
enum FieldContent: Hashable, Sendable {
  case text(String)
  case role(Role?)
  case ids(Set<String>)

  static func trimmed(_ text: String) -> FieldContent { .text(text.trimmingBlanks()) }
}

extension Call.Content {
  /// The fields that the write sets.
  var fields: [FieldName: FieldContent] {
    switch self {
    case .cloud(let draft): [.name: .trimmed(draft.name)]
    case .cloudPatch(let patch): Self.fields(name: patch.name)
    case .user(let update): update.role.map { [.role: .role($0)] } ?? [:]
    case .invitation(let draft):
      [.email: .trimmed(draft.email.lowercased()), .redirectURI: .trimmed(draft.redirectURI)]
        .merging(draft.role.map { [.role: .role($0)] } ?? [:]) { $1 }
    case .processor(let draft): Self.fields(name: draft.name, parents: draft.parentProcessors)
    case .processorPatch(let patch): Self.fields(name: patch.name, parents: patch.parentProcessors)
    }
  }

  private static func fields(name: String?, parents: [Processor.ID]? = nil) -> [FieldName: FieldContent] {
    var fields: [FieldName: FieldContent] = [:]
    fields[.name] = name.map(FieldContent.trimmed)
    fields[.parentProcessors] = parents.map { .ids(Set($0.map(\.rawValue))) }
    return fields
  }
}

extension Snapshot {
  /// The fields that a write can set, without those that the service doesn't return.
  var contents: [FieldName: FieldContent] {
    switch self {
    case .cloud(let cloud): [.name: .trimmed(cloud.name)]
    case .user(let user): [.role: .role(user.cloudRole)]
    case .invitation(let invitation):
      [.email: .trimmed(invitation.email.lowercased())]
        .merging(invitation.redirectURI.map { [.redirectURI: .trimmed($0)] } ?? [:]) { $1 }
        .merging(invitation.role.map { [.role: .role($0)] } ?? [:]) { $1 }
    case .processor(let processor):
      [.name: .trimmed(processor.name), .parentProcessors: .ids(Set(processor.parentProcessors.map(\.rawValue)))]
    }
  }

  /// Whether the record has the values of a write, as far as the service returns them.
  func holds(_ content: Call.Content) -> Bool {
    let mine = contents
    return content.fields.allSatisfy { name, value in mine[name].map { $0 == value } ?? true }
  }
}
