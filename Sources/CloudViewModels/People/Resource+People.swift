import CloudAPI
public import CloudAccess
import CloudChanges

extension PersonSummary: TableRecord {}

extension PersonSummary {
  /// The name, else the address.
  public var title: String { name.isEmpty ? email ?? "somebody without an address" : name }
}

extension Resource where Record == PersonSummary, Scope == EveryCloud {
  /// The people of all clouds.
  public static let people = Resource(
    names: ResourceNames(singular: "person", plural: "people", title: "People"),
    columns: [
      Column(id: "name", title: "NAME", kind: .name, text: \.title) { person, context in
        .optional(UserText.marked(person.title, isMe: UserText.isMe(person.email, context.me)))
      },
      Column(id: "email", title: "E-MAIL", kind: .email, leaves: 6, text: { $0.email ?? "" }) { person, _ in
        person.email.map(FieldValue.email) ?? .none
      },
      Column(id: "clouds", title: "CLOUDS", kind: .number, leaves: 7, descendsFirst: true) { person, _ in
        .number(person.clouds)
      },
      Column(id: "admin_of", title: "ADMIN OF", kind: .number, leaves: 5, descendsFirst: true) { person, _ in
        .number(person.adminOf)
      },
      Column(id: "only_admin_of", title: "ONLY IN", kind: .number, leaves: 2, descendsFirst: true) { person, _ in
        .number(person.onlyAdminOf)
      },
      Column(id: "state", title: "STATE", kind: .state, leaves: 4) { person, _ in .text(person.state.rawValue) },
      Column(
        id: "company", title: "COMPANY", kind: .text, leaves: 3, leavesWhenEmpty: true, text: { $0.company ?? "" }
      ) { person, _ in .optional(person.company) },
    ],
    order: RowOrder(column: "clouds", ascending: false),
    hasIDs: false,
    packing: .own,
    title: \.title,
    details: { person, _ in
      [
        DetailField("Name", .optional(person.name)),
        DetailField("E-mail", person.email.map(FieldValue.email) ?? .none),
        DetailField("Company", .optional(person.company)),
        DetailField("Clouds", .number(person.clouds)),
        DetailField("Admin of", .number(person.adminOf)),
        DetailField("Only admin of", .number(person.onlyAdminOf)),
        DetailField("Invited to", .number(person.invitations)),
      ]
    },
    // The sweep reads people: see PeopleLoader.
    list: { _, _, _ throws(CloudAPIError) in },
    show: { _, person in
      person?.email.map { CommandLineText("people", "find", [$0], options: [CommandLineText.Option("exact")]) }
        ?? CommandLineText("people", "list")
    },
    refusals: [
      .create: "People join clouds by invitation: {invite} invites someone.",
      .editDocument: "A person has no document: {open} shows the clouds, and each has a record of its own.",
      .resend: "{send-invitation-again} resends an invitation: select one in the Invitations pane.",
      .createDemo: "{create-demo-project} creates a demo project in a cloud: select one in the Clouds pane.",
    ],
    emptyText: "Nobody is in any cloud. {invite} invites someone.")
}
