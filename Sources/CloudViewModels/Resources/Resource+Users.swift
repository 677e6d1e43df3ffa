import CloudAPI
import CloudChanges
import FoundationEssentials

extension User: TableRecord {}

extension Resource where Record == User, Scope == CloudScope {
  /// The members of a cloud.
  public static let users = Resource(
    names: ResourceNames(singular: "user", plural: "users", title: "Users"),
    columns: [
      Column(
        id: "name", title: "NAME", kind: .name, text: { $0.fullName }
      ) { user, context in
        let name = UserText.marked(user.fullName, isMe: UserText.isMe(user.email, context.me))
        return user.shown(.optional(name), "firstname", "lastname")
      },
      Column(
        id: "email", title: "E-MAIL", kind: .email, leaves: 5, text: { $0.email ?? "" }
      ) { user, _ in user.shown(user.email.map(FieldValue.email) ?? .none, "email") },
      Column(
        id: "company", title: "COMPANY", kind: .text, leaves: 3, leavesWhenEmpty: true,
        text: { $0.company ?? "" }
      ) { user, _ in user.shown(.optional(user.company), "company") },
      Column(
        id: "role", title: "ROLE", kind: .role, leaves: 4, descendsFirst: true
      ) { user, _ in user.shown(.role(user.cloudRole), "cloud_role") },
      Column(
        id: "since", title: "SINCE", kind: .date, leaves: 2, descendsFirst: true
      ) { user, _ in user.shown(.date(user.createdAt), "created_at") },
    ],
    furtherColumns: [
      Column("firstname", .text) { $0.shown(.optional($0.firstName), "firstname") },
      Column("lastname", .text) { $0.shown(.optional($0.lastName), "lastname") },
      Column("project_role", .role) { $0.shown(.role($0.projectRole), "project_role") },
      Column("updated", .date, isInWidePanes: true) { $0.shown(.date($0.updatedAt), "updated_at") },
    ],
    order: RowOrder(column: "name"),
    packing: .own,
    oddFields: .sending("cloud_role"),
    title: UserText.title,
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
    editing: Editing(
      fields: { user, _ in [FormField(id: "role", label: "Role", hint: roleHint, kind: .choice(roles(with: user)))] },
      values: { ["role": .text($0.cloudRole.map { String($0.rawValue) } ?? "")] },
      check: { values in Int(values.line("role")) == nil ? ["role": "Choose a role."] : [:] },
      call: { cloud, id, changes in
        let role = changes["role"].flatMap { Int($0.text) }.map(Role.init(rawValue:))
        return .updateCloudUser(cloud.id, id, UserCloudUpdate(role: role))
      },
      several: { users in
        let choices = users.reduce(into: [Choice]()) { choices, user in
          choices += roles(with: user).filter { !choices.contains($0) }
        }
        return [FormField(id: "role", label: "Role", hint: roleHint, kind: .choice(choices))]
      }),
    document: .of(UserCloudUpdate.self, fields: ["role"], draft: { UserCloudUpdate(role: $0.cloudRole) }) {
      cloud, id, draft in .fullUpdateCloudUser(cloud.id, id, draft)
    },
    calls: [.delete: { cloud, user, _ in .deleteCloudUser(cloud.id, user.id) }],
    show: { cloud, user in
      user.map { CommandLineText("users", "get", [cloud.id.rawValue, $0.id.rawValue]) }
        ?? CommandLineText("users", "list", [cloud.id.rawValue])
    },
    refusals: [
      .create: "People join a cloud by invitation: {invite} invites someone.",
      .resend: "{send-invitation-again} resends an invitation: select one in the Invitations pane.",
      .createDemo: "{create-demo-project} creates a demo project in a cloud: select one in the Clouds pane.",
    ],
    emptyText: "No users. {invite} invites someone.")

  /// Fields that only one of the editions reports.
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

  /// The roles that the API accepts, and the user's role if it is another.
  private static func roles(with user: User) -> [Choice] {
    var roles: [Role] = [.admin, .user]
    if let role = user.cloudRole, !roles.contains(role) { roles.append(role) }
    return roles.map { Choice(id: String($0.rawValue), title: RoleText.title($0)) }
  }
}
