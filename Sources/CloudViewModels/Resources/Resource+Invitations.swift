import CloudAPI

extension Resource where Record == CloudInvitation, Scope == CloudScope {
  /// The pending invitations to a cloud. They are made by the invite form, which every pane offers.
  public static let invitations = Resource(
    names: ResourceNames(singular: "invitation", plural: "invitations", title: "Invitations"),
    columns: [
      Column(id: "email", title: "E-MAIL", kind: .email, sortKey: { invitation, _ in .folded(invitation.email) }) {
        invitation, _ in invitation.shown(.email(invitation.email), "email")
      },
      Column(
        id: "role", title: "ROLE", kind: .role, leaves: 2,
        sortKey: { invitation, _ in invitation.role.map { .number(Double($0.rawValue)) } ?? .missing }
      ) { invitation, _ in invitation.shown(.role(invitation.role), "role") },
      Column(
        id: "redirect", title: "REDIRECT", kind: .link, leaves: 1,
        sortKey: { invitation, _ in .folded(invitation.redirectURI) }
      ) { invitation, _ in invitation.shown(.optional(invitation.redirectURI), "redirect_uri") },
    ],
    order: RowOrder(column: "email"),
    oddFields: .sending("email", "redirect_uri", "role", "in_all_projects"),
    title: { $0.email.isEmpty ? "invitation \($0.id)" : $0.email },
    searchTexts: { [$0.email, $0.redirectURI ?? "", $0.id.searchText] },
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
    removal: Removal(
      question: { invitation, cloud in "Withdraw the invitation of \(invitation.email) to \(cloud.name)?" },
      verb: "withdraw",
      done: { "Withdrew the invitation of \($0.email)." }, confirmation: .yes,
      typedText: { TypedText(title: "e-mail", text: $0.email) }, preface: "Nobody is told, but:",
      losses: [{ _, _, _, _ in "the link in the e-mail stops working" }],
      several: SeveralText(
        question: { count, cloud in "Withdraw \(count) to \(cloud.name)?" },
        preface: "Nobody is told, but the links in their e-mails stop working:", done: { "Withdrew \($0)" }),
      remove: { client, cloud, id throws(CloudAPIError) in
        try await client.cancelCloudUserInvitation(cloud.id, id)
      }),
    actions: [
      .resend: RecordAction(
        title: { "Send the invitation of \($0.email) again?" }, verb: "send", preface: "Another e-mail goes out:",
        consequences: { ["to \($0.email)", leadingTo($0)] },
        several: SeveralText(
          question: { count, cloud in "Send \(count) to \(cloud.name) again?" },
          preface: "Another e-mail goes out to each:", details: [{ _, _, invitation, _ in leadingTo(invitation) }],
          done: { "Sent \($0) again" }),
        perform: { client, cloud, invitation throws(CloudAPIError) in
          let draft = CloudInvitationDraft(again: invitation, hasRoles: client.knownEdition == .current)
          return "Sent the invitation of \(try await client.inviteCloudUser(cloud.id, draft).email) again."
        })
    ],
    commands: .invitations,
    refusals: [
      .create: "People join a cloud by invitation: {invite} invites someone.",
      .edit:
        "An invitation can't be changed: {delete} withdraws it, {invite} invites anew, {send-invitation-again} sends it again.",
      .editDocument:
        "An invitation can't be changed: {delete} withdraws it, {invite} invites anew, {send-invitation-again} sends it again.",
      .createDemo: "{create-demo-project} makes a demo project in a cloud: select one in the Clouds pane.",
    ],
    emptyText: "No pending invitations. {invite} invites someone.")

  private static let leadingTo: @Sendable (CloudInvitation) -> String = { invitation in
    "leading to \(invitation.redirectURI ?? "nowhere: it has no redirect address")"
  }

  /// What the current edition alone tells.
  private static let projectFields: @Sendable (CloudInvitation) -> [DetailField] = { invitation in
    (invitation.isInAllProjects.map { [DetailField("In all projects", .flag($0))] } ?? [])
      + (invitation.projectRole.map { [DetailField("In projects", .role($0))] } ?? [])
  }
}

extension CloudInvitationDraft {
  /// An invitation as it is, for another e-mail.
  ///
  /// - Parameter hasRoles: whether invitations carry a role and projects: those of the current edition do.
  init(again invitation: CloudInvitation, hasRoles: Bool) {
    self.init(email: invitation.email, redirectURI: invitation.redirectURI ?? "")
    guard hasRoles else { return }
    role = invitation.role
    projectRole = invitation.projectRole
    inAllProjects = invitation.isInAllProjects
  }
}
