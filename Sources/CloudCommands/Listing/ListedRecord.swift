import CloudAPI
import CloudViewModels

/// A record that commands list.
protocol ListedRecord: Identifiable, Hashable, Sendable, Decodable where ID == Identifier<Self> {
  /// What `--columns` can name besides the id and the columns of the pane.
  static var furtherColumns: [OutputColumn<Self>] { get }
}

extension Cloud: ListedRecord {
  static var furtherColumns: [OutputColumn<Cloud>] {
    [
      OutputColumn("updated", .date) { .date($0.updatedAt) },
      OutputColumn("default", .text) { .flag($0.isDefault) },
      OutputColumn("creator", .text) { .optional($0.creator.map(UserText.nameAndEmail)) },
      OutputColumn("features", .text) { .optional($0.features.map(\.name).joined(separator: ", ")) },
    ]
  }
}

extension User: ListedRecord {
  static var furtherColumns: [OutputColumn<User>] {
    [
      OutputColumn("firstname", .text) { .optional($0.firstName) },
      OutputColumn("lastname", .text) { .optional($0.lastName) },
      OutputColumn("project_role", .role) { .role($0.projectRole) },
      OutputColumn("updated", .date) { .date($0.updatedAt) },
    ]
  }
}

extension CloudInvitation: ListedRecord {
  static var furtherColumns: [OutputColumn<CloudInvitation>] { [] }
}

extension Processor: ListedRecord {
  static var furtherColumns: [OutputColumn<Processor>] {
    [OutputColumn("parent_ids", .text) { .references($0.parentProcessors.map(\.rawValue)) }]
  }
}
