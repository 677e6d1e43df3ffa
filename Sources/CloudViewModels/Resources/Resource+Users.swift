import CloudAPI
import FoundationEssentials

extension Resource where Record == User, Scope == CloudScope {
  /// The members of a cloud.
  public static let users = Resource(
    names: ResourceNames(singular: "user", plural: "users", title: "Users"),
    columns: [
      Column(
        id: "name", title: "NAME", kind: .name, searchText: 0, sortKey: { user, _ in .folded(user.fullName) }
      ) { user, _ in user.shown(.optional(user.fullName), "firstname", "lastname") },
      Column(
        id: "email", title: "E-MAIL", kind: .email, leaves: 4, searchText: 1,
        sortKey: { user, _ in .folded(user.email) }
      ) { user, _ in user.shown(user.email.map(FieldValue.email) ?? .none, "email") },
      Column(
        id: "company", title: "COMPANY", kind: .text, leaves: 2, leavesWhenEmpty: true, searchText: 2,
        sortKey: { user, _ in .folded(user.company) }
      ) { user, _ in user.shown(.optional(user.company), "company") },
      Column(
        id: "role", title: "ROLE", kind: .role, leaves: 3, descendsFirst: true,
        sortKey: { user, _ in user.cloudRole.map { .number(Double($0.rawValue)) } ?? .missing }
      ) { user, _ in user.shown(.role(user.cloudRole), "cloud_role") },
      Column(
        id: "since", title: "SINCE", kind: .date, leaves: 1, descendsFirst: true,
        sortKey: { user, _ in user.createdAt.map { .number($0.timeIntervalSince1970) } ?? .missing }
      ) { user, _ in user.shown(.date(user.createdAt), "created_at") },
    ],
    order: RowOrder(column: "name"),
    packing: .own,
    oddFields: .sending("cloud_role"),
    title: UserText.title,
    searchTexts: { [$0.fullName, $0.email ?? "", $0.company ?? "", $0.id.searchText] },
    details: { user, _ in
      [
        DetailField("First name", user.shown(.optional(user.firstName), "firstname")),
        DetailField("Last name", user.shown(.optional(user.lastName), "lastname")),
        DetailField("E-mail", user.shown(.optional(user.email), "email")),
        DetailField("Role", user.shown(.role(user.cloudRole), "cloud_role")),
      ] + editionFields(user) + [
        DetailField("Id", .id(user.id)),
        DetailField("Member since", user.shown(.date(user.createdAt), "created_at")),
        DetailField("Updated", user.shown(.date(user.updatedAt), "updated_at")),
      ] + user.oddityFields
    },
    list: { client, cloud, receive throws(CloudAPIError) in
      try await client.records(of: .getCloudUsers(cloud.id), receive: receive)
    },
    get: { client, cloud, id throws(CloudAPIError) in try await client.getCloudUser(cloud.id, id) },
    editing: Editing(
      fields: { user, _ in [FormField(id: "role", label: "Role", hint: roleHint, kind: .choice(roles(with: user)))] },
      values: { ["role": .text($0.cloudRole.map { String($0.rawValue) } ?? "")] },
      check: { values in Int(values.line("role")) == nil ? ["role": "Choose a role."] : [:] },
      patch: { client, cloud, id, changes throws(CloudAPIError) in
        let role = changes["role"].flatMap { Int($0.text) }.map(Role.init(rawValue:))
        return try await client.updateCloudUser(cloud.id, id, UserCloudUpdate(role: role))
      },
      several: { users in
        let choices = users.reduce(into: [Choice]()) { choices, user in
          choices += roles(with: user).filter { !choices.contains($0) }
        }
        return [FormField(id: "role", label: "Role", hint: roleHint, kind: .choice(choices))]
      }),
    document: .of(UserCloudUpdate.self, fields: ["role"], draft: { UserCloudUpdate(role: $0.cloudRole) }) {
      client, cloud, id, draft throws(CloudAPIError) in try await client.fullUpdateCloudUser(cloud.id, id, draft)
    },
    removal: Removal(
      question: { user, cloud in "Remove \(UserText.title(user)) from \(cloud.name)?" }, verb: "remove",
      done: { "Removed \(UserText.title($0))." }, confirmation: .yes, typedText: UserText.typed,
      preface: "This person loses access:",
      losses: [
        { _, _, user, _ in user.email ?? "no e-mail address is known" },
        { _, cloud, _, _ in "\(cloud.name) and all its projects" },
      ],
      several: SeveralText(
        question: { count, cloud in "Remove \(count) from \(cloud.name)?" },
        preface: "These people lose access to the cloud and all its projects:",
        details: [{ _, _, user, _ in user.email ?? "no e-mail address is known" }], done: { "Removed \($0)" }),
      remove: { client, cloud, id throws(CloudAPIError) in try await client.deleteCloudUser(cloud.id, id) }),
    commands: .users,
    refusals: [
      .create: "People join a cloud by invitation: {invite} invites someone.",
      .resend: "{send-invitation-again} sends an invitation again: select one in the Invitations pane.",
      .createDemo: "{create-demo-project} makes a demo project in a cloud: select one in the Clouds pane.",
    ],
    emptyText: "No users. {invite} invites someone.")

  /// What one edition tells and the other doesn't.
  private static let editionFields: @Sendable (User) -> [DetailField] = { user in
    guard user.provider != nil || user.isInAllProjects != nil else {
      return [
        DetailField("Company", user.shown(.optional(user.company), "company")),
        DetailField("Project role", user.shown(.role(user.projectRole), "project_role")),
      ]
    }
    return [
      DetailField("In all projects", user.shown(.flag(user.isInAllProjects), "in_all_projects")),
      DetailField("Signs in with", user.shown(.optional(user.provider), "provider")),
    ]
  }

  private static var roleHint: String { "an admin manages the cloud and its people" }

  /// The roles that the API takes, and the one the user has where it is another.
  private static func roles(with user: User) -> [Choice] {
    var roles: [Role] = [.admin, .user]
    if let role = user.cloudRole, !roles.contains(role) { roles.append(role) }
    return roles.map { Choice(id: String($0.rawValue), title: RoleText.title($0)) }
  }
}

/// How a user is called.
public enum UserText {
  /// The full name, else the e-mail, else `user 12`.
  public static let title: @Sendable (User) -> String = { user in
    if !user.fullName.isEmpty { return user.fullName }
    if let email = user.email, !email.isEmpty { return email }
    return "user \(user.id)"
  }

  /// What is typed to confirm a removal: the e-mail, which only one has, else the name.
  static let typed: @Sendable (User) -> TypedText = { user in
    if let email = user.email, !email.isEmpty { return TypedText(title: "e-mail", text: email) }
    return TypedText(title: "name", text: user.fullName)
  }

  /// `Ada Lovelace, ada@atelier.example`.
  public static func nameAndEmail(_ user: User) -> String {
    [user.fullName, user.email ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
