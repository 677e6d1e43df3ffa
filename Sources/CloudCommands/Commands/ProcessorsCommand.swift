import ArgumentParser
import CloudAPI
import CloudViewModels

/// `skydeck processors …`
struct ProcessorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "processors", abstract: "List and change the processors of a cloud (classic edition).",
    subcommands: [
      Listing<List>.self, Getting<Get>.self, Writing<Create>.self, Writing<Change>.self, Writing<Replacement>.self,
      Removing<Delete>.self,
    ])
}

private protocol ProcessorVerb: RecordVerb where Record == Processor, Scope == CloudScope {}

extension ProcessorVerb {
  static var resource: Resource<Processor, CloudScope> { .processors }
}

extension ProcessorsCommand {
  struct List: ProcessorVerb {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the processors of a cloud.")

    @OptionGroup var target: CloudArgument

    var call: ReadCall<[Processor]> { .cloudProcessorList(target.id) }
  }

  /// A processor of a cloud, by id.
  struct Target: ParsableArguments {
    @OptionGroup var target: CloudArgument

    @Argument(help: "The processor's id.")
    var id: IDArgument

    var cloud: Cloud.ID { target.id }
    var processor: Processor.ID { Processor.ID(rawValue: id.text) }
  }

  /// The parents of a processor, which run before it.
  struct Parents: ParsableArguments {
    @Option(
      name: .customLong("parent"), help: ArgumentHelp("A processor that it runs after; repeatable.", valueName: "id"))
    var parents: [String] = []

    var ids: [Processor.ID] { parents.map(Processor.ID.init(rawValue:)) }
  }

  struct Get: ProcessorVerb {
    static let configuration = CommandConfiguration(commandName: "get", abstract: "Show one processor of a cloud.")

    @OptionGroup var target: Target

    var call: ReadCall<Processor> { .cloudProcessorRead(target.cloud, target.processor) }
  }

  struct Create: ProcessorVerb {
    static let configuration = CommandConfiguration(
      commandName: "create", abstract: "Create a processor in a cloud.",
      discussion: """
        Example:
          skydeck processors create 3 --name svg --parent 31 --parent 32
        """)

    @OptionGroup var target: CloudArgument

    @Option(help: "Its name, 1 to 50 characters.")
    var name: String

    @OptionGroup var parents: Parents

    var call: Call { .cloudProcessorCreate(target.id, ProcessorDraft(name: name, parentProcessors: parents.ids)) }
  }

  /// `update`, which has other options than `replace`: it leaves fields unchanged that have no option.
  struct Change: ProcessorVerb {
    static let configuration = CommandConfiguration(
      commandName: "update", abstract: "Change a processor's name, its parents or both (PATCH).")

    @OptionGroup var target: Target

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

    var call: Call {
      let ids = parents.isEmpty && !noParents ? nil : parents.map(Processor.ID.init(rawValue:))
      return .cloudProcessorPartialUpdate(
        target.cloud, target.processor, ProcessorPatch(name: name, parentProcessors: ids))
    }
  }

  struct Replacement: ProcessorVerb {
    static let configuration = CommandConfiguration(
      commandName: "replace", abstract: "Replace a processor's name and parents (PUT).",
      discussion: "Without --parent it runs after no other.")

    @OptionGroup var target: Target

    @Option(help: "Its new name.")
    var name: String

    @OptionGroup var parents: Parents

    var call: Call {
      .cloudProcessorUpdate(target.cloud, target.processor, ProcessorDraft(name: name, parentProcessors: parents.ids))
    }
  }

  struct Delete: ProcessorVerb {
    static let configuration = CommandConfiguration(
      commandName: "delete", abstract: "Delete a processor.",
      discussion: "On a terminal it asks; elsewhere it needs --yes.")

    @OptionGroup var target: Target

    var call: Call { .cloudProcessorDelete(target.cloud, target.processor) }
  }
}
