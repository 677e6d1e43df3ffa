import ArgumentParser
import CloudAPI
import CloudViewModels

/// `skydeck invitations …`
struct InvitationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invitations", abstract: "List, send and cancel invitations to a cloud.",
    subcommands: [Listing<List>.self, Send.self, Removing<Cancel>.self])
}

private protocol InvitationVerb: RecordVerb where Record == CloudInvitation, Scope == CloudScope {}

extension InvitationVerb {
  static var resource: Resource<CloudInvitation, CloudScope> { .invitations }
}

extension InvitationsCommand {
  struct List: InvitationVerb {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the pending invitations to a cloud.")

    @OptionGroup var target: CloudArgument

    var call: ReadCall<[CloudInvitation]> { .getCloudInvitations(target.id) }
  }

  struct Send: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Invite people to a cloud, one e-mail each.",
      discussion: """
        Each invitation is sent once. Someone who is invited already gets another e-mail and no second invitation. \
        If one address is invalid, nothing is sent.

        Examples:
          skydeck invitations send 3 ada@example.org grace@example.org --redirect-uri https://platform.example/3
          skydeck invitations send 3 ada@example.org --role user --in-all-projects --project-role guest
          skydeck invitations send 3 "Ada Lovelace <ada@example.org>" --redirect-uri https://platform.example/3
          skydeck invitations send 3 - --redirect-uri https://platform.example/3 < people.txt
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var target: CloudArgument

    @Argument(
      help: ArgumentHelp(
        "Their addresses, or - to read them from standard input.",
        discussion: "One per line, or separated by commas, semicolons or spaces; Name <address>, too."))
    var emails: [String]

    @OptionGroup var redirect: RedirectOption

    @Option(
      help: """
        admin, user or the API's number; only services of the current edition take one. Unless given, they become \
        administrators.
        """)
    var role: RoleArgument?

    @Flag(help: "They join all projects that the cloud has; needs --project-role. Current edition only.")
    var inAllProjects = false

    @Option(
      help: ArgumentHelp(
        "Their role in projects: admin, user, guest or the API's number. Current edition only.", valueName: "role"))
    var projectRole: ProjectRoleArgument?

    func validate() throws {
      if inAllProjects, projectRole == nil {
        throw ValidationError("'--in-all-projects' needs '--project-role': admin, user or guest.")
      }
    }

    func run(in session: CommandSession) async throws(CommandFailure) {
      let draft = CloudInvitationDraft(
        email: "", redirectURI: "", role: role?.role, projectRole: projectRole?.role,
        inAllProjects: inAllProjects ? true : nil)
      try await InvitationSending(
        cloud: target.id, emails: emails, redirect: redirect, draft: draft, write: write
      ).run(in: session)
    }
  }

  struct Cancel: InvitationVerb {
    static let configuration = CommandConfiguration(
      commandName: "cancel", abstract: "Withdraw a pending invitation.",
      discussion: "On a terminal it asks; elsewhere it needs --yes.")

    @OptionGroup var target: CloudArgument

    @Argument(help: "The invitation's id.")
    var id: IDArgument

    var call: Call { .cancelCloudUserInvitation(target.id, CloudInvitation.ID(rawValue: id.text)) }
  }
}
