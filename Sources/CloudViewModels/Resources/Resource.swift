import CloudAPI
import CloudChanges

/// The scope of a list: what its records belong to.
public protocol ResourceScope: Hashable, Sendable {
  /// The cloud of the records; `nil` for the list of clouds.
  var cloud: CloudReference? { get }
}

/// Everything the product knows about one kind of record: its columns, its forms and the operations on it.
///
/// List panes, forms, dialogs and commands are all made from this description. An operation that the resource doesn't
/// have is `nil`, with the reason in `refusals`.
public struct Resource<Record: TableRecord, Scope: ResourceScope>: Sendable {
  public let names: ResourceNames
  /// The columns of the pane, and those that commands print unless others are named.
  public let columns: [Column<Record>]
  /// Columns that commands can print, filters can name and rows can be sorted by. The pane shows at most some of them,
  /// if it has much room.
  public let furtherColumns: [Column<Record>]
  /// The initial order of the list; `nil` for the API's order or the graph's.
  public let order: RowOrder?
  /// Whether the records have ids of the service.
  public let hasIDs: Bool
  /// The title of a record: its name, or a substitute.
  public let title: @Sendable (Record) -> String
  /// How records are packed in lists; `nil` to keep them unpacked.
  public let packing: RecordPacking<Record>?
  /// The fields of a record that aren't as the API documents them; `nil` if they are not checked.
  public let oddFields: OddFields<Record>?
  /// Every field of the record, for its own screen.
  public let details: @Sendable (Record, RowContext<Record>) -> [DetailField]
  /// The parents of a record, if the list is a graph.
  public let parents: (@Sendable (Record) -> [Record.ID])?

  /// Reads the list and delivers its records as they arrive, in the API's order.
  public let list: Reading
  public let creation: Creation<Record, Scope>?
  public let editing: Editing<Record, Scope>?
  public let document: RecordDocument<Record, Scope>?
  /// The calls that can be sent for a record after a question, given the known edition.
  public let calls: [RecordIntent: @Sendable (Scope, Record, Edition?) -> Call]
  /// The shell command that shows a record, or the list if there is none.
  public let show: @Sendable (Scope, Record?) -> CommandLineText
  /// Why the resource doesn't have an operation, and what to do instead. Here and in `emptyText`, a command name in
  /// braces stands for its key.
  public let refusals: [RecordIntent: String]
  /// The text shown if the list is empty.
  public let emptyText: String

  /// Calls the closure with the records of each part that arrives, off the main actor.
  public typealias Reading =
    @Sendable (CloudReader, Scope, @escaping @Sendable ([Record]) -> Void) async throws(CloudAPIError) -> Void

  public init(
    names: ResourceNames, columns: [Column<Record>], furtherColumns: [Column<Record>] = [], order: RowOrder? = nil,
    hasIDs: Bool = true, packing: RecordPacking<Record>? = nil, oddFields: OddFields<Record>? = nil,
    title: @escaping @Sendable (Record) -> String,
    details: @escaping @Sendable (Record, RowContext<Record>) -> [DetailField],
    parents: (@Sendable (Record) -> [Record.ID])? = nil,
    list: @escaping Reading,
    creation: Creation<Record, Scope>? = nil, editing: Editing<Record, Scope>? = nil,
    document: RecordDocument<Record, Scope>? = nil,
    calls: [RecordIntent: @Sendable (Scope, Record, Edition?) -> Call] = [:],
    show: @escaping @Sendable (Scope, Record?) -> CommandLineText,
    refusals: [RecordIntent: String] = [:], emptyText: String
  ) {
    self.names = names
    self.columns = columns
    self.furtherColumns = furtherColumns
    self.order = order
    self.hasIDs = hasIDs
    self.title = title
    self.packing = packing
    self.oddFields = oddFields
    self.details = details
    self.parents = parents
    self.list = list
    self.creation = creation
    self.editing = editing
    self.document = document
    self.calls = calls
    self.show = show
    self.refusals = refusals
    self.emptyText = emptyText
  }
}

extension Resource {
  /// The record's id.
  var idColumn: Column<Record> { Column("id", .id, leaves: 0) { .id($0.id) } }

  /// The columns that the words of a filter look at: the pane's, and the id.
  public var searchedColumns: [Column<Record>] { [idColumn] + columns }

  /// The columns that the pane shows if it has the room.
  var paneColumns: [Column<Record>] { columns + furtherColumns.filter(\.isInWidePanes) }

  /// The columns that rows can be sorted by, in the order of the pane.
  var sortColumns: [Column<Record>] {
    (paneColumns + furtherColumns.filter { !$0.isInWidePanes }).filter(\.isSorted)
  }

  /// All columns that can be named: the id, the pane's, and the further ones.
  public var everyColumn: [Column<Record>] { searchedColumns + furtherColumns }
}

/// The names of a resource.
public struct ResourceNames: Hashable, Sendable {
  /// `cloud`.
  public let singular: String
  /// `clouds`: also the name in settings and arguments.
  public let plural: String
  /// `Clouds`.
  public let title: String

  public init(singular: String, plural: String, title: String) {
    self.singular = singular
    self.plural = plural
    self.title = title
  }
}

/// An operation that the user can request for a record or a list.
public enum RecordIntent: Hashable, Sendable, CaseIterable {
  case create, edit, editDocument, delete, open
  /// Send an invitation again.
  case resend
  /// Create a demo project in a cloud.
  case createDemo

  /// Whether it leads to a write.
  public var writes: Bool { self != .open }

  /// Whether its question can be about several records.
  var takesSeveral: Bool { self == .delete || self == .resend }
}

/// One line of a record screen.
public struct DetailField: Hashable, Sendable {
  public let label: String
  public let value: FieldValue

  public init(_ label: String, _ value: FieldValue) {
    self.label = label
    self.value = value
  }
}

/// The scope of the clouds themselves: all that the key can access.
public struct EveryCloud: ResourceScope {
  public init() {}

  public var cloud: CloudReference? { nil }
}

/// The scope of records that belong to one cloud. Two scopes are equal if the cloud's id is the same, whatever its
/// name.
public struct CloudScope: ResourceScope {
  public let reference: CloudReference

  public init(id: Cloud.ID, name: String) {
    reference = CloudReference(id: id, name: name)
  }

  public init(_ cloud: Cloud) {
    self.init(id: cloud.id, name: cloud.name)
  }

  public var id: Cloud.ID { reference.id }
  /// The name of the cloud; `cloud 3` if it isn't known yet.
  public var name: String { reference.name }
  public var cloud: CloudReference? { reference }

  public static func == (left: CloudScope, right: CloudScope) -> Bool {
    left.id == right.id
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
  }
}

extension ResourceScope {
  /// The name of the scope in a pane's title; `nil` if there is only one scope.
  public var title: String? { cloud?.name }
}
