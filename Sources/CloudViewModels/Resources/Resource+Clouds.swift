import CloudAPI
import CloudChanges
import FoundationEssentials

extension Cloud: TableRecord {
  public static func text(ofEarlier size: CloudSize) -> String { "Size was \(size.bytesText)" }
}

extension Resource where Record == Cloud, Scope == EveryCloud {
  /// The clouds that the API key can access.
  public static let clouds = Resource(
    names: ResourceNames(singular: "cloud", plural: "clouds", title: "Clouds"),
    columns: [
      Column(id: "name", title: "NAME", kind: .name, text: { $0.name }) { cloud, _ in
        cloud.shown(.text(cloud.name), "name")
      },
      Column(
        id: "size", title: "SIZE", kind: .bytes, descendsFirst: true
      ) { cloud, context in size(cloud, context) },
      Column(
        id: "created", title: "CREATED", kind: .date, leaves: 2, descendsFirst: true
      ) { cloud, _ in cloud.shown(.date(cloud.createdAt), "created_at") },
    ],
    furtherColumns: [
      Column(id: "quota", title: "QUOTA", kind: .percent, leaves: 1, descendsFirst: true) { cloud, context in
        cloud.id.isMissing ? .unreadable : .usage(context.late(cloud.id))
      },
      Column("updated", .date, isInWidePanes: true) { $0.shown(.date($0.updatedAt), "updated_at") },
      Column("default", .flag) { $0.shown(.flag($0.isDefault), "is_default") },
      Column("creator", .text) { $0.shown(.optional($0.creator.map(UserText.nameAndEmail)), "creator") },
      Column("features", .text) {
        $0.shown(.optional($0.features.map(\.name).joined(separator: ", ")), "features")
      },
    ],
    order: RowOrder(column: "size", ascending: false),
    oddFields: .sending("name"),
    title: { $0.name.isEmpty ? "cloud \($0.id)" : $0.name },
    details: { cloud, context in
      [
        DetailField("Name", cloud.shown(.text(cloud.name), "name")),
        DetailField("Id", .id(cloud.id)),
        DetailField("Size", size(cloud, context)),
      ] + quotaFields(context.late(cloud.id).value) + [
        DetailField("Default", cloud.shown(.flag(cloud.isDefault), "is_default")),
        DetailField("Creator", cloud.shown(.optional(cloud.creator.map(UserText.nameAndEmail)), "creator")),
      ] + organizationFields(cloud) + [
        DetailField(
          "Features", cloud.shown(.optional(cloud.features.map(featureText).joined(separator: ", ")), "features")),
        DetailField("Created", cloud.shown(.date(cloud.createdAt), "created_at")),
        DetailField("Updated", cloud.shown(.date(cloud.updatedAt), "updated_at")),
      ] + cloud.oddityFields
    },
    list: { client, _, receive throws(CloudAPIError) in
      try await client.records(of: .getClouds, receive: receive)
    },
    creation: Creation(
      fields: { _ in [nameField] },
      check: checkName,
      call: { _, values in .createCloud(CloudDraft(name: values.line("name"))) }),
    editing: Editing(
      fields: { _, _ in [nameField] },
      values: { ["name": .text($0.name)] },
      check: checkName,
      call: { _, id, changes in .updateCloud(id, CloudPatch(name: changes["name"]?.text.trimmingBlanks())) }),
    document: .of(CloudDraft.self, fields: ["name"], draft: { CloudDraft(name: $0.name) }) { _, id, draft in
      .fullUpdateCloud(id, draft)
    },
    calls: [
      .delete: { _, cloud, _ in .deleteCloud(cloud.id) }, .createDemo: { _, cloud, _ in .createDemo(cloud.id) },
    ],
    show: { _, cloud in
      cloud.map { CommandLineText("clouds", "get", [$0.id.rawValue]) } ?? CommandLineText("clouds", "list")
    },
    refusals: [.resend: "{send-invitation-again} resends an invitation: select one in the Invitations pane."],
    emptyText: "No clouds. {create} creates one.")

  /// Fields that only the current edition reports.
  private static let quotaFields: @Sendable (CloudSize?) -> [DetailField] = { size in
    guard let size, let quota = size.quota else { return [] }
    return [
      DetailField("Quota", .optional(size.quotaText)), DetailField("Managed by", .optional(quota.manager?.title)),
      DetailField("Your role", .role(quota.role)),
    ]
  }

  private static let organizationFields: @Sendable (Cloud) -> [DetailField] = { cloud in
    cloud.organization.map { [DetailField("Organization", .text($0.name ?? $0.id.description))] } ?? []
  }

  private static let size: @Sendable (Cloud, RowContext<Cloud>) -> FieldValue = { cloud, context in
    cloud.id.isMissing ? .unreadable : .bytes(context.late(cloud.id))
  }

  private static let featureText: @Sendable (Feature) -> String = { feature in
    feature.name + (feature.viewerURL.map { " (\($0))" } ?? "")
  }

  private static var nameField: FormField {
    FormField(id: "name", label: "Name", hint: "1 to 256 characters")
  }

  private static let checkName: @Sendable (FormValues) -> [String: String] = { values in
    FieldCheck.length(values.line("name"), atMost: 256, what: "A name").map { ["name": $0] } ?? [:]
  }
}
