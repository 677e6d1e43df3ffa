import ArgumentParser
import CloudAPI
import CloudViewModels

/// `skydeck clouds …`
struct CloudsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clouds", abstract: "List, create, rename and delete clouds, and read their sizes.",
    subcommands: [
      List.self, Getting<Get>.self, Writing<Create>.self, Writing<Edit<Update>>.self, Writing<Edit<Replace>>.self,
      Removing<Delete>.self, Size.self, CreateDemo.self,
    ])
}

private protocol CloudVerb: RecordVerb where Record == Cloud, Scope == EveryCloud {}

extension CloudVerb {
  static var resource: Resource<Cloud, EveryCloud> { .clouds }
}

extension CloudsCommand {
  struct List: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the clouds that the key sees.",
      discussion: """
        Examples:
          skydeck clouds list --sizes --sort -size
          skydeck clouds list --sizes -o csv > sizes.csv
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var list: ListOptions

    @Flag(help: "Read the size of each cloud, too; in JSON it is the member \"size\".")
    var sizes = false

    func run(in session: CommandSession) async throws(CommandFailure) {
      try await CloudListing(options: list, areSizesWanted: sizes).run(in: session)
    }
  }

  /// A cloud as the record of the verb.
  struct Target: ParsableArguments {
    @Argument(help: "The cloud's id.")
    var id: IDArgument

    var cloud: Cloud.ID { Cloud.ID(rawValue: id.text) }
  }

  struct Get: CloudVerb {
    static let configuration = CommandConfiguration(commandName: "get", abstract: "Show one cloud.")

    @OptionGroup var target: Target

    var call: ReadCall<Cloud> { .getCloud(target.cloud) }
  }

  struct Create: CloudVerb {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Create a cloud.")

    @Option(help: "Its name, 1 to 256 characters.")
    var name: String

    var call: Call { .createCloud(CloudDraft(name: name)) }
  }

  struct Edit<Way: EditWay>: CloudVerb {
    static var configuration: CommandConfiguration {
      guard !Way.isWhole else {
        return CommandConfiguration(
          commandName: "replace", abstract: "Replace every field of a cloud that can be set (PUT).")
      }
      return CommandConfiguration(
        commandName: "update", abstract: "Rename a cloud (PATCH).",
        discussion: """
          Example:
            skydeck clouds update 3 --name "Haussmann Tower"
          """)
    }

    @OptionGroup var target: Target

    @Option(help: "Its new name.")
    var name: String

    var call: Call {
      Way.isWhole
        ? .fullUpdateCloud(target.cloud, CloudDraft(name: name)) : .updateCloud(target.cloud, CloudPatch(name: name))
    }
  }

  struct Delete: CloudVerb {
    static let configuration = CommandConfiguration(
      commandName: "delete", abstract: "Delete a cloud with everything in it.",
      discussion: """
        On a terminal it says what goes with the cloud and asks for the cloud's name; elsewhere it needs --yes.
        """)

    @OptionGroup var target: Target

    var call: Call { .deleteCloud(target.cloud) }
  }

  struct Size: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show how many bytes clouds hold.",
      discussion: """
        For one cloud, -o json prints what the API answers: a bare number, or an object in the current edition. For \
        several it is an object of these by the clouds' ids.

        Examples:
          skydeck clouds size 3 4 5
          skydeck clouds list --filter tower --columns id --no-header | skydeck clouds size -
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The clouds' ids, or - to read them from standard input.")
    var ids: [IDArgument]

    func run(in session: CommandSession) async throws(CommandFailure) {
      let listed = try await ListedWords(ids.map(\.text), from: session.environment.input)
      try listed.require("an id") { IDArgument(argument: $0) != nil }
      guard !listed.words.isEmpty else { throw .usage("Standard input holds no id.") }
      try await SizeListing(ids: listed.texts.map { Cloud.ID(rawValue: $0) }).run(in: session)
    }
  }

  struct CreateDemo: CloudCommand {
    static let configuration = CommandConfiguration(abstract: "Create a demo project in a cloud.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var target: Target

    func run(in session: CommandSession) async throws(CommandFailure) {
      try await DemoCreation(call: .createDemo(target.cloud), write: write).run(in: session)
    }
  }
}
