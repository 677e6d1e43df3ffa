import CloudAPI
import CloudChanges
import CloudViewModels

/// A record that commands list.
protocol ListedRecord: ServiceRecord, TableRecord, ListRecord {
  /// The columns that `--columns` accepts besides the id and the columns of the pane.
  static var furtherColumns: [OutputColumn<Self>] { get }
}

extension Cloud: ListedRecord {
  static var furtherColumns: [OutputColumn<Cloud>] {
    [
      OutputColumn("updated", .date) { $0.shown(.date($0.updatedAt), "updated_at") },
      OutputColumn("default", .text) { $0.shown(.flag($0.isDefault), "is_default") },
      OutputColumn("creator", .text) { $0.shown(.optional($0.creator.map(UserText.nameAndEmail)), "creator") },
      OutputColumn("features", .text) {
        $0.shown(.optional($0.features.map(\.name).joined(separator: ", ")), "features")
      },
    ]
  }
}

extension User: ListedRecord {
  static var furtherColumns: [OutputColumn<User>] {
    [
      OutputColumn("firstname", .text) { $0.shown(.optional($0.firstName), "firstname") },
      OutputColumn("lastname", .text) { $0.shown(.optional($0.lastName), "lastname") },
      OutputColumn("project_role", .role) { $0.shown(.role($0.projectRole), "project_role") },
      OutputColumn("updated", .date) { $0.shown(.date($0.updatedAt), "updated_at") },
    ]
  }
}

extension CloudInvitation: ListedRecord {
  static var furtherColumns: [OutputColumn<CloudInvitation>] { [] }
}

extension Processor: ListedRecord {
  static var furtherColumns: [OutputColumn<Processor>] {
    [
      OutputColumn("parent_ids", .text) {
        $0.shown(.references($0.parentProcessors.map(\.rawValue)), "parent_processors")
      }
    ]
  }
}
