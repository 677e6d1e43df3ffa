import CloudAPI
import CloudChanges

extension Processor: TableRecord {}

extension Resource where Record == Processor, Scope == CloudScope {
  /// The steps that run on each model uploaded to a cloud: a graph, with parents before children.
  public static let processors = Resource(
    names: ResourceNames(singular: "processor", plural: "processors", title: "Processors"),
    columns: [
      Column(id: "name", title: "NAME", kind: .name, text: { $0.name }) { processor, context in
        processor.shown(.node(prefix: context.graphPrefix, name: processor.name), "name")
      },
      Column(id: "parents", title: "AFTER", kind: .references, leaves: 1, isSorted: false) { processor, context in
        processor.shown(.references(parentNames(processor, context)), "parent_processors")
      },
    ],
    furtherColumns: [
      Column("parent_ids", .references) {
        $0.shown(.references($0.parentProcessors.map(\.rawValue)), "parent_processors")
      }
    ],
    oddFields: .sending("name", "parent_processors"),
    title: { $0.name.isEmpty ? "processor \($0.id)" : $0.name },
    details: { processor, context in
      [
        DetailField("Name", processor.shown(.text(processor.name), "name")),
        DetailField(
          "Runs after",
          processor.shown(.optional(parentNames(processor, context).joined(separator: ", ")), "parent_processors")),
        DetailField("Id", .id(processor.id)),
      ] + processor.oddityFields
    },
    parents: { $0.parentProcessors },
    list: { client, cloud, receive throws(CloudAPIError) in
      try await client.records(of: .cloudProcessorList(cloud.id), receive: receive)
    },
    creation: Creation(
      fields: { processors in [nameField, parentsField(processors)] },
      check: checkName,
      call: { cloud, values in
        let parents = values["parent_processors"]?.picks.map(Processor.ID.init(rawValue:)) ?? []
        return .cloudProcessorCreate(
          cloud.id, ProcessorDraft(name: values.line("name"), parentProcessors: parents))
      }),
    editing: Editing(
      fields: { processor, all in
        let below = GraphOrder.descendants(of: processor.id, in: Array(all), parents: \.parentProcessors)
        return [nameField, parentsField(all.filter { $0.id != processor.id && !below.contains($0.id) })]
      },
      values: {
        ["name": .text($0.name), "parent_processors": .picks($0.parentProcessors.map(\.rawValue))]
      },
      check: checkName,
      call: { cloud, id, changes in
        let patch = ProcessorPatch(
          name: changes["name"]?.text.trimmingBlanks(),
          parentProcessors: changes["parent_processors"]?.picks.map(Processor.ID.init(rawValue:)))
        return .cloudProcessorPartialUpdate(cloud.id, id, patch)
      }),
    document: .of(
      ProcessorDraft.self, fields: ["name", "parent_processors"],
      draft: { ProcessorDraft(name: $0.name, parentProcessors: $0.parentProcessors) }
    ) { cloud, id, draft in .cloudProcessorUpdate(cloud.id, id, draft) },
    calls: [.delete: { cloud, processor, _ in .cloudProcessorDelete(cloud.id, processor.id) }],
    show: { cloud, processor in
      processor.map { CommandLineText("processors", "get", [cloud.id.rawValue, $0.id.rawValue]) }
        ?? CommandLineText("processors", "list", [cloud.id.rawValue])
    },
    refusals: [
      .resend: "{send-invitation-again} resends an invitation: select one in the Invitations pane.",
      .createDemo: "{create-demo-project} creates a demo project in a cloud: select one in the Clouds pane.",
    ],
    emptyText: "No processors. {create} creates one.")

  private static func parentNames(_ processor: Processor, _ context: RowContext<Processor>) -> [String] {
    processor.parentProcessors.map { context.record($0)?.name ?? "processor \($0)" }
  }

  private static var nameField: FormField {
    FormField(id: "name", label: "Name", hint: "1 to 50 characters")
  }

  private static func parentsField(_ processors: some Sequence<Processor>) -> FormField {
    let choices = processors.map { Choice(id: $0.id.rawValue, title: $0.name) }
    let hint = choices.isEmpty ? "there is no other processor yet" : "runs after these; Space toggles"
    return FormField(id: "parent_processors", label: "Parents", hint: hint, kind: .picks(choices))
  }

  private static let checkName: @Sendable (FormValues) -> [String: String] = { values in
    FieldCheck.length(values.line("name"), atMost: 50, what: "A name").map { ["name": $0] } ?? [:]
  }
}
