import ArgumentParser
import CloudAPI
import CloudViewModels

/// `skydeck processors …`
struct ProcessorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "processors", abstract: "List and change the processors of a cloud (classic edition).",
    subcommands: [List.self, Get.self, Create.self, Update.self, Replace.self, Delete.self])
}

extension ProcessorsCommand {
  struct List: CloudCommand {
    static let configuration = CommandConfiguration(abstract: "List the processors of a cloud.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var list: ListOptions
    @OptionGroup var target: CloudArgument

    func run(in session: CommandSession) async throws(CommandFailure) {
      try await RecordListing(resource: .processors, call: .cloudProcessorList(target.id), options: list)
        .run(in: session)
    }
  }

  struct Get: CloudCommand {
    static let configuration = CommandConfiguration(abstract: "Show one processor of a cloud.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var target: CloudArgument

    @Argument(help: "The processor's id.")
    var id: IDArgument

    func run(in session: CommandSession) async throws(CommandFailure) {
      try await SingleRecord(
        resource: .processors, call: .cloudProcessorRead(target.id, Processor.ID(rawValue: id.text))
      ).run(in: session)
    }
  }

  struct Create: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Create a processor in a cloud.",
      discussion: """
        Example:
          skydeck processors create 3 --name svg --parent 31 --parent 32
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var target: CloudArgument

    @Option(help: "Its name, 1 to 50 characters.")
    var name: String

    @Option(
      name: .customLong("parent"), help: ArgumentHelp("A processor that it runs after; repeatable.", valueName: "id"))
    var parents: [String] = []

    func run(in session: CommandSession) async throws(CommandFailure) {
      let draft = ProcessorDraft(name: name, parentProcessors: parents.map(Processor.ID.init(rawValue:)))
      try await SingleRecord(resource: .processors, call: .cloudProcessorCreate(target.id, draft), write: write)
        .run(in: session)
    }
  }

  struct Update: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Change a processor's name, its parents or both (PATCH).")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var target: CloudArgument

    @Argument(help: "The processor's id.")
    var id: IDArgument

    @Option(help: "Its new name.")
    var name: String?

    @Option(
      name: .customLong("parent"),
      help: ArgumentHelp("A processor that it runs after, in place of those before; repeatable.", valueName: "id"))
    var parents: [String] = []

    @Flag(help: "It runs after no other.")
    var noParents = false

    func validate() throws {
      guard name != nil || !parents.isEmpty || noParents else {
        throw ValidationError("Nothing to change: use --name, --parent or --no-parents.")
      }
      guard parents.isEmpty || !noParents else {
        throw ValidationError("--parent and --no-parents exclude each other.")
      }
    }

    func run(in session: CommandSession) async throws(CommandFailure) {
      let ids = parents.map(Processor.ID.init(rawValue:))
      let patch = ProcessorPatch(name: name, parentProcessors: ids.isEmpty && !noParents ? nil : ids)
      let call = Call.cloudProcessorPartialUpdate(target.id, Processor.ID(rawValue: id.text), patch)
      try await SingleRecord(resource: .processors, call: call, write: write).run(in: session)
    }
  }

  struct Replace: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Replace a processor's name and parents (PUT).",
      discussion: "Without --parent it runs after no other.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var target: CloudArgument

    @Argument(help: "The processor's id.")
    var id: IDArgument

    @Option(help: "Its new name.")
    var name: String

    @Option(
      name: .customLong("parent"), help: ArgumentHelp("A processor that it runs after; repeatable.", valueName: "id"))
    var parents: [String] = []

    func run(in session: CommandSession) async throws(CommandFailure) {
      let draft = ProcessorDraft(name: name, parentProcessors: parents.map(Processor.ID.init(rawValue:)))
      let call = Call.cloudProcessorUpdate(target.id, Processor.ID(rawValue: id.text), draft)
      try await SingleRecord(resource: .processors, call: call, write: write).run(in: session)
    }
  }

  struct Delete: CloudCommand {
    static let configuration = CommandConfiguration(
      abstract: "Delete a processor.", discussion: "On a terminal it asks; elsewhere it needs --yes.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var delete: DeleteOptions
    @OptionGroup var target: CloudArgument

    @Argument(help: "The processor's id.")
    var id: IDArgument

    func run(in session: CommandSession) async throws(CommandFailure) {
      let id = Processor.ID(rawValue: id.text)
      try await Deletion(call: .cloudProcessorDelete(target.id, id), write: write, delete: delete).run(in: session)
    }
  }
}
