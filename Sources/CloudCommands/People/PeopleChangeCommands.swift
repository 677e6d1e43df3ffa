import ArgumentParser
import CloudAPI
import CloudAccess
import CloudChanges
import CloudViewModels

extension PeopleCommand {
  struct Remove: CloudCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Remove people from clouds, and withdraw their invitations.",
      discussion: """
        Reads who is in the clouds, prints what changes, and asks on a terminal; elsewhere it needs --yes. The last admin \
        of a cloud stays unless --allow-no-admin is given. Invitations that other applications sent can't be withdrawn.

        Examples:
          skydeck people remove bob@example.org --everywhere
          skydeck people remove - --from 3,7 --yes < leavers.txt
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var delete: DeleteOptions
    @OptionGroup var admins: AdminOptions
    @OptionGroup var people: PeopleArguments

    @Flag(help: "Remove them from all clouds.")
    var everywhere = false

    @Option(help: ArgumentHelp("Remove them from these clouds only, by id.", valueName: "cloud,…"))
    var from: CloudIDs?

    @Flag(help: "Leave their pending invitations.")
    var keepInvitations = false

    func validate() throws { try CloudChoice.validate(everywhere, from, "--from") }

    func run(in session: CommandSession) async throws(CommandFailure) {
      let changing = PeopleChanging(
        session: session, write: write, isConfirmed: delete.yes, allowsNoAdmin: admins.allowNoAdmin)
      let addresses = try await people.addresses(session)
      try await changing.run(
        addresses, in: from?.ids, reading: keepInvitations ? [.users] : AccessList.Kind.allCases, ifNowhere: .done
      ) { found in
        PeopleChanges.removing(found, keepsInvitations: keepInvitations)
      }
    }
  }

  struct SetRole: CloudCommand {
    static let configuration = CommandConfiguration(
      commandName: "set-role", abstract: "Give people a role in clouds.",
      discussion: """
        Reads who is in the clouds, prints what changes, and asks on a terminal; elsewhere it needs --yes. Invitations keep \
        their role: the API can't change it. The last admin of a cloud stays one unless --allow-no-admin is given.

        Example:
          skydeck people set-role ada@example.org --role admin --in 3,7
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var delete: DeleteOptions
    @OptionGroup var admins: AdminOptions
    @OptionGroup var people: PeopleArguments

    @Option(help: "admin, user or the API's number.")
    var role: RoleArgument

    @Flag(help: "In all clouds that they are members of.")
    var everywhere = false

    @Option(help: ArgumentHelp("In these clouds only, by id.", valueName: "cloud,…"))
    var `in`: CloudIDs?

    func validate() throws { try CloudChoice.validate(everywhere, `in`, "--in") }

    func run(in session: CommandSession) async throws(CommandFailure) {
      let changing = PeopleChanging(
        session: session, write: write, isConfirmed: delete.yes, allowsNoAdmin: admins.allowNoAdmin)
      let addresses = try await people.addresses(session)
      try await changing.run(addresses, in: `in`?.ids, reading: AccessList.Kind.allCases, ifNowhere: .refused) {
        found in
        for person in found where !person.invitations.isEmpty {
          session.remark(
            code: "invited",
            "\(person.email ?? person.title) has \(Count.text(person.invitations.count, "invitation", "invitations")), "
              + "which keep their role.")
        }
        return PeopleChanges.giving(role.role, to: found)
      }
    }
  }

  struct Invite: CloudCommand {
    static let configuration = CommandConfiguration(
      commandName: "invite", abstract: "Invite people to several clouds, one e-mail for each cloud.",
      discussion: """
        Who is a member or invited already is left out. Prints what is sent, and asks on a terminal; elsewhere it needs --yes.

        Examples:
          skydeck people invite ada@example.org --to 3,5,7 --redirect-uri 'https://platform.example/cloud/{cloud}'
          skydeck people invite - --everywhere --role user < team.txt
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var delete: DeleteOptions
    @OptionGroup var people: PeopleArguments

    @Flag(help: "Invite them to all clouds.")
    var everywhere = false

    @Option(help: ArgumentHelp("Invite them to these clouds only, by id.", valueName: "cloud,…"))
    var to: CloudIDs?

    @Option(
      help: """
        admin, user or the API's number. Unless given, they become users; the classic edition invites administrators only.
        """)
    var role: RoleArgument?

    @OptionGroup var redirect: RedirectOption

    func validate() throws { try CloudChoice.validate(everywhere, to, "--to") }

    func run(in session: CommandSession) async throws(CommandFailure) {
      let redirect = try redirect.address(session)
      let addresses = try await people.addresses(session)
      let role = try await role(in: session)
      let changing = PeopleChanging(session: session, write: write, isConfirmed: delete.yes, allowsNoAdmin: true)
      try await changing.invite(addresses, to: to?.ids, redirect: redirect, role: role)
    }

    /// The role to send: the classic edition knows none.
    private func role(in session: CommandSession) async throws(CommandFailure) -> Role? {
      let edition = try await session.calling { () async throws(CloudAPIError) in
        try await session.connection.client.resolvedEdition()
      }
      guard edition == .classic else { return role?.role ?? .user }
      guard let role = role?.role, role != .admin else { return nil }
      throw .usage(
        "The classic edition of the service invites administrators only: it can't invite somebody as "
          + "\(RoleText.word(role)). Omit --role, or give --role admin.")
    }
  }
}

/// That a command says either which clouds it is about, or all.
enum CloudChoice {
  static func validate(_ everywhere: Bool, _ some: CloudIDs?, _ option: String) throws {
    if everywhere == (some != nil) {
      throw ValidationError("Say where: give either '--everywhere' or '\(option) CLOUD,…'.")
    }
  }
}
