import CloudAPI
import CloudChanges

extension CloudInvitation: TableRecord {}

extension Resource where Record == CloudInvitation, Scope == CloudScope {
  /// The pending invitations to a cloud. They are created by the invite form, which every pane offers.
  public static let invitations = Resource(
    names: ResourceNames(singular: "invitation", plural: "invitations", title: "Invitations"),
    columns: [
      Column(id: "email", title: "E-MAIL", kind: .email, text: { $0.email }) {
        invitation, _ in invitation.shown(.email(invitation.email), "email")
      },
      Column(
        id: "role", title: "ROLE", kind: .role, leaves: 2
      ) { invitation, _ in invitation.shown(.role(invitation.role), "role") },
      Column(
        id: "redirect", title: "REDIRECT", kind: .link, leaves: 1, text: { $0.redirectURI ?? "" }
      ) { invitation, _ in invitation.shown(.optional(invitation.redirectURI), "redirect_uri") },
    ],
    order: RowOrder(column: "email"),
    oddFields: .sending("email", "redirect_uri", "role", "in_all_projects"),
    title: { $0.email.isEmpty ? "invitation \($0.id)" : $0.email },
    details: { invitation, _ in
      [
        DetailField("E-mail", invitation.shown(.text(invitation.email), "email")),
        DetailField("Role", invitation.shown(.role(invitation.role), "role")),
      ] + projectFields(invitation) + [
        DetailField("Redirect", invitation.shown(.optional(invitation.redirectURI), "redirect_uri")),
        DetailField("Id", .id(invitation.id)),
      ] + invitation.oddityFields
    },
    list: { client, cloud, receive throws(CloudAPIError) in
      try await client.records(of: .getCloudInvitations(cloud.id), receive: receive)
    },
    calls: [
      .delete: { cloud, invitation, _ in .cancelCloudUserInvitation(cloud.id, invitation.id) },
      .resend: { cloud, invitation, edition in
        .inviteCloudUser(cloud.id, CloudInvitationDraft(again: invitation, hasRoles: edition == .current))
      },
    ],
    // The API has no request for a single invitation.
    show: { cloud, _ in CommandLineText("invitations", "list", [cloud.id.rawValue]) },
    refusals: [
      .create: "People join a cloud by invitation: {invite} invites someone.",
      .edit:
        "An invitation can't be changed: {delete} withdraws it, {invite} invites anew, {send-invitation-again} resends it.",
      .editDocument:
        "An invitation can't be changed: {delete} withdraws it, {invite} invites anew, {send-invitation-again} resends it.",
      .createDemo: "{create-demo-project} creates a demo project in a cloud: select one in the Clouds pane.",
    ],
    emptyText: "No pending invitations. {invite} invites someone.")

  /// Fields that only the current edition reports.
  private static let projectFields: @Sendable (CloudInvitation) -> [DetailField] = { invitation in
    (invitation.isInAllProjects.map { [DetailField("In all projects", .flag($0))] } ?? [])
      + (invitation.projectRole.map { [DetailField("In projects", .role($0))] } ?? [])
  }
}

extension CloudInvitationDraft {
  /// A draft that sends an invitation again, with the same values.
  ///
  /// - Parameter hasRoles: whether invitations have roles and projects, as in the current edition.
  init(again invitation: CloudInvitation, hasRoles: Bool) {
    self.init(email: invitation.email, redirectURI: invitation.redirectURI ?? "")
    guard hasRoles else { return }
    role = invitation.role
    projectRole = invitation.projectRole
    inAllProjects = invitation.isInAllProjects
  }
}
