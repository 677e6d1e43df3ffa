import ArgumentParser
import CloudAPI
import CloudChanges
import CloudViewModels

/// `skydeck users …`
struct UsersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "users", abstract: "List the users of a cloud, give them roles and remove them.",
    subcommands: [
      Listing<List>.self, Getting<Get>.self, Writing<Edit<Update>>.self, Writing<Edit<Replace>>.self,
      Removing<Remove>.self,
    ])
}

private protocol UserVerb: RecordVerb where Record == User, Scope == CloudScope {}

extension UserVerb {
  static var resource: Resource<User, CloudScope> { .users }
}

extension UsersCommand {
  struct List: UserVerb {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the users of a cloud.",
      discussion: """
        Examples:
          skydeck users list 3 --filter role=admin
          skydeck users list 3 -o json | jq -r '.[].email'
        """)

    @OptionGroup var target: CloudArgument

    var call: ReadCall<[User]> { .getCloudUsers(target.id) }
  }

  /// A user of a cloud, by id.
  struct Target: ParsableArguments {
    @OptionGroup var target: CloudArgument

    @Argument(help: "The user's id.")
    var id: IDArgument

    var cloud: Cloud.ID { target.id }
    var user: User.ID { User.ID(rawValue: id.text) }
  }

  struct Get: UserVerb {
    static let configuration = CommandConfiguration(commandName: "get", abstract: "Show one user of a cloud.")

    @OptionGroup var target: Target

    var call: ReadCall<User> { .getCloudUser(target.cloud, target.user) }
  }

  struct Edit<Way: EditWay>: UserVerb {
    static var configuration: CommandConfiguration {
      guard !Way.isWhole else {
        return CommandConfiguration(
          commandName: "replace", abstract: "Replace every field of a user in a cloud that can be set (PUT).")
      }
      return CommandConfiguration(
        commandName: "update", abstract: "Give a user another role in a cloud (PATCH).",
        discussion: """
          Example:
            skydeck users update 3 12 --role admin
          """)
    }

    @OptionGroup var target: Target

    @Option(help: "admin, user or the API's number.")
    var role: RoleArgument

    @OptionGroup var admins: AdminOptions

    var adminException: AdminRule.Exception { admins.exception }

    var call: Call {
      let update = UserCloudUpdate(role: role.role)
      return Way.isWhole
        ? .fullUpdateCloudUser(target.cloud, target.user, update) : .updateCloudUser(target.cloud, target.user, update)
    }
  }

  struct Remove: UserVerb {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Remove a user from a cloud and all its projects.",
      discussion: "On a terminal it asks; elsewhere it needs --yes.")

    @OptionGroup var target: Target
    @OptionGroup var admins: AdminOptions

    var adminException: AdminRule.Exception { admins.exception }
    var call: Call { .deleteCloudUser(target.cloud, target.user) }
  }
}
