import ArgumentParser
import CloudAPI
import CloudViewModels

/// `skydeck clouds …`
struct CloudsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clouds", abstract: "List, create, rename and delete clouds, and read their sizes.",
    subcommands: [
      List.self, Get.self, Create.self, Update.self, Replace.self, Delete.self, Size.self, CreateDemo.self,
    ])
}

extension CloudsCommand {
  struct List: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the clouds that the key may see.",
      discussion: """
        Examples:
          skydeck clouds list --sizes --sort -size
          skydeck clouds list --sizes -o csv > sizes.csv
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var list: ListOptions

    @Flag(help: "Read the size of each cloud, too; JSON gets it as the member \"size\".")
    var sizes = false

    func run(in session: CommandSession) async throws(CommandFailure) {
      try await CloudListing(options: list, areSizesWanted: sizes).run(in: session)
    }
  }

  struct Get: CloudCommand {
    static let configuration = CommandConfiguration(abstract: "Show one cloud.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The cloud's id.")
    var id: IDArgument

    func run(in session: CommandSession) async throws(CommandFailure) {
      try await SingleRecord(resource: .clouds, call: .getCloud(Cloud.ID(rawValue: id.text))).run(in: session)
    }
  }

  struct Create: CloudCommand {
    static let configuration = CommandConfiguration(abstract: "Create a cloud.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions

    @Option(help: "Its name, 1 to 256 characters.")
    var name: String

    func run(in session: CommandSession) async throws(CommandFailure) {
      try await SingleRecord(resource: .clouds, call: .createCloud(CloudDraft(name: name)), write: write)
        .run(in: session)
    }
  }

  struct Update: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Rename a cloud (PATCH).",
      discussion: """
        Example:
          skydeck clouds update 3 --name "Haussmann Tower"
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions

    @Argument(help: "The cloud's id.")
    var id: IDArgument

    @Option(help: "Its new name.")
    var name: String

    func run(in session: CommandSession) async throws(CommandFailure) {
      let call = Call.updateCloud(Cloud.ID(rawValue: id.text), CloudPatch(name: name))
      try await SingleRecord(resource: .clouds, call: call, write: write).run(in: session)
    }
  }

  struct Replace: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Replace every field of a cloud that can be set (PUT).")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions

    @Argument(help: "The cloud's id.")
    var id: IDArgument

    @Option(help: "Its new name.")
    var name: String

    func run(in session: CommandSession) async throws(CommandFailure) {
      let call = Call.fullUpdateCloud(Cloud.ID(rawValue: id.text), CloudDraft(name: name))
      try await SingleRecord(resource: .clouds, call: call, write: write).run(in: session)
    }
  }

  struct Delete: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Delete a cloud with everything in it.",
      discussion: """
        On a terminal it says what goes with the cloud and asks for the cloud's name; elsewhere it needs --yes.
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var delete: DeleteOptions

    @Argument(help: "The cloud's id.")
    var id: IDArgument

    func run(in session: CommandSession) async throws(CommandFailure) {
      let id = Cloud.ID(rawValue: id.text)
      try await Deletion(call: .deleteCloud(id), write: write, delete: delete).run(in: session)
    }
  }

  struct Size: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say how many bytes clouds hold.",
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
    static let configuration = CommandConfiguration(abstract: "Make a demo project in a cloud.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions

    @Argument(help: "The cloud's id.")
    var id: IDArgument

    func run(in session: CommandSession) async throws(CommandFailure) {
      try await DemoCreation(call: .createDemo(Cloud.ID(rawValue: id.text)), write: write).run(in: session)
    }
  }
}
