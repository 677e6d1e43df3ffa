import ArgumentParser
import CloudAPI
import CloudViewModels

/// `skydeck users …`
struct UsersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "users", abstract: "List the users of a cloud, give them roles and remove them.",
    subcommands: [List.self, Get.self, Update.self, Replace.self, Remove.self])
}

extension UsersCommand {
  struct List: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the users of a cloud.",
      discussion: """
        Examples:
          skydeck users list 3 --filter role=admin
          skydeck users list 3 -o json | jq -r '.[].email'
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var list: ListOptions
    @OptionGroup var target: CloudArgument

    func run(in session: CommandSession) async throws(CommandFailure) {
      try await RecordListing(resource: .users, call: .getCloudUsers(target.id), options: list).run(in: session)
    }
  }

  struct Get: CloudCommand {
    static let configuration = CommandConfiguration(abstract: "Show one user of a cloud.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var target: CloudArgument

    @Argument(help: "The user's id.")
    var id: IDArgument

    func run(in session: CommandSession) async throws(CommandFailure) {
      try await SingleRecord(resource: .users, call: .getCloudUser(target.id, User.ID(rawValue: id.text)))
        .run(in: session)
    }
  }

  struct Update: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give a user another role in a cloud (PATCH).",
      discussion: """
        Example:
          skydeck users update 3 12 --role admin
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var target: CloudArgument

    @Argument(help: "The user's id.")
    var id: IDArgument

    @Option(help: "admin, user or the API's number.")
    var role: RoleArgument

    func run(in session: CommandSession) async throws(CommandFailure) {
      let call = Call.updateCloudUser(target.id, User.ID(rawValue: id.text), UserCloudUpdate(role: role.role))
      try await SingleRecord(resource: .users, call: call, write: write).run(in: session)
    }
  }

  struct Replace: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Replace every field of a user in a cloud that can be set (PUT).")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var target: CloudArgument

    @Argument(help: "The user's id.")
    var id: IDArgument

    @Option(help: "admin, user or the API's number.")
    var role: RoleArgument

    func run(in session: CommandSession) async throws(CommandFailure) {
      let call = Call.fullUpdateCloudUser(target.id, User.ID(rawValue: id.text), UserCloudUpdate(role: role.role))
      try await SingleRecord(resource: .users, call: call, write: write).run(in: session)
    }
  }

  struct Remove: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove a user from a cloud and all its projects.",
      discussion: "On a terminal it asks; elsewhere it needs --yes.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var delete: DeleteOptions
    @OptionGroup var target: CloudArgument

    @Argument(help: "The user's id.")
    var id: IDArgument

    func run(in session: CommandSession) async throws(CommandFailure) {
      let id = User.ID(rawValue: id.text)
      try await Deletion(call: .deleteCloudUser(target.id, id), write: write, delete: delete).run(in: session)
    }
  }
}
